import { CoinsParameters, type CoinsResponse, Time } from "@vibe-charting/contracts";
import { type Database, listListedCoins } from "@vibe-charting/database";
import { decodeCursor, encodeCursor, parseInput } from "@vibe-charting/runtime";
import { z } from "zod";
import { newestListing } from "./newest-listing.ts";

/** All pages of a list are of the listing that the first one was: ranks change with each. */
const Place = z.strictObject({ at: Time, rank: z.int32().positive(), cmcId: z.int().positive() });

/** `GET /coins`: the coins of the newest listing, best rank first. */
export async function listCoins(db: Database, parameters: unknown): Promise<CoinsResponse> {
  const { limit, cursor } = parseInput(CoinsParameters, parameters, "query");
  const after = cursor === undefined ? undefined : decodeCursor(Place, cursor);
  const observedAt = after ? new Date(after.at) : (await newestListing(db)).observedAt;
  const rows = await listListedCoins(db, observedAt, { after, limit: limit + 1 });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    coins: page.map(row => ({
      cmcId: row.cmcId,
      symbol: row.symbol,
      name: row.name,
      rank: row.rank,
      kind: row.kind,
      price: row.priceUsd,
      volume24h: row.volume24hUsd,
      marketCap: row.marketCapUsd,
      observedAt: row.observedAt.toISOString(),
    })),
    nextCursor:
      rows.length > limit && last?.rank
        ? encodeCursor({ at: observedAt.toISOString(), rank: last.rank, cmcId: last.cmcId })
        : null,
  };
}
