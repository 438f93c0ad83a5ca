import type { TimeMention } from "../clauses/question.ts";
import { holidays, hoursByUnit, months, weekdays } from "../lexicon/time-words.ts";
import type { Token } from "../text/token.ts";
import { dayMs, hourMs, lastDate, lastWeekday, sinceSlot, startOfDay } from "./calendar.ts";
import { readAmount } from "./read-amount.ts";

/** Reads a window that starts on a calendar day: "since Monday", "over the weekend", "year to date". */
export function readSince(tokens: readonly Token[], at: number, now: Date): TimeMention | undefined {
  const text = tokens[at]?.text ?? "";
  const word = (offset: number): string => tokens[at + offset]?.text ?? "";
  const mention = (day: Date | undefined, end: number): TimeMention | undefined =>
    day && day.getTime() <= now.getTime() ? { timeframe: sinceSlot(day), start: at, end } : undefined;

  if (
    /^(year|month|week|quarter)$/.test(text) &&
    word(1) === "to" &&
    (word(2) === "date" || word(2) === "day")
  ) {
    return mention(startOfPeriod(now, text), at + 3);
  }
  if (/^weekends?$/.test(text)) return mention(lastWeekday(now, 6, true), at + 1);
  const soFar = readSoFar(tokens, at, now);
  if (soFar) return mention(soFar.day, soFar.end);
  const quarter = /^q([1-4])$/.exec(text)?.[1];
  if (quarter !== undefined) return mention(lastDate(now, 3 * (Number(quarter) - 1), 1), at + 1);
  if (/^(in|during|throughout|over)$/.test(text) && Object.hasOwn(months, word(1)) && word(1).length > 2)
    return mention(lastDate(now, months[word(1)] ?? 0, 1), at + 2);
  if (text === "since" || text === "from" || text === "starting") {
    const start =
      /^(the|last|this|about|around|early|late|mid|on|start|beginning|of|first|back|in|around|middle)$/;
    let offset = 1;
    while (start.test(word(offset)) && offset < 6) offset += 1;
    const opening = tokens.slice(at + 1, at + offset).map(token => token.text);
    const found = readDay(tokens, at + offset, now, opening);
    const begins = text === "since" || opening.some(part => /^(start|beginning)$/.test(part));
    if (found && (begins || found.named)) {
      return mention(found.day, found.end);
    }
    return undefined;
  }
  if (
    (text === "last" || text === "on" || text === "this" || text === "past") &&
    Object.hasOwn(weekdays, word(1)) &&
    word(1).length > 3
  ) {
    return mention(lastWeekday(now, weekdays[word(1)] ?? 0), at + 2);
  }
  if (
    Object.hasOwn(weekdays, text) &&
    text.length > 3 &&
    !/^(next|by|until|before)$/.test(tokens[at - 1]?.text ?? "")
  )
    return mention(lastWeekday(now, weekdays[text] ?? 0), at + 1);
  return undefined;
}

/** "So far this year", "this month so far". */
function readSoFar(
  tokens: readonly Token[],
  at: number,
  now: Date,
): { day: Date | undefined; end: number } | undefined {
  const word = (offset: number): string => tokens[at + offset]?.text ?? "";
  const unit = /^(week|month|quarter|year)$/;
  if (word(0) === "so" && word(1) === "far" && word(2) === "this" && unit.test(word(3)))
    return { day: startOfPeriod(now, word(3)), end: at + 4 };
  const lead = /^(this|the)$/.test(word(0)) ? 1 : 0;
  if (unit.test(word(lead)) && word(lead + 1) === "so" && word(lead + 2) === "far")
    return { day: startOfPeriod(now, word(lead)), end: at + lead + 3 };
  return undefined;
}

function startOfPeriod(now: Date, unit: string): Date | undefined {
  const year = now.getUTCFullYear();
  const month = now.getUTCMonth();
  if (unit.startsWith("year")) return new Date(Date.UTC(year, 0, 1));
  if (unit.startsWith("quarter")) return new Date(Date.UTC(year, month - (month % 3), 1));
  if (unit.startsWith("month")) return new Date(Date.UTC(year, month, 1));
  if (unit.startsWith("week")) return lastWeekday(now, 1, true);
  if (unit.startsWith("day")) return startOfDay(now);
  return undefined;
}

