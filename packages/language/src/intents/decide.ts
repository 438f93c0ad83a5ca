import type { Direction, Intent, SignalType, TrendType } from "@vibe-charting/contracts";
import { type Question, spansOf, within } from "../clauses/question.ts";
import type { Request } from "../clauses/requests.ts";
import type { Segment } from "../clauses/segments.ts";
import { stablecoins } from "../lexicon/groups.ts";
import { readNumbers } from "../slots/read-numbers.ts";
import { coinsMeant } from "./coins-meant.ts";
import { type Conditions, type NegatedSlot, readConditions, stateOf } from "./conditions.ts";
import { asksForMarket, isMarketNegated, isStrongMarket, marketState } from "./market.ts";

/** What one request asks for; no intents when nothing in it can be answered. */
export type Decision = {
  intents: Intent[];
  symbols: string[];
  trends: TrendType[];
  signals: SignalType[];
  directions: Direction[];
  negated: NegatedSlot[];
  /** Whether the wording leaves no doubt that coins are meant. */
  isStrong: boolean;
};

const nothing: Decision = {
  intents: [],
  symbols: [],
  trends: [],
  signals: [],
  directions: [],
  negated: [],
  isStrong: false,
};

/** What the request asks for, `before` being the requests that stand before it. */
export function decide(question: Question, request: Request, before: readonly Request[]): Decision {
  if (request.refusal === "hard") return nothing;
  if (request.help === "strong") return { ...nothing, intents: ["help"], isStrong: true };
  const { segments } = request;
  const numbers = readNumbers(question, segments);
  const conditions = readConditions(question, segments, numbers);
  const own = segments.flatMap(segment => segment.coins).filter(({ excluded }) => !excluded);
  const coins = own.length > 0 ? own : coinsMeant(question, request, before);
  const symbols = [...new Set(coins.map(({ symbol }) => symbol))];
  if (request.refusal === "soft") {
    if (own.length > 0) return nothing;
    const sides = statesChange(request) ? conditions.sides : [];
    return decideList({ ...conditions, sides }, [], true);
  }
  const isScreen = [numbers.minChangePct, numbers.maxRank, numbers.minConfidence, numbers.minMarketCap].some(
    bound => bound !== null,
  );
  const list = decideList(conditions, [], isScreen || isStrongList(question, request, conditions));
  if (symbols.length > 0) {
    if (isBenchmark(question, request)) {
      const side = conditions.sides.find(found => found !== null) ?? conditions.comparative.side ?? "best";
      return {
        ...list,
        intents: list.intents.length > 0 ? list.intents : ["performance"],
        symbols,
        directions: list.intents.length > 0 ? list.directions : [side],
        isStrong: true,
      };
    }
    const intent: Intent = isComparison(question, request, symbols) ? "compare" : "symbol_overview";
    const { side, swing } = conditions.comparative;
    const directions: Direction[] =
      intent === "compare"
        ? [side, conditions.swings.length > 0 ? swing : undefined]
            .filter(found => found !== undefined && found !== null)
            .slice(-1)
        : [];
    return {
      intents: [intent],
      symbols,
      trends: stateOf(conditions),
      signals: conditions.signals.filter(signal => signal !== null),
      directions,
      negated: [...conditions.negated],
      isStrong: true,
    };
  }
  if (asksForMarket(question, request, conditions)) {
    return {
      ...nothing,
      intents: ["market_overview"],
      trends: marketState(question, request, conditions),
      signals: conditions.signals.filter(signal => signal !== null),
      negated:
        conditions.negated.size > 0
          ? [...conditions.negated]
          : isMarketNegated(question, request)
            ? ["trend"]
            : [],
      isStrong: isStrongMarket(question, request),
    };
  }
  if (list.intents.length > 0) return list;
  const { side } = conditions.comparative;
  const lists = ({ start, frame }: Segment): boolean =>
    frame.some(({ means }) => means.kind === "item") ||
    /^(who|which|what)$/.test(question.words[start] ?? "");
  if (side && segments.some(lists)) {
    // "Coins doing better than the market": ranked against no coin, but ranked.
    return { ...list, intents: ["performance"], directions: [side] };
  }
  if (numbers.maxRank === null && ranksByTop(question, request))
    return { ...list, intents: ["performance"], directions: ["best"] };
  return request.help === "weak" ? { ...nothing, intents: ["help"] } : nothing;
}

/** "Top gainers I should buy": a change is stated before advice is asked for, unlike in "the best coin to buy". */
function statesChange({ segments }: Request): boolean {
  return segments.some(({ subject, scope }) => {
    const advice = scope.find(({ means }) => means.kind === "advice");
    return subject.some(
      ({ means, end }) =>
        /^(performance|gain)$/.test(means.kind) && (advice === undefined || end <= advice.start),
    );
  });
}

