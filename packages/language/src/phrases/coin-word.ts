/**
 * Stand for a coin where phrases are matched, so that no phrase takes a coin for a word: the first for a coin's
 * first token (in the lexicon's patterns `@coin`), the second for the other tokens of its name.
 */
export const coinWord = "\u0000";
export const coinRest = "\u0001";
