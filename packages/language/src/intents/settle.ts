import type { Question } from "../clauses/question.ts";
import { hasCore, type Request } from "../clauses/requests.ts";
import type { Segment } from "../clauses/segments.ts";
import { asksInWords } from "../clauses/telling.ts";
import { unreadAt } from "../text/unread-words.ts";
import type { Decision } from "./decide.ts";

/** Drops a decision that rests on words which, beside what was not read, are about something else. */
export function settle(question: Question, request: Request, decision: Decision): Decision {
  if (decision.intents.length === 0) return decision;
  const doubtful = decision.isStrong
    ? request.segments.some(
        segment =>
          (isAboutOwn(question, segment) || isOfSomethingElse(question, request, segment)) &&
          (hasCore(segment) || !request.segments.some(other => standsAlone(question, other))),
      )
    : request.segments.some(({ start, end }) => unreadAt(question, start, end).length > 0);
  return doubtful ? { ...decision, intents: [] } : decision;
}

function namesCoins({ coins, frame }: Segment): boolean {
  return coins.length > 0 || frame.some(({ means }) => means.kind === "item" || means.kind === "oneItem");
}

/** Whether the segment can be answered without those around it. */
function standsAlone(question: Question, segment: Segment): boolean {
  const isMarket = segment.subject.some(({ means }) => means.kind === "market");
  return hasCore(segment) && (namesCoins(segment) || (isMarket && asksInWords(question, segment)));
}

/** "How volatile is my temper": something of the speaker's own that is no coin. */
function isAboutOwn(question: Question, segment: Segment): boolean {
  if (namesCoins(segment)) return false;
  const owned = question.words
    .slice(segment.start, segment.end)
    .some(word => /^(my|our|his|her)$/.test(word));
  return owned && unreadAt(question, segment.start, segment.end).length > 0;
}

/** Words that are used of much else than coins: "volatile memory", "traffic signals", "flea market", "bear attack". */
const commonTerms =
  /^(volatil.*|erratic|stable|steady|calm|boring|quiet|wild|bulls?|bears?|signals?|market|markets|bottomed|overview|sentiment)$/;

/** Whether an unread word stands directly beside such a term and makes it one of another subject. */
function isOfSomethingElse(question: Question, request: Request, segment: Segment): boolean {
  if (namesCoins(segment)) return false;
  // "Those odd signals, pump and dumps I mean": what kind of signals is said elsewhere.
  const isTyped = request.segments.some(({ subject }) =>
    subject.some(({ means }) => means.kind === "signal" && means.value !== null),
  );
  const unread = new Set(
    unreadAt(question, segment.start, segment.end).filter(at => !/ly$/.test(question.words[at] ?? "")),
  );
  if (unread.size === 0) return false;
  return segment.subject.some(({ means, start, end }) => {
    if (isTyped && means.kind === "signal" && means.value === null) return false;
    if (!commonTerms.test(question.words[end - 1] ?? "") && !commonTerms.test(question.words[start] ?? ""))
      return false;
    const isSignal = /^signals?$/.test(question.words[end - 1] ?? "");
    return unread.has(start - 1) || (unread.has(end) && !isSignal);
  });
}
