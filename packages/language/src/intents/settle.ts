import { hasCore, namesRanking } from "../clauses/contents.ts";
import { type Question, spansOf } from "../clauses/question.ts";
import { isLong } from "../clauses/relevant-requests.ts";
import type { Request } from "../clauses/requests.ts";
import type { Segment } from "../clauses/segments.ts";
import { asksInWords, isOfSpeaker } from "../clauses/telling.ts";
import { isVerb, mayName } from "../text/ordinary-words.ts";
import { unreadAt } from "../text/unread-words.ts";
import type { Decision } from "./decide.ts";
import { hasOtherSubject } from "./other-subject.ts";

/** Drops a decision that rests on words which, beside what was not read, are about something else. */
export function settle(
  question: Question,
  request: Request,
  decision: Decision,
  before: readonly Request[],
): Decision {
  if (decision.intents.length === 0) return decision;
  if (decision.intents.includes("help") && decision.isStrong && addressesProduct(question, request))
    return decision;
  if (
    leansOnOtherThings(question, request, before) ||
    choosesOtherThings(question, request, before) ||
    isOfSomebodyNamed(question, request) ||
    isAboutCoinOtherwise(question, request) ||
    request.segments.some(segment => isForPurpose(question, segment))
  )
    return { ...decision, intents: [] };
  const doubtful = decision.isStrong
    ? request.segments.some(
        segment =>
          (isAboutOwn(question, segment) ||
            isOfSomethingElse(question, request, segment) ||
            (!namesCoins(segment) && hasOtherSubject(question, segment))) &&
          (hasCore(segment) || !request.segments.some(other => standsAlone(question, other))),
      )
    : request.segments.some(segment => speaksAgainst(question, request, segment));
  return doubtful ? { ...decision, intents: [] } : decision;
}

/** Whether words of the segment went unread that may be what a vague reading is really about. */
function speaksAgainst(question: Question, { segments }: Request, segment: Segment): boolean {
  // "Humour me: coins making higher highs": what is listed is named elsewhere.
  const isAside =
    !hasCore(segment) &&
    segments.some(other => hasCore(other) && (listsCoins(question, other) || namesRanking(question, other)));
  if (isAside && !isLong(question)) return false;
  return unreadAt(question, segment.start, segment.end).some(
    at => isLong(question) || !isVerb(question.words[at] ?? ""),
  );
}

/** Whether coins, in so many words, are what the segment lists. */
function listsCoins({ words }: Question, { coins, frame }: Segment): boolean {
  return (
    coins.length > 0 ||
    frame.some(
      ({ means, start, end }) =>
        means.kind === "item" &&
        words.slice(start, end).some(word => /coin|token|crypto|alt|name|asset|pair|bag|gem|cap/.test(word)),
    )
  );
}

/** "In your system", "on this site": words of the product, whatever else is unread. */
function addressesProduct({ words }: Question, { segments }: Request): boolean {
  return segments.some(({ start, end }) =>
    /(^| )(you|your|yours|here|this (site|app|bot|tool|page|system|service|thing|place))( |$)/.test(
      words.slice(start, end).join(" "),
    ),
  );
}

const ranked: ReadonlySet<string> = new Set(["best", "worst", "top", "most", "least"]);

/** "I need new shoes, which ones are best": a bare ranking of things that are named before and are no coins. */
function leansOnOtherThings(question: Question, request: Request, before: readonly Request[]): boolean {
  const { words } = question;
  const previous = before.at(-1);
  if (!previous || request.segments.some(({ coins }) => coins.length > 0)) return false;
  const pointsBack = request.segments.some(segment =>
    /(^| )(which|what|the|these|those|any|good) (one|ones|is|are)( |$)|(^| )(ones|them|those|these)( |$)/.test(
      words.slice(segment.start, segment.end).join(" "),
    ),
  );
  const isBare = request.segments.every(segment =>
    segment.subject.every(
      ({ means, start, end }) =>
        means.kind === "superlative" ||
        (means.kind === "performance" && words.slice(start, end).some(word => ranked.has(word))) ||
        /^(topic|or|rank)$/.test(means.kind),
    ),
  );
  if (!pointsBack || !isBare) return false;
  return (
    previous.segments.every(({ coins, frame }) => coins.length === 0 && !frame.some(isPluralCoins(words))) &&
    (previous.refusal === "hard" ||
      previous.segments.some(({ start, end }) =>
        unreadAt(question, start, end).some(at => mayName(words[at] ?? "")),
      ))
  );
}

