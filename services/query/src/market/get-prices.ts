import { PricesParameters, type PricesResponse } from "@vibe-charting/contracts";
import { type Database, readPriceSeries } from "@vibe-charting/database";
import { parseInput } from "@vibe-charting/runtime";
import type { OpenKeptData } from "../kept-data.ts";
import { findCoin } from "./find-coin.ts";
import { newestListing } from "./newest-listing.ts";
import { timeframeMs } from "./timeframe-ms.ts";

/** `GET /coins/{symbol}/prices`: a coin's prices over a timeframe that ends at the newest listing, oldest first. */
export async function getPrices(
  db: Database,
  openKept: OpenKeptData,
  parameters: unknown,
): Promise<PricesResponse> {
  const { symbol, timeframe } = parseInput(PricesParameters, parameters, "query");
  const { coin } = await findCoin(db, openKept, symbol);
  const { observedAt, source } = await newestListing(db);
  // The series leaves its first bound out; the sample at the timeframe's very start belongs to it.
  const after = new Date(observedAt.getTime() - timeframeMs[timeframe] - 1);
  const series = await readPriceSeries(db, coin.id, after, observedAt);
  return {
    symbol: coin.symbol,
    name: coin.name,
    cmcId: coin.cmc_id,
    timeframe,
    source,
    prices: series.at.map((at, index) => ({
      at: new Date(at).toISOString(),
      price: series.priceUsd[index] ?? 0,
      volume24h: series.volume24hUsd[index] ?? null,
      marketCap: series.marketCapUsd[index] ?? null,
    })),
  };
}
