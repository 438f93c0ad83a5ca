import { TrendsParameters, type TrendsResponse } from "@vibe-charting/contracts";
import { type Database, readNewestPrice, readTrends } from "@vibe-charting/database";
import { ProblemError, parseInput } from "@vibe-charting/runtime";
import type { OpenKeptData } from "../kept-data.ts";
import { findCoin } from "./find-coin.ts";
import { newestListing } from "./newest-listing.ts";

/** `GET /trends/{symbol}`: a coin's newest trends, shortest timeframe first. */
export async function getTrends(
  db: Database,
  openKept: OpenKeptData,
  parameters: unknown,
): Promise<TrendsResponse> {
  const { symbol } = parseInput(TrendsParameters, parameters, "path");
  const { coin, others } = await findCoin(db, openKept, symbol);
  const { source } = await newestListing(db);
  const [newest, trends] = await Promise.all([readNewestPrice(db, coin.id), readTrends(db, coin.id)]);
  const asOf = trends[0]?.asOf;
  if (!newest || !asOf) {
    throw new ProblemError(
      "service.unavailable",
      `${coin.symbol} has not been analysed yet. Try again in a minute.`,
    );
  }
  return {
    symbol: coin.symbol,
    name: coin.name,
    cmcId: coin.cmc_id,
    rank: coin.rank,
    price: newest.priceUsd,
    asOf: asOf.toISOString(),
    source,
    trends: trends.map(({ asOf: _, notes, ...trend }) => ({ ...trend, notes: [...notes] })),
    otherCoinsWithThisSymbol: others.map(({ cmc_id, name, rank }) => ({ cmcId: cmc_id, name, rank })),
  };
}