/** "Silver vs gold, which did better": a choice among what was refused just before, in the same sentence. */
function choosesOtherThings({ words }: Question, request: Request, before: readonly Request[]): boolean {
  const previous = before.at(-1);
  const [first] = request.segments;
  if (previous?.refusal !== "hard" || !first || request.segments.some(namesCoins)) return false;
  return (
    previous.segments.at(-1)?.sentence === first.sentence &&
    /^(which|who|what)$/.test(words[first.start] ?? "") &&
    previous.segments.some(({ scope }) =>
      scope.some(({ means }) => means.kind === "otherAsset" || means.kind === "offTopic"),
    )
  );
}

/** "Is Ada Lovelace famous": a coin's name that begins another name, in a clause that asks nothing of a coin. */
function isOfSomebodyNamed(question: Question, { segments }: Request): boolean {
  const { words } = question;
  return segments.every(({ start, end, coins, subject }) => {
    const [coin] = coins;
    if (!coin || coins.length > 1 || subject.length > 0) return false;
    const unread = unreadAt(question, coin.end, end);
    return (
      /^(is|was|who|does|did|has|where|when)$/.test(words[start] ?? "") &&
      unread[0] === coin.end &&
      mayName(words[coin.end] ?? "")
    );
  });
}

/** Unread words from which on a coin is named, and something else is asked of it. */
const otherwise = 2;

/** "What year did bitcoin launch", "avalanche warning level in Tyrol": nothing that is known of coins is asked. */
function isAboutCoinOtherwise(question: Question, { segments }: Request): boolean {
  const naming = segments.filter(({ coins }) => coins.some(({ excluded }) => !excluded));
  return (
    naming.length > 0 &&
    segments.every(({ subject }) => subject.length === 0) &&
    naming.every(segment => {
      const { start, end } = segment;
      if (isOfSpeaker(question, segment)) return false;
      return (
        unreadAt(question, start, end).filter(at => /^[a-z]+$/.test(question.words[at] ?? "")).length >=
        otherwise
      );
    })
  );
}

/** "The best coin for laundry": a bare ranking with a purpose of its own. */
function isForPurpose(question: Question, { start, end, subject, coins }: Segment): boolean {
  if (coins.length > 0 || !subject.every(({ means }) => means.kind === "superlative") || subject.length === 0)
    return false;
  const purpose = unreadAt(question, start, end).find(at => mayName(question.words[at] ?? ""));
  return purpose !== undefined && question.words.slice(start, purpose).includes("for");
}

function isPluralCoins(words: readonly string[]) {
  return ({ means, start, end }: Segment["frame"][number]): boolean =>
    means.kind === "item" && words.slice(start, end).some(word => /coin|token|crypto|alt|bag/.test(word));
}

function namesCoins({ coins, frame }: Segment): boolean {
  return coins.length > 0 || frame.some(({ means }) => means.kind === "item" || means.kind === "oneItem");
}

/** Whether coins, a list of them or the market are asked about in so many words. */
export function namesWhatIsAsked(question: Question, { segments }: Request): boolean {
  return segments.some(
    segment =>
      hasCore(segment) &&
      (listsCoins(question, segment) ||
        namesRanking(question, segment) ||
        segment.subject.some(({ means }) => means.kind === "signal" && means.value !== null) ||
        spansOf(segment.subject, "market").some(({ start, end }) =>
          question.words.slice(start, end).some(word => /crypto|market|sentiment/.test(word)),
        )),
  );
}

/** Whether the segment can be answered without those around it. */
function standsAlone(question: Question, segment: Segment): boolean {
  const isMarket = segment.subject.some(({ means }) => means.kind === "market");
  if (segment.subject.some(({ means }) => means.kind === "signal" && means.value !== null)) return true;
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
