import { type Queryable, readMarketSeries, readPriceSeries } from "@vibe-charting/database";
import { advanceDetectors, explainSignals, lookbackDays, toMarketSamples } from "@vibe-charting/market";
import type { CoinFacts } from "../coin-facts.ts";
import { toSamples } from "../to-samples.ts";
import type { Explanations } from "./explanations.ts";

const dayMs = 24 * 60 * 60 * 1_000;

/**
 * How coins stand to every detector's conditions at the time of their rows. The detectors' states follow from the
 * prices, and are worked out again: the stored ones are the analysis service's own, which this service may not read.
 */
export async function loadExplanations(
  db: Queryable,
  coins: readonly CoinFacts[],
  upTo: Date,
): Promise<Explanations> {
  const native = coins.filter(({ kind }) => kind === "native");
  if (native.length === 0) return new Map();
  const from = new Date(upTo.getTime() - lookbackDays * dayMs);
  const market = toMarketSamples(await readMarketSeries(db, from, upTo));
  const explanations = new Map<number, ReturnType<typeof explainSignals>>();
  for (const { cryptoId, cmcId, symbol, kind, observedAt } of native) {
    const samples = toSamples(await readPriceSeries(db, cryptoId, from, observedAt));
    const coin = { id: cmcId, symbol, kind };
    const { state } = advanceDetectors({ coin, samples, market, state: null });
    explanations.set(cryptoId, explainSignals({ coin, samples, market, state }));
  }
  return explanations;
}
