import { MarketParameters, type MarketResponse } from "@vibe-charting/contracts";
import type { Database } from "@vibe-charting/database";
import { parseInput } from "@vibe-charting/runtime";
import type { OpenKeptData } from "../kept-data.ts";
import { coverageOf, describeCoverage } from "../questions/coverage.ts";
import { loadFacts } from "../questions/load-facts.ts";
import { answerMarket } from "../questions/market/answer-market.ts";
import { noSlots } from "../questions/no-slots.ts";
import { makePlan } from "../questions/plan.ts";
import { newestListing } from "./newest-listing.ts";
import { isStale } from "./staleness.ts";

/** `GET /market`: what a question about the whole market is answered, and each coin's change, without a question. */
export async function getMarket(
  db: Database,
  openKept: OpenKeptData,
  now: Date,
  parameters: unknown,
): Promise<MarketResponse> {
  const { timeframe } = parseInput(MarketParameters, parameters, "query");
  const kept = await openKept(db);
  const listing = { ...(await newestListing(db)), isPast: false, kind: "listing" as const };
  const reading = { intents: ["market_overview" as const], slots: { ...noSlots, timeframe } };
  const plan = makePlan(reading, "", listing.observedAt);
  const coins = await loadFacts(db, kept, plan, listing);
  const part = answerMarket(plan, coins);
  const coverage = coverageOf(part, listing, await isStale(db, listing, now));
  return {
    timeframe,
    window: { from: plan.window.from.toISOString(), to: plan.window.to.toISOString() },
    summary: `${part.text} ${describeCoverage(coverage)}`,
    coverage,
    coins: coins.map(({ cmcId, symbol, name, rank, kind, priceUsd, changePct }) => ({
      cmcId,
      symbol,
      name,
      rank,
      kind,
      price: priceUsd,
      changePct,
    })),
  };
}
