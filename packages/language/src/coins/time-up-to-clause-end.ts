import { hoursByUnit, hoursByWord, months, weekdays, windowAdjectives } from "../lexicon/time-words.ts";
import type { Token } from "../text/token.ts";

const opensTime = new Set("this past last previous over since in for during".split(" "));
const withinTime = new Set("the a past last few half couple of morning to".split(" "));

/** Whether nothing but a time follows, up to the end of the clause: "since Monday", "in the last 30 days". */
export function isTimeUpToClauseEnd(tokens: readonly Token[], start: number): boolean {
  let end = start;
  while (end < tokens.length && !isClauseEnd(tokens[end]?.text ?? "")) end += 1;
  const time = tokens.slice(start, end);
  const [first] = time;
  // A unit right behind the word counts with it: "one week".
  if (!first || !(opensTime.has(first.text) || isWholeTime(first) || isAmount(first))) return false;
  return (
    time.some(token => isWholeTime(token) || isUnit(token)) &&
    time
      .slice(1)
      .every(token => isWholeTime(token) || isUnit(token) || isAmount(token) || withinTime.has(token.text))
  );
}

function isWholeTime({ text, unit }: Token): boolean {
  return (
    Object.hasOwn(hoursByUnit, unit) ||
    Object.hasOwn(hoursByWord, text) ||
    windowAdjectives.has(text) ||
    text === "yesterday"
  );
}

function isUnit({ text }: Token): boolean {
  return (
    text === "weekend" ||
    (text.length > 1 && [hoursByUnit, months, weekdays].some(names => Object.hasOwn(names, text)))
  );
}

function isAmount(token: Token): boolean {
  return token.kind === "number" || !Number.isNaN(token.value);
}

/** Whether the text ends here or a mark closes the clause. */
export function isClauseEnd(word: string): boolean {
  return word === "" || /^[?!.,;:]$/.test(word);
}
