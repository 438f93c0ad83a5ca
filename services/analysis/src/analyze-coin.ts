import {
  type MarketSource,
  type PricesIngested,
  type SignalRecord,
  signalsDetected,
  staleSignalMs,
} from "@vibe-charting/contracts";
import {
  addToOutbox,
  type CoinRow,
  type Database,
  findCoinByCmcId,
  findNewestListing,
  insertSignalEvent,
  lockCoin,
  type Queryable,
  readDetectorState,
  readNewestPrice,
  readPriceSeries,
  readSignalRecords,
  receiveOnce,
  upsertTrends,
  writeDetectorState,
} from "@vibe-charting/database";
import {
  advanceDetectors,
  analyzeTrends,
  type DetectorsState,
  engineVersion,
  type SignalChange,
} from "@vibe-charting/market";
import { type LoadMarket, lookbackStart, toSamples } from "./load-history.ts";
import { refuteEpisodes } from "./refute-episodes.ts";

const consumer = "trend-analysis";

export type AnalysisOutcome =
  | { readonly kind: "analyzed"; readonly alerts: number }
  | { readonly kind: "skipped"; readonly reason: string }
  | { readonly kind: "impossible"; readonly reason: string };

/**
 * Brings a coin's trends and signals up to the event's last price: trends, detector states, changes of signals
 * and their outbox rows are written in one transaction, or nothing is.
 *
 * The detectors take in every stored price later than the last one that they saw, so the result depends on the
 * prices alone: a message that is lost, doubled or late changes nothing that another message does not mend.
 */
export async function analyzeCoin(
  db: Database,
  loadMarket: LoadMarket,
  event: PricesIngested,
): Promise<AnalysisOutcome> {
  const { cmcId, to, reason } = event.data;
  const isBackfill = reason === "backfill";
  const coin = await findCoinByCmcId(db, cmcId);
  if (!coin) return { kind: "impossible", reason: `no coin has the CoinMarketCap id ${cmcId}` };
  const upTo = isBackfill ? await endOfPrices(db, coin, new Date(to)) : new Date(to);

  return await db.transaction(async tx => {
    if (!(await receiveOnce(tx, consumer, event.id))) return { kind: "skipped", reason: "received before" };
    await lockCoin(tx, coin.id);
    const known = (await readDetectorState(tx, coin.id)) as DetectorsState | null;
    // A past history loaded later is taken in from its beginning: what was recorded already stays as it is.
    const before = isBackfill ? null : known;
    const since = lookbackStart(firstUnseen(before, upTo));
    const samples = toSamples(await readPriceSeries(tx, coin.id, since, upTo));
    const newest = samples.at(-1);
    if (!newest) return { kind: "skipped", reason: `no price is kept of the ${event.data.from} to ${to}` };

    const identity = { id: coin.cmc_id, symbol: coin.symbol, kind: coin.kind };
    // As of the newest price and not of the message, whose end may lie beyond it: later prices must not look old.
    const trends = analyzeTrends({ coin: identity, samples, asOf: newest.at });
    await upsertTrends(tx, coin.id, trends, new Date(newest.at), engineVersion);

    const market = await loadMarket(tx, since, upTo, { mayBeKept: reason === "listing" });
    const { state, changes } = advanceDetectors({ coin: identity, samples, market, state: before });
    await writeDetectorState(tx, coin.id, new Date(state.asOf), JSON.stringify(state));
    // What a past history shows of prices that were analysed without it is no news, though they may be of today.
    const pastUntil = isBackfill ? Math.max(Date.parse(to), known?.asOf ?? 0) : Number.NEGATIVE_INFINITY;
    const alerts = await recordChanges(tx, coin, changes, pastUntil);
    if (isBackfill) await refuteEpisodes(tx, coin, { since, state, newest });
    return { kind: "analyzed", alerts };
  });
}

/** Where the detectors go on; without a state, a whole look-back before the end. */
function firstUnseen(state: DetectorsState | null, upTo: Date): Date {
  return state === null ? lookbackStart(upTo) : new Date(Math.min(state.asOf, upTo.getTime()));
}

/** A past history may end before prices that were analysed without it: with it, those read differently. */
async function endOfPrices(db: Queryable, coin: CoinRow, to: Date): Promise<Date> {
  const newest = await readNewestPrice(db, coin.id);
  return newest !== null && newest.observedAt > to ? newest.observedAt : to;
}

/**
 * Records changes of signals, and puts an alert for each new and fresh one into the outbox; those up to `pastUntil`
 * alert nobody. Gives the number of alerts.
 */
async function recordChanges(
  tx: Queryable,
  coin: CoinRow,
  changes: readonly SignalChange[],
  pastUntil: number,
): Promise<number> {
  if (changes.length === 0) return 0;
  const [newest, records] = [await findNewestListing(tx), await readSignalRecords(tx)];
  let alerts = 0;
  for (const change of changes) {
    const alerted =
      change.detectedAt > pastUntil &&
      newest !== null &&
      newest.observedAt.getTime() - change.detectedAt <= staleSignalMs;
    const { openedAt, detectedAt, ...rest } = change;
    const isNew = await insertSignalEvent(tx, coin.id, {
      ...rest,
      openedAt: new Date(openedAt),
      detectedAt: new Date(detectedAt),
      alerted,
    });
    if (isNew && alerted) {
      await addToOutbox(tx, [toAlert(coin, change, newest.source, records.get(change.type) ?? null)]);
      alerts++;
    }
  }
  return alerts;
}

function toAlert(
  coin: CoinRow,
  change: SignalChange,
  marketSource: MarketSource,
  record: SignalRecord | null,
) {
  const { type, openedAt, detectedAt, ...rest } = change;
  return signalsDetected({
    ...rest,
    signalType: type,
    cmcId: coin.cmc_id,
    symbol: coin.symbol,
    name: coin.name,
    openedAt: new Date(openedAt).toISOString(),
    detectedAt: new Date(detectedAt).toISOString(),
    marketSource,
    record,
  });
}