/** "Top 5 coins", "today's top ten": the top of nothing in particular is the best performers. */
function ranksByTop({ words, tokens }: Question, request: Request): boolean {
  return request.segments.some(({ subject, frame, end }) =>
    spansOf(subject, "superlative").some(({ means, end: after }) => {
      if (means.value !== "top") return false;
      const isNumber = !Number.isNaN(tokens[after]?.value ?? Number.NaN) && after < end;
      const isLast =
        isNumber && (after + 1 >= end || /^(today|now|please|this)$/.test(words[after + 1] ?? ""));
      return (
        isLast ||
        frame.some(
          ({ means: item, start }) =>
            /^(item|oneItem)$/.test(item.kind) && start >= after && start - after <= 1,
        )
      );
    }),
  );
}

function decideList(conditions: Conditions, symbols: string[], isStrong: boolean): Decision {
  const intents: Intent[] = [];
  if (conditions.signals.length > 0) intents.push("signal");
  if (conditions.swings.length > 0) intents.push("volatility");
  if (conditions.sides.length > 0) intents.push("performance");
  const stated = [...conditions.trends, ...conditions.moves].filter(trend => trend !== null);
  if (conditions.trends.length + conditions.moves.length > 0) intents.push("trend");
  const directions = [...conditions.sides, ...conditions.swings].filter(direction => direction !== null);
  return {
    intents,
    symbols,
    trends: [...new Set(stated)],
    signals: [...new Set(conditions.signals.filter(signal => signal !== null))],
    directions: [...new Set<Direction>(directions)],
    negated: [...conditions.negated],
    isStrong,
  };
}

/** Whether the coins are set against each other. */
function isComparison(question: Question, request: Request, symbols: readonly string[]): boolean {
  if (symbols.length < 2) return false;
  const { words } = question;
  return request.segments.some(segment => {
    if (
      spansOf(segment.subject, "compare").length > 0 ||
      spansOf(segment.subject, "than").length > 0 ||
      spansOf(segment.subject, "comparative").length > 0
    )
      return true;
    const coins = segment.coins.filter(({ excluded }) => !excluded);
    if (
      spansOf(segment.subject, "or").some(
        ({ start }) => coins.some(({ end }) => end <= start) && coins.some(coin => coin.start > start),
      )
    )
      return true;
    if (/^(which|rank|order|sort)$/.test(words[segment.start] ?? "") || words.includes("rank")) return true;
    return coins.some((coin, at) => {
      const next = coins[at + 1];
      return (
        next !== undefined &&
        next.start === coin.end + 1 &&
        words[coin.end] === "/" &&
        !stablecoins.has(next.symbol) &&
        !stablecoins.has(coin.symbol)
      );
    });
  });
}

/** "Which coins outperformed BTC": the coin is what a list is measured against. */
function isBenchmark(question: Question, request: Request): boolean {
  return request.segments.some(segment => {
    const measure = segment.subject.find(({ means }) => means.kind === "than" || means.kind === "compare");
    if (!measure) return false;
    const coins = segment.coins.filter(({ excluded }) => !excluded);
    if (coins.some(({ start }) => start < measure.start) || !coins.some(({ start }) => start >= measure.end))
      return false;
    const isOfTop = /^(which|what) of the (top|largest|biggest) /.test(
      question.words.slice(segment.start, segment.start + 5).join(" "),
    );
    const listed =
      isOfTop ||
      segment.frame.some(
        ({ means, end }) => (means.kind === "item" || means.kind === "oneItem") && end <= measure.start,
      ) ||
      segment.subject.some(({ means, start }) => means.kind === "performance" && start < measure.start) ||
      (/^(what|who|which)$/.test(question.words[segment.start] ?? "") &&
        measure.start - segment.start <= 3 &&
        measure.means.kind === "compare" &&
        "value" in measure.means &&
        measure.means.value !== null);
    const offered = spansOf(segment.subject, "or").some(({ start }) => start >= measure.end);
    return listed && !offered;
  });
}

/** Whether the words can only be about coins. */
function isStrongList(question: Question, request: Request, conditions: Conditions): boolean {
  const { words } = question;
  return request.segments.some(
    segment =>
      segment.frame.some(
        ({ means, start, end }) =>
          (means.kind === "item" || means.kind === "oneItem") &&
          words.slice(start, end).some(word => /coin|token|crypto|alt|bags|caps/.test(word)),
      ) ||
      segment.subject.some(({ means, start, end }) => {
        const text = words.slice(start, end).join(" ");
        if (means.kind === "trend")
          return (
            means.value !== null &&
            /(up|down) ?trend|bull|bear|sideways|consolidat|crab|(higher|lower) (highs|lows)/.test(text)
          );
        if (means.kind === "signal")
          return means.value !== null ? /pump|p&d|bottom|volume|highs/.test(text) : text.includes("signal");
        if (means.kind === "volatility") return /volatil/.test(text);
        return (
          (means.kind === "performance" || means.kind === "gain") && /gainer|loser|mover|performer/.test(text)
        );
      }) ||
      (conditions.sides.length > 0 &&
        spansOf(segment.subject, "market").some(span => within(span, segment.start, segment.end))),
  );
}