type Day = { day: Date | undefined; end: number; named: boolean };

/** Reads the day that follows "since", after its opening words ("the start of"). */
function readDay(
  tokens: readonly Token[],
  at: number,
  now: Date,
  opening: readonly string[],
): Day | undefined {
  const token = tokens[at];
  const text = token?.text ?? "";
  const next = tokens[at + 1];
  const last = opening.includes("last");
  const named = (day: Date | undefined, end: number): Day => ({ day, end, named: true });
  if (text === "yesterday") return named(startOfDay(now, -1), at + 1);
  if (text === "today" || text === "midnight")
    return { day: startOfDay(now), end: at + 1, named: text === "midnight" };
  if (/^weekends?$/.test(text)) return named(lastWeekday(now, 6, true), at + 1);
  if (Object.hasOwn(weekdays, text)) return named(lastWeekday(now, weekdays[text] ?? 0), at + 1);
  for (const length of [2, 1]) {
    const name = tokens
      .slice(at, at + length)
      .map(part => part.text)
      .join(" ");
    const holiday = Object.hasOwn(holidays, name) ? holidays[name] : undefined;
    if (holiday)
      return named(lastDate(now, ...holiday), at + length + (tokens[at + length]?.text === "'s" ? 1 : 0));
  }
  if (Object.hasOwn(months, text)) {
    const month = months[text] ?? 0;
    const day = next?.kind === "number" && next.value >= 1 && next.value <= 31 ? next.value : undefined;
    const year = [next, tokens[at + 2], tokens[at + 3]].find(
      part => part?.kind === "number" && part.value > 1999 && part.value < 2100,
    );
    if (year) return named(new Date(Date.UTC(year.value, month, day ?? 1)), tokens.indexOf(year) + 1);
    return named(lastDate(now, month, day ?? 1), at + (day === undefined ? 1 : 2));
  }
  if (token?.kind === "number") {
    const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(
      tokens
        .slice(at, at + 5)
        .map(part => part.text)
        .join(""),
    );
    if (iso) return named(new Date(Date.UTC(Number(iso[1]), Number(iso[2]) - 1, Number(iso[3]))), at + 5);
    const slash = tokens[at + 2];
    if (next?.text === "/" && slash?.kind === "number" && token.value >= 1 && slash.value >= 1) {
      // The month first, as Americans write it, where it can be one.
      const [month, day] = token.value > 12 ? [slash.value, token.value] : [token.value, slash.value];
      const end = tokens[at + 3]?.text === "/" ? at + 5 : at + 3;
      return month <= 12 && day <= 31 ? named(lastDate(now, month - 1, day), end) : undefined;
    }
    if (
      /^(st|nd|rd|th)$/.test(token.unit) &&
      next?.text !== "of" &&
      !Object.hasOwn(months, next?.text ?? "")
    ) {
      const thisMonth = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), token.value));
      const lastMonth = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, token.value));
      return token.value <= 31 ? named(thisMonth <= now ? thisMonth : lastMonth, at + 1) : undefined;
    }
    const monthAt = next?.text === "of" ? at + 2 : at + 1;
    const month = tokens[monthAt]?.text ?? "";
    if (Object.hasOwn(months, month) && token.value >= 1 && token.value <= 31) {
      return named(lastDate(now, months[month] ?? 0, token.value), monthAt + 1);
    }
    if (token.value > 1999 && token.value < 2100 && token.unit === "")
      return named(new Date(Date.UTC(token.value, 0, 1)), at + 1);
  }
  const amount =
    readAmount(tokens, at) ?? (text === "a" || text === "an" ? { value: 1, end: at + 1 } : undefined);
  const unit = amount ? (tokens[amount.end]?.text ?? "") : "";
  if (amount && Object.hasOwn(hoursByUnit, unit) && tokens[amount.end + 1]?.text === "ago") {
    return named(
      startOfDay(new Date(now.getTime() - amount.value * (hoursByUnit[unit] ?? 0) * hourMs)),
      amount.end + 2,
    );
  }
  if (/^(week|month|quarter|year|day)$/.test(text)) {
    const start = startOfPeriod(now, text);
    const day = last && start ? startOfPeriod(new Date(start.getTime() - dayMs), text) : start;
    return { day, end: at + 1, named: false };
  }
  return undefined;
}
