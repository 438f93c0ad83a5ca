import { asksForHelp } from "../intents/help.ts";
import { type Refusal, refusalOf } from "../intents/refusals.ts";
import { coinRest, coinWord } from "../phrases/coin-word.ts";
import { type Question, spansOf } from "./question.ts";
import { openingOf, type Segment } from "./segments.ts";
import { asksInWords, isOfSpeaker } from "./telling.ts";

/** Segments that ask for one thing together, and why that is not answered, if it is not. */
export type Request = {
  segments: readonly Segment[];
  refusal: Refusal | undefined;
  help: "strong" | "weak" | undefined;
};

const conditionKinds = new Set(["trend", "signal", "performance", "volatility", "climb", "gain", "market"]);

/** Whether the segment names something that can be asked about. */
export function hasCore(segment: Segment): boolean {
  return (
    segment.coins.some(({ excluded }) => !excluded) ||
    segment.subject.some(
      ({ means }) =>
        conditionKinds.has(means.kind) || (means.kind === "superlative" && means.value !== "top"),
    )
  );
}

/** Whether the segment opens a request of its own: a question word or an imperative, and something asked. */
function opensRequest(question: Question, segment: Segment): boolean {
  if (!hasCore(segment)) return false;
  const first = question.words[openingOf(question, segment)] ?? "";
  if (
    /^(compare|list|show|give|how|what|which|who|tell|find|any|is|are|has|have|does|did|where|why|top|best|worst|get|name|can|could|will|should|do|the)$/.test(
      first,
    )
  ) {
    if (
      /^(which|what|who|is|are|the)$/.test(first) &&
      segment.coins.length === 0 &&
      isComparison(segment) &&
      !hasItem(segment) &&
      !namesRanking(question, segment)
    )
      return false;
    return (
      first !== "the" ||
      hasItem(segment) ||
      segment.subject.some(
        ({ means }) =>
          means.kind === "performance" || means.kind === "superlative" || means.kind === "market",
      )
    );
  }
  return (
    segment.coins.some(({ excluded }) => !excluded) ||
    hasItem(segment) ||
    segment.subject.some(
      ({ means, start }) =>
        means.kind === "market" ||
        (means.kind === "performance" && /^(gainer|loser)$/.test(question.words[start] ?? "")),
    ) ||
    namesRanking(question, segment)
  );
}

