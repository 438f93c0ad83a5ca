import { coinRest, coinWord } from "../phrases/coin-word.ts";
import { conditionKinds, hasCore, hasItem, hasPlural, isComparison } from "./contents.ts";
import { opensRequest } from "./opens-request.ts";
import type { Question } from "./question.ts";
import type { Segment } from "./segments.ts";
import { asksInWords, isOfSpeaker } from "./telling.ts";

/** Whether the segment asks for something, and what stands before it only tells of the speaker: "I hold SOL, skip it: gainers". */
export function followsStory(question: Question, before: readonly Segment[], segment: Segment): boolean {
  const [first] = before;
  if (!first || !isOfSpeaker(question, first)) return false;
  // "I own SOL, is it up": what is asked may be about the coin of the story.
  const namesOwn = segment.frame.some(({ means }) => means.kind === "item" || means.kind === "oneItem");
  if (!namesOwn && before.some(({ coins }) => coins.some(({ excluded }) => !excluded))) return false;
  if (before.some(told => asksInWords(question, told)))
    return namesOwn && segment.joint === ":" && opensRequest(question, segment);
  return hasCore(segment) || asksInWords(question, segment);
}

/** Whether the segment asks about the coin of the speaker's story: "I hold BTC, is it up". */
export function asksOfOwn(question: Question, before: readonly Segment[], segment: Segment): boolean {
  const [first] = before;
  const coins = before.flatMap(told => told.coins).filter(({ excluded }) => !excluded);
  if (!first || coins.length === 0 || !isOfSpeaker(question, first)) return false;
  if (segment.coins.length > 0 || hasItem(segment)) return false;
  return question.words.slice(segment.start, segment.end).some(word => /^(it|they|them)$/.test(word));
}

/** "How has AVAX been doing, price, general direction": of the coin just named rather than of the market. */
export function describesNamed({ words }: Question, before: readonly Segment[], segment: Segment): boolean {
  return (
    before.some(({ coins }) => coins.length > 0) &&
    before.at(-1)?.sentence === segment.sentence &&
    segment.coins.length === 0 &&
    segment.subject.length > 0 &&
    segment.subject.every(
      ({ means, start, end }) =>
        means.kind === "market" &&
        /(direction|trend|picture|outlook)$/.test(words.slice(start, end).join(" ")) &&
        end - start <= 2,
    )
  );
}

/** Whether the segment only names the coins that the one before asks to choose from: "which did better, A or B". */
export function namesCandidates({ words }: Question, before: readonly Segment[], segment: Segment): boolean {
  const named = segment.coins.filter(({ excluded }) => !excluded);
  if (named.length < 2 || before.some(({ coins }) => coins.length > 0)) return false;
  const opening = words[before[0]?.start ?? 0] ?? "";
  const isOnlyCoins = words
    .slice(segment.start, segment.end)
    .every(
      word =>
        word === coinWord ||
        word === coinRest ||
        /^(or|and|vs|versus|,|now|today|between|\/|of|the)$/.test(word),
    );
  const chooses = /^(which|who|what)$/.test(opening) && before.some(isComparison);
  return isOnlyCoins || (chooses && segment.subject.every(({ means }) => means.kind === "or"));
}

/** Whether the segment asks which of the coins just named: "A or B, which is in an uptrend". */
export function choosesAmong({ words }: Question, before: readonly Segment[], segment: Segment): boolean {
  const named = before.flatMap(({ coins }) => coins).filter(({ excluded }) => !excluded);
  const opens = /^(which|who|what)$/.test(words[segment.start] ?? "") && /^[,:(-]$/.test(segment.joint);
  return named.length > 1 && opens && segment.coins.length === 0 && !hasPlural(segment, words);
}

/** "Market overview plus pump and dump signals": what is listed beside the market is asked for by itself. */
export function listsBesideMarket(
  { words }: Question,
  before: readonly Segment[],
  segment: Segment,
): boolean {
  const isMarket = before.some(({ subject }) => subject.some(({ means }) => means.kind === "market"));
  if (!isMarket || before.some(({ coins }) => coins.length > 0)) return false;
  const [first] = segment.subject.filter(({ means }) => conditionKinds.has(means.kind));
  return (
    first !== undefined &&
    /^(trend|signal|volatility|performance)$/.test(first.means.kind) &&
    /(s|list|volatility)$/.test(words[first.end - 1] ?? "") &&
    !/^(bulls|bears)$/.test(words[first.end - 1] ?? "") &&
    first.start - segment.start <= 2
  );
}

/** "A joke about bears and bulls", "crude oil: biggest drops": a bare remainder of what is refused. */
export function belongsToRefused(question: Question, before: Segment | undefined, segment: Segment): boolean {
  if (!before || segment.coins.length > 0 || hasItem(segment)) return false;
  const isBareRanking =
    segment.joint === "," &&
    segment.subject.length > 0 &&
    segment.subject.every(({ means }) => means.kind === "superlative");
  if (isBareRanking) return before.scope.some(({ means }) => /^(otherAsset|offTopic)$/.test(means.kind));
  if (asksInWords(question, segment)) return false;
  if (segment.joint === "," && segment.end - segment.start === 1)
    return before.scope.some(({ means }) => means.kind === "otherAsset");
  if (/^[:–—-]$/.test(segment.joint)) return before.scope.some(({ means }) => means.kind === "otherAsset");
  return (
    segment.joint === "and" &&
    segment.end - segment.start <= 2 &&
    !question.times.some(({ start }) => start >= segment.start && start < segment.end)
  );
}

/** Whether a refused clause is what the coin before it was named for: "BTC, will it moon", "BTC is down, sell?" */
export function dragsDown(question: Question, before: readonly Segment[], refused: Segment): boolean {
  if (before.some(segment => isQuestionLike(question, segment))) return false;
  if (!before.some(({ coins }) => coins.length > 0)) return false;
  return refersBack(question, refused) || before.some(segment => isStatement(question, segment));
}

/** "BTC is in a downtrend": a coin and a verb, told rather than asked. */
function isStatement({ words }: Question, { start, coins }: Segment): boolean {
  const [coin] = coins;
  if (!coin || coin.start - start > 1) return false;
  return /^(is|has|was|looks|keeps|just|seems|went|are|have|dropped|fell|pumped|dumped|'s)$/.test(
    words[coin.end] ?? "",
  );
}

function refersBack({ words }: Question, segment: Segment): boolean {
  const said = words.slice(segment.start, segment.end);
  return (
    said.some(word => /^(it|they|them|that|this|these|those)$/.test(word)) ||
    // "A or B, which should I buy".
    (/^(which|what|whose|how)$/.test(said[0] ?? "") && segment.coins.length === 0)
  );
}

function isQuestionLike({ words }: Question, segment: Segment): boolean {
  return (
    (segment.isQuestion &&
      /^(is|are|what|which|how|who|has|have|does|did|do|any|show|list|give)$/.test(
        words[segment.start] ?? "",
      )) ||
    segment.frame.some(({ means }) => means.kind === "item") ||
    /^(which|what|show|list|give|how)$/.test(words[segment.start] ?? "")
  );
}
