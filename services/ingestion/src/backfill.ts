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
import { announceHistories } from "./backfill-history.ts";
import { coinGeckoClient } from "./coingecko/coingecko-client.ts";
import { coinKind } from "./coinmarketcap/coin-kind.ts";
import { listingFetcher } from "./coinmarketcap/fetch-listing.ts";
import { daysToLoad } from "./days-to-load.ts";
import { loadHistories } from "./load-histories.ts";
import { matchHistories } from "./match-histories.ts";
import { ProviderSecret, providerSettings } from "./provider-settings.ts";
import { refuseOtherMarket } from "./refuse-other-market.ts";

const links = readLinks("IngestionDatabase", "CoinMarketCap", "PricesIngested", "Settings");
const openDatabase = databasePool(links.IngestionDatabase, { maxPoolSize: 2, statementTimeoutMs: 60_000 });
const publish = snsPublisher({ "prices.ingested": links.PricesIngested.arn });
/**
 * Kept back of the function's time for telling the analysis of what was stored; a quarter of it, so that the alarm of
 * runs that come near their timeout stays for those that do not end as they should.
 */
const reserveMs = 4 * 60_000;
/** Coins that a run's record names; the others are counted. */
const mostNamed = 50;

const BackfillEvent = z.object({
  days: z.int().min(1).max(365).default(90),
  coins: z
    .int()
    .min(1)
    .optional()
    .describe("Only so many of the top coins; all that are followed otherwise."),
  seconds: z
    .number()
    .positive()
    .optional()
    .describe("Begin no coin after this time; the function's own otherwise."),
  asOf: z.iso
    .datetime()
    .optional()
    .describe("From an earlier run's result: go on with that load, without a listing."),
});

/**
 * Loads past prices of the top coins: `{"days": 90, "coins": 50, "seconds": 60}`. What is stored is not asked for
 * again, so it is invoked until nothing remains; then the analysis is told, one event for each coin.
 */
export const handler = scheduledTask("backfill", openDatabase, async (event, { db, now, remainingMs }) => {
  const { days: askedDays, coins: most, seconds, asOf: askedAsOf } = BackfillEvent.parse(event ?? {});
  const { days, notice } = daysToLoad(askedDays, links.Settings.retentionDays);
  if (notice !== null) logger.warn(notice);
  const settings = providerSettings(await readSecret(links.CoinMarketCap.secretArn, ProviderSecret));
  const startedWithMs = remainingMs();
  const time = { deadlineMs: () => remainingMs() - reserveMs };
  const spentMs = () => startedWithMs - remainingMs();
  const hasTime = () => time.deadlineMs() > 0 && (seconds === undefined || spentMs() < seconds * 1_000);
  await refuseOtherMarket(db, settings.source, "the past prices are");

  const ask = coinGeckoClient(settings);
  let asOf = askedAsOf === undefined ? null : new Date(askedAsOf);
  const topCoins = async () => (await listRankedCoins(db)).slice(0, most);
  if (asOf === null) {
    // The coins may not be known yet: history is best loaded before the first listing.
    const listing = await listingFetcher(settings)(links.Settings.trackedCoins, time);
    asOf = new Date(Math.max(...listing.coins.map(({ observedAt }) => observedAt.getTime())));
    if (Number.isNaN(asOf.getTime())) throw new Error("The listing has no usable coin: no past is loaded");
    await upsertCoins(
      db,
      listing.coins.map(({ tags, ...coin }) => ({ ...coin, kind: coinKind(tags) })),
    );
    await matchHistories(db, await topCoins(), listing.coins, { ask, time, now });
  }
  const cryptoIds = (await topCoins()).map(({ id }) => id);
  const report = await loadHistories(db, cryptoIds, { ask, time, hasTime, days, asOf, now });
  // Not before: the analysis compares each coin with what the market as a whole did.
  const announced = report.isWhole ? await announceHistories(db, settings.source, now) : 0;
  const { published, lastError } = await drainOutbox(db, publish, ["prices.ingested"]);
  return {
    recordsProcessed: report.prices,
    details: {
      source: settings.source,
      days,
      notice,
      asOf: asOf.toISOString(),
      done: report.done,
      remaining: report.remaining,
      refusedCount: report.refused.length,
      refused: report.refused.slice(0, mostNamed).map(coin => ({ ...coin })),
      failedCount: report.failed.length,
      failed: report.failed.slice(0, mostNamed).map(coin => ({ ...coin })),
      announced,
      published,
      publishError: lastError,
    },
  };
});
