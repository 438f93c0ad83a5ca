import type { SignalRecord } from "@vibe-charting/contracts";
import {
  type CoinRow,
  type Database,
  listConfirmedSignals,
  listOutcomes,
  listRankedCoins,
  readPriceSeries,
  type SignalOutcome,
  upsertOutcomes,
  upsertSignalRecord,
} from "@vibe-charting/database";
import {
  type OrdinaryDays,
  recordOrdinaryDays,
  recordOutcomes,
  signalRegistry,
  summarizeRecord,
} from "@vibe-charting/market";
import { lookbackStart, toSamples } from "./load-history.ts";

/**
 * Brings the track record up to date with the prices up to `asOf`: what became of each confirmed signal, and the
 * summary of each kind beside ordinary days of the same coins.
 */
export async function updateRecord(db: Database, asOf: Date): Promise<readonly SignalRecord[]> {
  const ordinary: OrdinaryDays[] = [];
  for (const coin of await listRankedCoins(db)) {
    const { outcomes, days } = await followCoin(db, coin, asOf);
    await upsertOutcomes(db, outcomes);
    ordinary.push(days);
  }
  const outcomes = (await listOutcomes(db)).map(({ cryptoId, detectedAt, ...outcome }) => ({
    ...outcome,
    coinId: cryptoId,
    detectedAt: detectedAt.getTime(),
  }));
  const records = signalRegistry.map(({ type }) =>
    toRecord(summarizeRecord({ type, outcomes, ordinary }), asOf),
  );
  for (const record of records) await upsertSignalRecord(db, record);
  return records;
}

/** What became of a coin's signals, and what its price did after every day of the look-back. */
async function followCoin(
  db: Database,
  coin: CoinRow,
  asOf: Date,
): Promise<{ outcomes: readonly SignalOutcome[]; days: OrdinaryDays }> {
  const since = lookbackStart(asOf);
  const samples = toSamples(await readPriceSeries(db, coin.id, since, asOf));
  const changes = await listConfirmedSignals(db, coin.id, since);
  const found = recordOutcomes({
    coinId: coin.id,
    samples,
    changes: changes.map(change => ({ ...change, detectedAt: change.detectedAt.getTime() })),
  });
  return {
    outcomes: found.map(({ coinId, detectedAt, ...outcome }) => ({
      ...outcome,
      cryptoId: coinId,
      detectedAt: new Date(detectedAt),
    })),
    days: recordOrdinaryDays({ coinId: coin.id, samples }),
  };
}

function toRecord({ type, claim, horizons }: ReturnType<typeof summarizeRecord>, asOf: Date): SignalRecord {
  return {
    type,
    claim,
    horizons: horizons.map(({ interval: [low, high], ...horizon }) => ({
      ...horizon,
      interval: [low, high],
    })),
    asOf: asOf.toISOString(),
  };
}
