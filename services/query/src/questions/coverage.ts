import type { Coverage, MarketSource } from "@vibe-charting/contracts";
import type { AnswerPart } from "./answer-part.ts";
import { count, listed, time } from "./figures.ts";
import type { Listing } from "./load-facts.ts";

/** How much of the market an answer rests on. */
export function coverageOf(
  part: Pick<AnswerPart, "evaluated" | "skipped">,
  listing: Listing | null,
  stale: boolean,
): Coverage {
  return {
    evaluated: part.evaluated,
    skipped: [...part.skipped].map(([reason, coins]) => ({ reason, count: coins })),
    asOf: listing?.observedAt.toISOString() ?? null,
    stale,
    source: listing?.source ?? null,
  };
}

/** What a reader must know of where an answer comes from; simulated and past markets are never shown as live. */
const sourceWords: Readonly<Record<MarketSource, string>> = {
  coinmarketcap: "Market data,",
  demo: "Demo market, not live;",
  replay: "Replay of past prices, not live;",
};

/** The coverage in plain words. */
export function describeCoverage({ evaluated, skipped, asOf, stale, source }: Coverage): string {
  if (asOf === null || source === null) return "";
  const reasons = listed(skipped.map(({ reason, count: coins }) => `${coins} (${reason})`));
  const left = reasons === "" ? "" : `Evaluated ${count(evaluated, "coin")}, skipped ${reasons}. `;
  const old = stale ? ", which is old: newer data is overdue" : "";
  return `${left}${sourceWords[source]} as of ${time(new Date(asOf))}${old}.`;
}
