import type { TrendType } from "@vibe-charting/contracts";
import { type Question, spansOf } from "../clauses/question.ts";
import type { Request } from "../clauses/requests.ts";
import type { Segment } from "../clauses/segments.ts";
import { type Conditions, stateOf } from "./conditions.ts";

const listNouns =
  /^(gainers?|losers?|winners?|movers?|performers?|laggards?|outperformers?|underperformers?|coins?|tokens?)$/;

/** Whether the market as a whole is asked about, and not a list of coins in it. */
export function asksForMarket(question: Question, request: Request, conditions: Conditions): boolean {
  const { words } = question;
  return request.segments.some(segment => {
    const markets = spansOf(segment.subject, "market");
    const [market] = markets;
    if (!market) return false;
    const lists = segment.frame.some(
      ({ means, start }) =>
        (means.kind === "item" || means.kind === "oneItem") &&
        !(start >= market.end && /^(is|are|has|how|did|does|was|why)$/.test(words[segment.start] ?? "")) &&
        !markets.some(span => start >= span.start && start < span.end) &&
        !isDenied(segment, start),
    );
    if (lists) return false;
    const listed = words
      .slice(segment.start, segment.end)
      .map((word, at) => (isDenied(segment, segment.start + at) ? "" : word));
    listed.fill("", market.start - segment.start, market.end - segment.start);
    if (listed.some(word => listNouns.test(word))) return false;
    const stated =
      conditions.signals.length +
      conditions.swings.length +
      conditions.sides.length +
      conditions.trends.length;
    if (stated === 0) return true;
    // "Everything bullish", "all coins in a downtrend" list; "is everything nuking" asks about the market.
    if (
      /^(everything|every coin|all( the)? coins)$/.test(words.slice(market.start, market.end).join(" ")) &&
      !/^(is|'s|are|was|were|has|have)$/.test(words[market.end] ?? "") &&
      !/^(is|are|has|have|was|were|why|how|did|do)$/.test(words[market.start - 1] ?? "")
    )
      return false;
    const before = words[market.start - 1] ?? "";
    const opening = words.slice(segment.start, market.start).join(" ");
    if (words[market.start] === "crypto" && market.end === market.start + 1)
      return (
        /(is|are|has|how|was|of)$/.test(opening) ||
        (segment.start === market.start &&
          /^(is|looks|looking|doing|has|up|down)$/.test(words[market.end] ?? ""))
      );
    if (
      /^(in|on|across|from|around|within)$/.test(before) &&
      conditions.sides.length + conditions.signals.length + conditions.swings.length > 0
    )
      return /^(how|what is the)/.test(opening) && conditions.signals.length === 0;
    const isSubject =
      opening === "" &&
      /^(is|has|had|looks|did|was|seems)$/.test(words[market.end] ?? "") &&
      conditions.sides.length === 0;
    if (conditions.signals.length > 0 && !isSubject && !/^(is|are|has|did|does)/.test(opening)) return false;
    return true;
  });
}

/** "Not any particular coin, how is the market": what a negation stands right before. */
function isDenied(segment: Segment, at: number): boolean {
  return spansOf(segment.frame, "not").some(({ end }) => end <= at && at - end <= 2);
}

/** "We are not in a bear market". */
export function isMarketNegated({ words }: Question, request: Request): boolean {
  return request.segments.some(segment =>
    spansOf(segment.subject, "market").some(
      ({ start, end }) =>
        /^(bull|bear)(ish)?$/.test(words[start] ?? "") &&
        end > start + 1 &&
        spansOf(segment.frame, "not").some(not => not.end <= start && start - not.end <= 3),
    ),
  );
}

/** Whether the words can only be about the crypto market. */
export function isStrongMarket(question: Question, request: Request): boolean {
  return request.segments.some(segment =>
    segment.subject.some(
      ({ means, start, end }) =>
        means.kind === "market" &&
        question.words.slice(start, end).some(word => /crypto|sentiment|cap|market|altcoin/.test(word)),
    ),
  );
}

/** The trend that is asked of the market, in so many words or as a "bull market". */
export function marketState(question: Question, request: Request, conditions: Conditions): TrendType[] {
  const trends = new Set(conditions.trends);
  for (const segment of request.segments) {
    for (const { start, end } of spansOf(segment.subject, "market")) {
      const words = question.words.slice(start, end);
      if (words.some(word => word === "bull" || word === "bullish")) trends.add("uptrend");
      if (words.some(word => word === "bear" || word === "bearish")) trends.add("downtrend");
    }
  }
  return stateOf({ ...conditions, trends: [...trends] });
}
