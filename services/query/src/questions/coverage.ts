import type { Coverage } from "@vibe-charting/contracts";
import type { AnswerPart } from "./answer-part.ts";
import { count, time } from "./figures.ts";
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

/** What a reader must know of the data behind an answer, in plain words. */
export function describeCoverage(coverage: Coverage): string {
  if (coverage.asOf === null) return "";
  const at = time(new Date(coverage.asOf));
  const skipped = coverage.skipped.map(({ reason, count: coins }) => `${coins} ${reason}`).join("; ");
  return [
    coverage.skipped.length > 0 ? `${count(coverage.evaluated, "coin")} evaluated; skipped: ${skipped}.` : "",
    coverage.source === "demo" ? `Demo market, not live; as of ${at}.` : "",
    coverage.source === "replay" ? `Replay of past prices, not live; as of ${at}.` : "",
    coverage.source === "coinmarketcap"
      ? `As of ${at}${coverage.stale ? ", which is old: newer data is overdue" : ""}.`
      : "",
  ]
    .filter(part => part !== "")
    .join(" ");
}
