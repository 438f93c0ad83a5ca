import type { TimeMention } from "../clauses/question.ts";
import { magnitudes } from "../lexicon/number-words.ts";
import { hoursByUnit, hoursByWord, windowAdjectives, windowDeterminers } from "../lexicon/time-words.ts";
import type { Token } from "../text/token.ts";
import { rollingSlot, sinceSlot, startOfDay } from "./calendar.ts";
import { readAmount } from "./read-amount.ts";
import { readSince } from "./read-since.ts";

/** Windows longer than this are a slip of the pen; ten years. */
const maxWindowHours = 10 * 8760;

/** Finds every window of time in the question, in order. */
export function findTimes(tokens: readonly Token[], now: Date): TimeMention[] {
  const times: TimeMention[] = [];
  for (let at = 0; at < tokens.length; ) {
    const time = readSince(tokens, at, now) ?? readWindowAt(tokens, at, now);
    if (time) times.push(time);
    at = time?.end ?? at + 1;
  }
  return times;
}

function readWindowAt(tokens: readonly Token[], at: number, now: Date): TimeMention | undefined {
  const token = tokens[at];
  if (!token || token.dollar) return undefined;
  const text = token.text;
  const ownHours = Object.hasOwn(hoursByWord, text) ? hoursByWord[text] : undefined;
  if (ownHours !== undefined) return { timeframe: rollingSlot(ownHours), start: at, end: at + 1 };
  if (text === "this" && tokens[at + 1]?.text === "morning")
    return { timeframe: "24h", start: at, end: at + 2 };
  if (text === "yesterday") return { timeframe: sinceSlot(startOfDay(now, -1)), start: at, end: at + 1 };
  return readCounted(tokens, at) ?? readHalf(tokens, at) ?? readBareUnit(tokens, at);
}

/** "24h", "3 months", "six-month", "couple of weeks". */
function readCounted(tokens: readonly Token[], at: number): TimeMention | undefined {
  const token = tokens[at];
  if (token?.kind === "number" && token.unit !== "") {
    const hours = unitHours(token.unit) ?? (token.unit === "m" && isMonths(tokens, at) ? 720 : undefined);
    return hours === undefined ? undefined : counted(token.value * hours, at, at + 1);
  }
  const amount = readAmount(tokens, at);
  if (!amount || amount.money) return undefined;
  let end = amount.end;
  while (
    /^(-|of|full|whole|straight|consecutive|trading|calendar|last|past|and|a|half|or|so|more)$/.test(
      tokens[end]?.text ?? "",
    ) &&
    end < amount.end + 2
  )
    end += 1;
  const unit = tokens[end];
  const hours = unit?.kind === "word" ? unitHours(unit.text) : undefined;
  if (hours === undefined || /^(low|highs?)$/.test(unit?.text ?? "")) return undefined;
  // "Top 10 year to date".
  if (isFraction(tokens, end) || (tokens[end + 1]?.text === "to" && tokens[end + 2]?.text === "date"))
    return undefined;
  const andHalf = halfAfter(tokens, end + 1);
  return counted((amount.value + (andHalf > 0 ? 0.5 : 0)) * hours, at, end + 1 + andHalf);
}

/** Words of "and a half" behind a unit: "an hour and a half". */
function halfAfter(tokens: readonly Token[], at: number): 0 | 3 {
  const text = tokens.slice(at, at + 3).map(token => token.text);
  return text.join(" ") === "and a half" ? 3 : 0;
}