/** "Market overview plus pump and dump signals": what is listed beside the market is asked for by itself. */
function listsBesideMarket({ words }: Question, before: readonly Segment[], segment: Segment): boolean {
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

/** "The top 10 gainers", "the losers": a noun in the plural that is a list by itself. */
export function namesRanking({ words }: Question, { subject }: Segment): boolean {
  return subject.some(
    ({ means, end }) =>
      /^(performance|gain)$/.test(means.kind) &&
      /^(gainers|losers|winners|movers|laggards|performers|risers|fallers|climbers|decliners)$/.test(
        words[end - 1] ?? "",
      ),
  );
}

function hasItem(segment: Segment): boolean {
  return segment.frame.some(({ means }) => means.kind === "item");
}

function isComparison(segment: Segment): boolean {
  return (
    spansOf(segment.subject, "comparative").length > 0 ||
    spansOf(segment.subject, "compare").length > 0 ||
    spansOf(segment.subject, "superlative").length > 0
  );
}

/** "A joke about bears and bulls", "crude oil: biggest drops": a bare remainder of what is refused. */
function belongsToRefused(question: Question, before: Segment | undefined, segment: Segment): boolean {
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

/** "..., are we", "..., isn't it": asks for nothing beyond what stands before it. */
function isTag({ words }: Question, { start, end, joint }: Segment): boolean {
  return (
    joint === "," &&
    /^(is|are|was|were|has|have|had|did|does|do|will|would)( not)? (it|we|they|he|she|you|there)$/.test(
      words.slice(start, end).join(" "),
    )
  );
}

/** "Forget it", "never mind that": what was said before does not count any more. */
function takesBack({ words }: Question, { start, end }: Segment): boolean {
  return /^((just|please|so|ok|oh) )?(forget|never mind|scratch|ignore|skip) (about )?(it|that|this|all that|what i said)( please)?$/.test(
    words.slice(start, end).join(" "),
  );
}

/** Groups the segments into requests; a refused segment stands alone, so that it takes nothing else down. */
export function groupRequests(question: Question, segments: readonly Segment[]): Request[] {
  const requests: { segments: Segment[]; refusal: Refusal | undefined; help: Request["help"] }[] = [];
  let sentence = -1;
  for (const segment of segments) {
    if (takesBack(question, segment)) {
      // Its coins may still be meant: "scratch that, just give me its price".
      for (const request of requests) Object.assign(request, { refusal: "hard", help: undefined });
      continue;
    }
    if (requests.length > 0 && isTag(question, segment)) continue;
    const help = asksForHelp(question, segment);
    // "Can you handle questions in German": the product is asked about, and nothing of the other subject.
    const refusal = help === "strong" ? undefined : refusalOf(question, segment);
    const current = requests.at(-1);
    const isNew = segment.sentence !== sentence && !continuesSentence(question, segment);
    const currentHasCore = current?.segments.some(hasCore) ?? false;
    const joins =
      current !== undefined &&
      !isNew &&
      !(current.help === "strong" && opensRequest(question, segment)) &&
      (segment.sentence === sentence || currentHasCore) &&
      refusal === current.refusal &&
      !followsStory(question, current.segments, segment) &&
      (help === current.help || current.help === "strong") &&
      !(
        currentHasCore &&
        (opensRequest(question, segment) || listsBesideMarket(question, current.segments, segment)) &&
        segment.joint !== ":" &&
        !namesCandidates(question, current.segments, segment) &&
        !choosesAmong(question, current.segments, segment) &&
        !asksOfOwn(question, current.segments, segment) &&
        !describesNamed(question, current.segments, segment)
      );
    if (joins) current.segments.push(segment);
    else if (current?.refusal && !isNew && namesCandidates(question, current.segments, segment)) {
      // "Which should I buy, A or B?"
      current.segments.push(segment);
    } else if (
      current?.refusal === "hard" &&
      !isNew &&
      refusal === undefined &&
      belongsToRefused(question, current.segments.at(-1), segment)
    ) {
      current.segments.push(segment);
    } else if (current && !isNew && refusal !== undefined && dragsDown(question, current.segments, segment)) {
      current.segments.push(segment);
      current.refusal = "hard";
    } else requests.push({ segments: [segment], refusal, help });
    sentence = segment.sentence;
  }
  return requests;
}

/** Whether the segment asks for something, and what stands before it only tells of the speaker: "I hold SOL, skip it: gainers". */
function followsStory(question: Question, before: readonly Segment[], segment: Segment): boolean {
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
function asksOfOwn(question: Question, before: readonly Segment[], segment: Segment): boolean {
  const [first] = before;
  const coins = before.flatMap(told => told.coins).filter(({ excluded }) => !excluded);
  if (!first || coins.length === 0 || !isOfSpeaker(question, first)) return false;
  if (segment.coins.length > 0 || hasItem(segment)) return false;
  return question.words.slice(segment.start, segment.end).some(word => /^(it|they|them)$/.test(word));
}

/** "How has AVAX been doing, price, general direction": of the coin just named rather than of the market. */
function describesNamed({ words }: Question, before: readonly Segment[], segment: Segment): boolean {
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

/** A sentence that only narrows what was asked before: "Only the top 50. No stablecoins." */
function continuesSentence(question: Question, segment: Segment): boolean {
  return (
    !hasCore(segment) &&
    segment.scope.length === 0 &&
    !/^(i|whose)$/.test(question.words[segment.start] ?? "")
  );
}

/** Whether the segment only names the coins that the one before asks to choose from: "which did better, A or B". */
function namesCandidates({ words }: Question, before: readonly Segment[], segment: Segment): boolean {
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
function choosesAmong({ words }: Question, before: readonly Segment[], segment: Segment): boolean {
  const named = before.flatMap(({ coins }) => coins).filter(({ excluded }) => !excluded);
  const opens = /^(which|who|what)$/.test(words[segment.start] ?? "") && /^[,:(-]$/.test(segment.joint);
  return named.length > 1 && opens && segment.coins.length === 0 && !hasPlural(segment, words);
}

function hasPlural(segment: Segment, words: readonly string[]): boolean {
  return segment.frame.some(
    ({ means, end }) => means.kind === "item" && (words[end - 1] ?? "").endsWith("s"),
  );
}

/** Whether a refused clause is what the coin before it was named for: "BTC, will it moon", "BTC is down, sell?" */
function dragsDown(question: Question, before: readonly Segment[], refused: Segment): boolean {
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
