import { numberWords } from "../lexicon/number-words.ts";
import { decorations, emojiWords, spellings } from "../lexicon/spellings.ts";
import type { Token } from "./token.ts";

const piece =
  /(\$?)(0,\d{1,2}(?!\d)|\d+,\d{1,2}(?=\s?(?:%|percent|pct|bn|billion|million|mio|mrd))|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|(?<![\p{L}\d])\.\d+)([a-z%]*)|(\$?)(p&ds?(?![\p{L}\p{N}])|\p{L}[\p{L}\p{M}\p{N}_]*(?:'(?=\p{L})[\p{L}\p{M}\p{N}_]+)*)|(\p{Extended_Pictographic}|[₿Ξ]|\p{Regional_Indicator}+)|>=|<=|(\p{L}|\S)/giu;

function token(kind: Token["kind"], text: string, raw: string, spaced: boolean): Token {
  return { kind, text, raw, spaced, dollar: false, value: numberWords.get(text) ?? Number.NaN, unit: "" };
}

/**
 * Splits the text into tokens; short forms and emoji become the words that they stand for. Beside words, emoji
 * that mostly decorate are read only when asked for.
 */
export function tokenise(text: string, readDecorations = false): Token[] {
  const tokens: Token[] = [];
  const skipsDecorations = !readDecorations && /\p{L}{2}/u.test(text);
  let end = 0;
  for (const match of text.matchAll(piece)) {
    const spaced = match.index === 0 || match.index > end;
    end = match.index + match[0].length;
    const [raw, numberDollar, digits, suffix, wordDollar, word, emoji] = match;
    if (digits !== undefined) {
      const plain = /,\d{1,2}$/.test(digits) ? digits.replace(",", ".") : digits.replaceAll(",", "");
      const number = token("number", plain, raw, spaced);
      number.value = Number(number.text);
      number.dollar = numberDollar === "$";
      number.unit = (suffix ?? "").toLowerCase();
      if (raw.toLowerCase() === "2day") tokens.push(token("word", "today", raw, spaced));
      else tokens.push(number);
    } else if (word !== undefined) {
      pushWord(tokens, word, spaced, wordDollar === "$");
    } else if (emoji !== undefined) {
      const said = emojiWords[emoji];
      if (said && !(skipsDecorations && decorations.has(emoji))) {
        for (const part of said.split(" ")) tokens.push(token("word", part, emoji, true));
      } else {
        tokens.push(token("emoji", emoji, emoji, spaced));
      }
    } else {
      const said = Object.hasOwn(spellings, raw) ? spellings[raw] : undefined;
      if (said) for (const part of said.split(" ")) tokens.push(token("word", part, raw, true));
      else if (raw !== "\uFE0F" && raw !== "\u200D" && !/["“”«»„¿¡*_`~']/.test(raw))
        tokens.push(token("mark", raw, raw, spaced));
    }
  }
  return tokens.filter((_, at) => !isHyphen(tokens, at));
}

/** A hyphen inside a compound ("two-highs-one-low"), but not one in a date or a pair ("ETH-USD"). */
function isHyphen(tokens: readonly Token[], at: number): boolean {
  const [before, hyphen, after] = [tokens[at - 1], tokens[at], tokens[at + 1]];
  if (!hyphen || !before || !after || !/^[-‐‑]$/.test(hyphen.text) || hyphen.spaced || after.spaced)
    return false;
  if (
    before.kind === "mark" ||
    after.kind === "mark" ||
    (before.kind === "number" && after.kind === "number")
  )
    return false;
  return [before, after].some(({ raw }) => raw !== raw.toUpperCase() || raw === raw.toLowerCase());
}

/** A word and the number written onto it: "top10", "last7d". */
const numbered = /^(top|last|past|best|worst|bottom|rank|first)(\d{1,4})([a-z]*)$/;

function pushWord(tokens: Token[], word: string, spaced: boolean, dollar: boolean): void {
  const lower = word.toLowerCase();
  const [, head, digits, unit] = numbered.exec(lower) ?? [];
  if (head !== undefined && digits !== undefined) {
    const number = token("number", digits, digits, true);
    tokens.push(token("word", head, word, spaced), { ...number, value: Number(digits), unit: unit ?? "" });
    return;
  }
  const said = dollar || !Object.hasOwn(spellings, lower) ? undefined : spellings[lower];
  if (said !== undefined) {
    // An upper-case "W" or "R" may be a ticker; only whole short forms of lower-case text are spelled out.
    for (const part of said.split(" ")) if (part) tokens.push(token("word", part, word, spaced));
    return;
  }
  const possessive = /^(.+)'s$/.exec(lower);
  const stem = possessive?.[1];
  const first = token("word", stem ?? lower.replaceAll("'", ""), stem ? word.slice(0, -2) : word, spaced);
  first.dollar = dollar;
  tokens.push(first);
  if (stem !== undefined) tokens.push(token("word", "'s", "'s", false));
}
