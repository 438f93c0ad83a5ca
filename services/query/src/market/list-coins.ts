import { CoinsParameters, type CoinsResponse } from "@vibe-charting/contracts";
import { type Database, listListedCoins } from "@vibe-charting/database";
import { parseInput } from "@vibe-charting/runtime";
import { z } from "zod";
import { decodeCursor, encodeCursor } from "./cursor.ts";
import { newestListing } from "./newest-listing.ts";

const Place = z.object({ rank: z.number(), cmcId: z.number() });

/** `GET /coins`: the coins of the newest listing, best rank first. */
export async function listCoins(db: Database, parameters: unknown): Promise<CoinsResponse> {
  const { limit, cursor } = parseInput(CoinsParameters, parameters, "query");
  const { observedAt } = await newestListing(db);
  const after = cursor === undefined ? undefined : decodeCursor(Place, cursor);
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
      rows.length > limit && last?.rank ? encodeCursor({ rank: last.rank, cmcId: last.cmcId }) : null,
  };
}
