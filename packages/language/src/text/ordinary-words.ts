import nlp from "compromise/two";
import { commonWords } from "../lexicon/common-words.ts";

/** Tags of compromise's lexicon under which it lists names; a name is no reason to take a ticker for a word. */
const nameTags = new Set(
  "MaleName FemaleName FirstName LastName Person Organization SportsTeam City Region Country Place Currency Unit Abbreviation ProperNoun Demonym Emoticon".split(
    " ",
  ),
);

// compromise's types leave the model open; its lexicon maps a word to a tag or tags.
const lexicon = (nlp.model() as { one: { lexicon: Record<string, string | string[]> } }).one.lexicon;

function tagsOf(word: string): string[] {
  if (!Object.hasOwn(lexicon, word)) return [];
  const tags = lexicon[word];
  return tags === undefined ? [] : Array.isArray(tags) ? tags : [tags];
}

/** Whether the word is ordinary English, as compromise and the lexicon's own list know it. */
export function isOrdinaryWord(word: string): boolean {
  return commonWords.has(word) || tagsOf(word).some(tag => !nameTags.has(tag));
}

const describingTags = new Set(["Adjective", "Comparative", "Superlative", "Adverb", "Preposition"]);

/** Whether English uses the word to describe ("what's hot", "near zero") rather than to name. */
export function isDescribing(word: string): boolean {
  return tagsOf(word).some(tag => describingTags.has(tag));
}

/** Whether English knows the word as a form of a verb, or an adverb, alone: it names nothing that could be asked about. */
export function isVerb(word: string): boolean {
  const tags = tagsOf(word);
  return tags.length > 0 && tags.every(tag => /PastTense|Gerund|Participle|Modal|Auxiliary|Adverb/.test(tag));
}

/** Whether English knows the word as the past of a verb alone: "complained". */
export function isPastTense(word: string): boolean {
  const tags = tagsOf(word);
  return tags.length > 0 && tags.every(tag => /PastTense/.test(tag));
}

/** Endings of words that describe or tell rather than name. */
const notNaming = /(ly|ing|in|ed|ish|est|ous|ful)$/;

/** Whether a word may name a thing: all that English does not know as another kind of word. */
export function mayName(word: string): boolean {
  if (notNaming.test(word)) return false;
  const tags = tagsOf(word);
  return (
    tags.length === 0 ||
    tags.some(tag => /Noun|Singular|Plural|Uncountable|Name|City|Country|Organization|Place|Actor/.test(tag))
  );
}