/** "Three quarters sure", "by a quarter", "a quarter of its value": a share, no time. */
function isFraction(tokens: readonly Token[], at: number): boolean {
  const word = (index: number): string => tokens[index]?.text ?? "";
  if (!/^quarters?$/.test(word(at))) return false;
  const before = tokens.slice(Math.max(0, at - 6), at).map(token => token.text);
  if (
    /(confiden\w*|certainty|sure|probability) (score |level )?(of |over |above |at least |is |>=? ?)*\w+$/.test(
      before.join(" "),
    )
  )
    return true;
  return (
    /^(confiden.*|sure|certain|certainty|probability)$/.test(word(at + 1)) ||
    (word(at + 1) === "of" && /^(its|their|the|a)$/.test(word(at + 2))) ||
    (word(at - 1) === "a" && /^(by|lost|shed|gained|dropped|fell|rose|up|down)$/.test(word(at - 2)))
  );
}

/** "half a year", "half year". */
function readHalf(tokens: readonly Token[], at: number): TimeMention | undefined {
  if (tokens[at]?.text !== "half") return undefined;
  const end = /^(a|an|of|the|-)$/.test(tokens[at + 1]?.text ?? "") ? at + 2 : at + 1;
  const hours = unitHours(tokens[end]?.text ?? "");
  if (hours === undefined) return undefined;
  return counted(hours === 8760 ? 180 * 24 : hours / 2, at, end + 1);
}

/** "this week", "weekly", "of the month", and a unit alone in a fragment: "gainers week". */
function readBareUnit(tokens: readonly Token[], at: number): TimeMention | undefined {
  const text = tokens[at]?.text ?? "";
  const hours = tokens[at]?.kind === "word" ? unitHours(text) : undefined;
  if (hours === undefined || hours < 1 || text.length < 2) return undefined;
  const before = tokens[at - 1]?.text ?? "";
  const isAdverbial = before === "by" && windowAdjectives.has(text);
  if (
    !isAdverbial &&
    /^(few|several|some|recent|many|couple|these|next|coming|upcoming|every|by|end|fear|following)$/.test(
      before,
    )
  ) {
    return /^(few|several|some|recent)$/.test(before)
      ? { timeframe: null, start: at - 1, end: at + 1 }
      : undefined;
  }
  if (/s$/.test(text) && !windowAdjectives.has(text)) return undefined;
  // "The day's worst performer", and the same without an article.
  const isMarked = (token: Token | undefined): boolean => token === undefined || token.kind === "mark";
  const isAlone = isMarked(tokens[at - 1]) && isMarked(tokens[at + 1]) && tokens.length > 2;
  const owns = tokens[at + 1]?.text === "'s" && (before === "" || tokens[at - 1]?.kind === "mark");
  if (/^(hour|day|month|year|quarter)$/.test(text) && !windowDeterminers.has(before) && !owns && !isAlone)
    return undefined;
  if (
    /^(a|one|the)$/.test(before) &&
    /^(once|twice|times|what|back|rough|make|made|have|had|busy|hell)$/.test(tokens[at - 2]?.text ?? "")
  )
    return undefined;
  if (isFraction(tokens, at)) return undefined;
  const andHalf = halfAfter(tokens, at + 1);
  return counted(hours * (andHalf > 0 ? 1.5 : 1), at, at + 1 + andHalf);
}

function counted(hours: number, start: number, end: number): TimeMention | undefined {
  if (!(hours > 0) || hours > maxWindowHours) return undefined;
  return { timeframe: rollingSlot(hours), start, end };
}

function unitHours(text: string): number | undefined {
  if (text === "min" || text === "mins" || text === "minutes" || text === "minute") return 1 / 60;
  return Object.hasOwn(hoursByUnit, text) ? hoursByUnit[text] : undefined;
}

/** "3m" is months where a window is meant, and millions elsewhere. */
function isMonths(tokens: readonly Token[], at: number): boolean {
  const value = tokens[at]?.value ?? 0;
  const before = tokens[at - 1]?.text ?? "";
  return (
    value <= 24 &&
    magnitudes.has("m") &&
    !/^(over|above|than|least|cap|\$)$/.test(before) &&
    windowFits(before)
  );
}

function windowFits(before: string): boolean {
  return windowDeterminers.has(before) || before === "" || !/^(market|worth)$/.test(before);
}
