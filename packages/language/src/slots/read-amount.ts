import { magnitudes } from "../lexicon/number-words.ts";
import type { Token } from "../text/token.ts";

/** A number in digits or words. `money` when it bears a dollar sign or is of a size that only money has. */
export type Amount = { value: number; start: number; end: number; money: boolean; percent: boolean };

/** Reads "15%", "twenty five", "a hundred", "$1.5 billion", "half a million" at `at`. */
export function readAmount(tokens: readonly Token[], at: number): Amount | undefined {
  const first = tokens[at];
  if (!first) return undefined;
  let dollar = first.dollar;
  let start = at;
  let end = at + 1;
  let value = first.value;
  if (first.text === "$" && tokens[at + 1]?.kind === "number") {
    dollar = true;
    value = tokens[at + 1]?.value ?? Number.NaN;
    start = at;
    end = at + 2;
  } else if (first.text === "half" && tokens[at + 1]?.text === "a" && tokens[at + 2]?.text === "dozen") {
    return { value: 6, start: at, end: at + 3, money: false, percent: false };
  } else if (first.text === "half" && /^(a|of|b|m|billion|million)$/.test(tokens[at + 1]?.text ?? "")) {
    const scale = tokens[at + 1]?.text === "a" ? at + 2 : at + 1;
    const magnitude = magnitudes.get(tokens[scale]?.text ?? "");
    if (magnitude === undefined || magnitude < 1e6) return undefined;
    return { value: magnitude / 2, start: at, end: scale + 1, money: true, percent: false };
  } else if (
    (first.text === "a" || first.text === "one") &&
    /^(hundred|thousand|million|billion|trillion|dozen|couple|pair|trio)$/.test(tokens[at + 1]?.text ?? "")
  ) {
    value = 1;
    if (/^(dozen|couple|pair|trio)$/.test(tokens[at + 1]?.text ?? ""))
      return { value: tokens[at + 1]?.value ?? 1, start: at, end: at + 2, money: false, percent: false };
  } else if (/^(hundred|million|billion)$/.test(first.text)) {
    value = magnitudes.get(first.text) ?? Number.NaN;
  }
  if (Number.isNaN(value)) return undefined;

  // "twenty five", "twenty-five"
  const one = tokens[end]?.text === "-" ? end + 1 : end;
  if (first.kind === "word" && value >= 20 && value < 100 && value % 10 === 0) {
    const ones = tokens[one];
    if (ones?.kind === "word" && ones.value >= 1 && ones.value < 10) {
      value += ones.value;
      end = one + 1;
    }
  }
  if (tokens[end]?.text === "dozen") {
    value *= 12;
    end += 1;
  }
  if (tokens[end]?.text === "and" && tokens[end + 1]?.text === "a" && tokens[end + 2]?.text === "half") {
    value += 0.5;
    end += 3;
  }
  const digits = tokens[end - 1];
  const points = /^bps?$/.test(digits?.unit ?? "") ? 0 : basisPointWords(tokens, end);
  if (points !== undefined)
    return { value: value / 100, start, end: end + points, money: false, percent: true };
  let magnitude = 1;
  if (digits?.kind === "number" && digits.unit !== "") magnitude = magnitudes.get(digits.unit) ?? 1;
  for (
    let next = tokens[end];
    next && magnitudes.has(next.text) && next.text.length > 1;
    next = tokens[end]
  ) {
    magnitude *= magnitudes.get(next.text) ?? 1;
    end += 1;
  }
  const percentWord = /^(%|percent|pct|pc|percentage|per)$/.test(tokens[end]?.text ?? "");
  const percent = digits?.unit.startsWith("%") === true || percentWord;
  if (percentWord) end += tokens[end]?.text === "per" && tokens[end + 1]?.text === "cent" ? 2 : 1;
  return { value: value * magnitude, start, end, money: dollar || magnitude >= 1e6, percent };
}

/** Words of "basis points" at `at`, a hundredth of a per cent each. */
function basisPointWords(tokens: readonly Token[], at: number): number | undefined {
  const text = tokens[at]?.text ?? "";
  if (/^bps?$/.test(text)) return 1;
  return text === "basis" && /^points?$/.test(tokens[at + 1]?.text ?? "") ? 2 : undefined;
}
