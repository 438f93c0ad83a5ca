import type { CoinLexicon } from "../coins/coin-lexicon.ts";
import { functionWords } from "../lexicon/function-words.ts";
import { magnitudes, numberWords } from "../lexicon/number-words.ts";
import {
  holidays,
  hoursByUnit,
  hoursByWord,
  months,
  weekdays,
  windowDeterminers,
} from "../lexicon/time-words.ts";
import { vocabulary } from "../phrases/layers.ts";
import { misspeltUnit } from "./misspelt-unit.ts";
import { buildNearWords, nearestWord } from "./near-words.ts";
import { isOrdinaryWord } from "./ordinary-words.ts";
import type { Token } from "./token.ts";

const timeWords = [hoursByUnit, hoursByWord, months, weekdays, holidays].flatMap(words => Object.keys(words));
const otherWords = [
  ...numberWords.keys(),
  ...magnitudes.keys(),
  ...windowDeterminers,
  "since",
  "yesterday",
  "weekend",
];
const known: ReadonlySet<string> = new Set([
  ...vocabulary.answerable,
  ...vocabulary.refused,
  ...timeWords,
  ...otherWords,
  ...functionWords,
]);

/** Words that a misspelling is put right to. Refusals are not guessed at, but for "help" and the like. */
const correctable = buildNearWords([
  ...[...vocabulary.answerable].filter(word => /^[a-z]+$/.test(word)),
  ...timeWords,
  ...otherWords,
  ..."help should hello predict prediction invest calculated defined stocks weather".split(" "),
]);

/** Short key words that lose a letter too often to be left alone. */
const shortForms: ReadonlyMap<string, string> = new Map([
  ["wek", "week"],
  ["weke", "week"],
  ["leats", "least"],
  ["laest", "least"],
  ["weel", "week"],
  ["wekk", "week"],
  ["dya", "day"],
  ["tdy", "today"],
  ["tody", "today"],
  ["hw", "how"],
  ["wht", "what"],
  ["whta", "what"],
  ["waht", "what"],
  ["wich", "which"],
  ["whcih", "which"],
  ["teh", "the"],
  ["hte", "the"],
  ["nad", "and"],
  ["adn", "and"],
  ["si", "is"],
  ["fo", "of"],
  ["shw", "show"],
  ["hlep", "help"],
  ["hepl", "help"],
  ["thsi", "this"],
  ["tihs", "this"],
  ["lst", "last"],
  ["pst", "past"],
  ["cions", "coins"],
  ["cion", "coin"],
  ["coinz", "coins"],
  ["tokenz", "tokens"],
  ["tpo", "top"],
  ["bst", "best"],
  ["cmpare", "compare"],
  ["lwo", "low"],
  ["hgih", "high"],
  ["hihg", "high"],
  ["xcept", "except"],
  ["cept", "except"],
  ["xcluding", "excluding"],
  ["vola", "volatility"],
]);

type Spelling = { corrected: number };

/**
 * Puts right the misspelt key words and coin names among the tokens, in place, and says how many there were.
 * Ordinary English words, known tickers and anything with digits are left alone.
 */
export function correctSpelling(tokens: Token[], coins: CoinLexicon): Spelling {
  let corrected = 0;
  const guesses = new Map<string, string | undefined>();
  for (const [at, token] of tokens.entries()) {
    const unit = misspeltUnit(tokens, at);
    if (unit !== undefined) {
      token.text = unit;
      corrected += 1;
      continue;
    }
    if (token.kind !== "word" || token.dollar || !/^[a-z]{2,18}$/.test(token.text)) continue;
    if (known.has(token.text) || coins.words.has(token.text) || isOrdinaryWord(token.text)) continue;
    if (!guesses.has(token.text)) {
      guesses.set(token.text, shortForms.get(token.text) ?? bestGuess(token.text, coins));
    }
    const word = guesses.get(token.text);
    if (word === undefined) continue;
    token.text = word;
    token.value = numberWords.get(word) ?? Number.NaN;
    corrected += 1;
  }
  return { corrected };
}

function bestGuess(typed: string, coins: CoinLexicon): string | undefined {
  // A letter typed twice or thrice for effect: "soooo", "pumpinggg".
  const squeezed = typed.replace(/(.)\1{2,}/g, "$1");
  if (squeezed !== typed && (known.has(squeezed) || coins.words.has(squeezed))) return squeezed;
  const word = nearestWord(correctable, typed);
  const coin = nearestWord(coins.near, typed);
  if (coin && (!word || coin.distance < word.distance)) return coin.word;
  return word?.word;
}

/** Whether the word has a place in the phrases that ask for data. */
export function isKnownWord(word: string): boolean {
  return vocabulary.answerable.has(word);
}
