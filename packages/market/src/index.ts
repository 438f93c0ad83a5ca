export { inferCoinKind } from "./coin-kind.ts";
export { engineVersion } from "./engine-version.ts";
export {
  detectMarketMove,
  type MarketMove,
  type MarketMoveState,
  marketMoveThresholds,
} from "./market-move.ts";
export { marketSamplesOf, toMarketSamples } from "./market-samples.ts";
export {
  type ChangesAfter,
  type HorizonDays,
  horizonsDays,
  type OrdinaryDays,
  type Outcome,
  recordOrdinaryDays,
  recordOutcomes,
} from "./record/outcomes.ts";
export {
  type Claim,
  claims,
  type HorizonRecord,
  type SignalRecord,
  summarizeRecord,
} from "./record/summarize-record.ts";
export { wilsonInterval } from "./record/wilson-interval.ts";
export { type LeftOut, type LeftOutReason, type RawSample, sanitizeSeries } from "./sanitize-series.ts";
export { advanceDetectors, openEpisodeIds } from "./signals/advance-detectors.ts";
export { explainSignals, type SignalExplanation } from "./signals/explain-signals.ts";
export { type RegisteredSignal, refutedState, signalRegistry } from "./signals/registry.ts";
export { lookbackDays } from "./time.ts";
export { analyzeTrends } from "./trends/analyze-trends.ts";
export { measureVolatility, type Volatility } from "./trends/measure-volatility.ts";
export type * from "./types.ts";
export { closeToCloseVolatility, ewmaVolatility, rogersSatchellVolatility } from "./volatility.ts";
