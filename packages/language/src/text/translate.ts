import { scriptTranslations, type Translation, translations } from "../lexicon/translations.ts";
import { vocabulary } from "../phrases/layers.ts";
import { isOrdinaryWord } from "./ordinary-words.ts";

/** One language: its phrases, and those of its words that no English question uses. */
type Language = {
  phrases: ReadonlyMap<string, string>;
  /** The words that phrases start with. */
  starts: ReadonlySet<string>;
  ownWords: ReadonlySet<string>;
  /** Beginnings of words whose endings do not matter, by their first letters. */
  stems: ReadonlyMap<string, readonly string[]>;
  longest: number;
};

/** Letters by which stems are looked up; none is shorter. */
const stemKey = 3;

const languages: readonly Language[] = translations.map(languageOf);
/** What any of the languages recognises a word by. */
const ownWords: ReadonlySet<string> = new Set(languages.flatMap(language => [...language.ownWords]));
const stemKeys: ReadonlySet<string> = new Set(languages.flatMap(({ stems }) => [...stems.keys()]));

function languageOf(entries: readonly Translation[]): Language {
  const phrases = new Map<string, string>();
  const ownWords = new Set<string>();
  const stems = new Set<string>();
  const starts = new Set<string>();
  let longest = 1;
  for (const [written, english] of entries) {
    // Keys lose their accents as the question's words do: "й" is read as "и".
    const foreign = written.normalize("NFD").replace(/\p{M}/gu, "");
    if (!phrases.has(foreign)) phrases.set(foreign, english);
    const words = foreign.split(" ");
    starts.add(words[0] ?? "");
    longest = Math.max(longest, words.length);
    for (const word of words) {
      if (word.length > 2 && !isEnglish(word) && !/^(bitcoin|ethereum|solana|trend|coin)\*$/.test(word))
        ownWords.add(word);
      if (word.endsWith("*")) stems.add(word);
    }
  }
  return {
    phrases,
    starts,
    ownWords,
    stems: Map.groupBy([...stems], stem => stem.slice(0, stemKey)),
    longest,
  };
}

/** The word, or the stem that it starts with; the longest wins. */
function stemOf(word: string, { stems, starts, ownWords }: Language): string {
  if (starts.has(word) || ownWords.has(word)) return word;
  let found = word;
  for (const stem of stems.get(word.slice(0, stemKey)) ?? [])
    if (word.startsWith(stem.slice(0, -1)) && (found === word || stem.length > found.length)) found = stem;
  return found;
}

function isEnglish(word: string): boolean {
  return vocabulary.answerable.has(word) || vocabulary.refused.has(word) || isOrdinaryWord(word);
}

const spacelessScript =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Arabic}\p{Script=Devanagari}]/u;

/** Replaces phrases of other languages by their English ones; English text comes back as it was. */
export function translate(text: string): string {
  if (spacelessScript.test(text)) {
    let english = text;
    for (const [foreign, phrase] of scriptTranslations) english = english.replaceAll(foreign, ` ${phrase} `);
    return english;
  }
  const pieces = text.match(/\p{L}[\p{L}\p{M}]*|[^\p{L}]+/gu) ?? [];
  const folded = pieces.map(piece => (/^\p{L}/u.test(piece) ? withoutAccents(piece.toLowerCase()) : piece));
  const language = recognise(folded);
  if (!language) return text;
  const stemmed = language.stems.size > 0 ? folded.map(word => stemOf(word, language)) : folded;
  return replacePhrases(pieces, stemmed, language);
}

function withoutAccents(word: string): string {
  return /^[a-z]+$/.test(word)
    ? word
    : word.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("ß", "ss").replaceAll("ı", "i");
}

/** Of so many words at least one must be foreign; a stray foreign word leaves an English text English. */
const wordsPerForeignWord = 5;

/** The language that most words can only belong to; undefined for English. */
function recognise(words: readonly string[]): Language | undefined {
  // Most words of an English question belong to no language; they are looked up once, not once for each.
  const foreign = words.filter(word => ownWords.has(word) || stemKeys.has(word.slice(0, stemKey)));
  let best: { language: Language; hits: number } | undefined;
  for (const language of languages) {
    let hits = 0;
    for (const word of foreign)
      if (language.ownWords.has(language.stems.size > 0 ? stemOf(word, language) : word)) hits += 1;
    if (hits > (best?.hits ?? 0)) best = { language, hits };
  }
  // Words and what stands between them alternate.
  return best && best.hits * wordsPerForeignWord * 2 >= words.length - 1 ? best.language : undefined;
}

function replacePhrases(pieces: readonly string[], folded: readonly string[], language: Language): string {
  let english = "";
  for (let at = 0; at < pieces.length; ) {
    let end = at;
    let found: string | undefined;
    if (!language.starts.has(folded[at] ?? "")) {
      english += pieces[at] ?? "";
      at += 1;
      continue;
    }
    // A phrase of n words spans 2n - 1 pieces.
    // Starts at an odd number of pieces, however many are left.
    const most = Math.min(language.longest * 2 - 1, pieces.length - at);
    for (let length = most % 2 === 0 ? most - 1 : most; length > 0 && found === undefined; length -= 2) {
      const part = folded.slice(at, at + length);
      if (part.some((piece, index) => index % 2 === 1 && !/^[\s'-]+$/.test(piece))) continue;
      found = language.phrases.get(part.map((piece, index) => (index % 2 === 1 ? " " : piece)).join(""));
      end = at + length;
    }
    english += found ?? pieces[at] ?? "";
    at = found === undefined ? at + 1 : end;
  }
  return english;
}
