import { listRankedCoins, upsertCoins } from "@vibe-charting/database";
import {
  databasePool,
  drainOutbox,
  logger,
  readLinks,
  readSecret,
  scheduledTask,
  snsPublisher,
} from "@vibe-charting/runtime";
import { z } from "zod";
import { announceHistories, type CoinHistory, storeHistory } from "./backfill-history.ts";
import { coinGeckoClient } from "./coingecko/coingecko-client.ts";
import { fetchHistory } from "./coingecko/fetch-history.ts";
import { coinKind } from "./coinmarketcap/coin-kind.ts";
import { listingFetcher } from "./coinmarketcap/fetch-listing.ts";
import { ProviderSecret, providerSettings } from "./provider-settings.ts";
import { refuseOtherMarket } from "./refuse-other-market.ts";

const links = readLinks("IngestionDatabase", "CoinMarketCap", "PricesIngested", "Settings");
const openDatabase = databasePool(links.IngestionDatabase, { maxPoolSize: 2, statementTimeoutMs: 60_000 });
const publish = snsPublisher({ "prices.ingested": links.PricesIngested.arn });
/** Kept back of the function's time for telling the analysis of what was stored. */
const reserveMs = 60_000;

const BackfillEvent = z.object({ days: z.int().min(1).max(365).default(90) });

/** Loads past prices of the top coins: `{"days": 90}`. One event for each coin, not one for each price. */
export const handler = scheduledTask("backfill", openDatabase, async (event, { db, now, remainingMs }) => {
  const { days } = BackfillEvent.parse(event ?? {});
  const settings = providerSettings(await readSecret(links.CoinMarketCap.secretArn, ProviderSecret));
  const time = { deadlineMs: () => remainingMs() - reserveMs };
  await refuseOtherMarket(db, settings.source, "the past prices are");

  // The coins may not be known yet: history is best loaded before the first listing.
  const listing = await listingFetcher(settings)(links.Settings.trackedCoins, time);
  await upsertCoins(
    db,
    listing.coins.map(({ cmcId, symbol, name, slug, rank, tags }) => ({
      cmcId,
      symbol,
      name,
      slug,
      rank,
      kind: coinKind(tags),
    })),
  );

  const ask = coinGeckoClient(settings);
  const histories: CoinHistory[] = [];
  const failed: { symbol: string; reason: string }[] = [];
  let stored = 0;
  for (const coin of await listRankedCoins(db)) {
    try {
      const { prices } = await fetchHistory(ask, coin.slug, days, time);
      stored += await storeHistory(db, { coin, prices });
      histories.push({ coin, prices });
    } catch (error) {
      logger.warn("a coin's history was not loaded", { symbol: coin.symbol, error });
      failed.push({ symbol: coin.symbol, reason: String(error) });
    }
  }
  const announced = await announceHistories(db, settings.source, histories, now.toISOString());
  const { published, lastError } = await drainOutbox(db, publish, ["prices.ingested"]);
  return {
    recordsProcessed: stored,
    details: { source: settings.source, days, coins: announced, failed, published, publishError: lastError },
  };
});
