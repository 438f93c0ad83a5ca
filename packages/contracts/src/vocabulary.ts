import { z } from "zod";

/** The windows over which a trend is read. */
export const Timeframe = z.enum(["24h", "7d", "30d", "90d"]);
export type Timeframe = z.infer<typeof Timeframe>;

export const TrendType = z.enum(["uptrend", "downtrend", "sideways"]);
export type TrendType = z.infer<typeof TrendType>;

export const SignalType = z.enum(["pump_and_dump", "bottomed_out", "volume_anomaly", "two_highs_one_low"]);
export type SignalType = z.infer<typeof SignalType>;

/**
 * The states of a signal's episode. `suspected` (for a chart shape: `forming`) opens it; `confirmed` is its
 * claim; `rejected` (for a chart shape: `failed`) and `resolved` end it.
 */
export const SignalState = z.enum(["suspected", "forming", "confirmed", "rejected", "failed", "resolved"]);
export type SignalState = z.infer<typeof SignalState>;

/** The states that end an episode; in the others it is open. */
export const closedSignalStates = [
  "rejected",
  "failed",
  "resolved",
] as const satisfies readonly SignalState[];

/** What a coin is: pegged and wrapped coins have no trend of their own worth an alert. */
export const CoinKind = z.enum(["native", "stable", "wrapped"]);
export type CoinKind = z.infer<typeof CoinKind>;

/** Where prices come from. Everything but `coinmarketcap` is simulated or past data and is shown as such. */
export const MarketSource = z.enum(["coinmarketcap", "demo", "replay"]);
export type MarketSource = z.infer<typeof MarketSource>;

/** What one run of a function did, as kept in `analysis_runs`. */
export const RunType = z.enum([
  "data_ingestion",
  "trend_analysis",
  "cleanup",
  "backfill",
  "catch_up",
  "outbox_drain",
  "track_record",
  "alert_digests",
]);
export type RunType = z.infer<typeof RunType>;

/** One condition of a signal: what was measured, what it had to reach, and how far it is from that. */
export const Condition = z.object({
  name: z.string().describe("What was measured, with its unit, e.g. `volume_ratio_7d`."),
  value: z.number().describe("The measured value."),
  threshold: z.number().describe("The value that the condition asks for."),
  comparison: z.enum([">=", "<="]).describe("How the value is compared with the threshold."),
  met: z.boolean().describe("Whether the condition holds."),
  distance: z.number().describe("How far the value is beyond the threshold; negative when it falls short."),
});
export type Condition = z.infer<typeof Condition>;

/** A named sample of the price history that a signal rests on, such as a pump's peak or a neckline. */
export const EvidencePoint = z.object({
  label: z
    .string()
    .describe("What the point is: `start`, `peak`, `retrace`, `spike`, `h1`, `low`, `h2`, ..."),
  at: z.iso.datetime().describe("When it was observed, UTC."),
  priceUsd: z.number().describe("The price there, USD."),
});
export type EvidencePoint = z.infer<typeof EvidencePoint>;

export const Evidence = z.object({
  conditions: z.array(Condition),
  points: z.array(EvidencePoint),
  levels: z.record(z.string(), z.number()).describe("Named price levels, USD, e.g. `neckline`."),
  notes: z.array(z.string()).describe("What this sampling interval cannot see, in plain words."),
});
export type Evidence = z.infer<typeof Evidence>;

/** What became of one kind of signal after some days, beside ordinary days of the same coins. */
export const HorizonRecord = z.object({
  horizonDays: z.int().positive(),
  count: z.int().nonnegative().describe("Confirmed signals whose horizon has passed."),
  hits: z.int().nonnegative(),
  hitRate: z.number().min(0).max(1).nullable().describe("null without signals."),
  interval: z.tuple([z.number(), z.number()]).describe("Wilson's 95 % interval of the hit rate."),
  medianChangePct: z.number().nullable(),
  ordinary: z.object({
    count: z.int().nonnegative(),
    hitRate: z.number().min(0).max(1).nullable(),
    medianChangePct: z.number().nullable(),
  }),
  lift: z
    .number()
    .nullable()
    .describe("Hit rate over that of ordinary days; 1 means that the signal tells nothing."),
});
export type HorizonRecord = z.infer<typeof HorizonRecord>;

/** The track record of one kind of signal. */
export const SignalRecord = z.object({
  type: SignalType,
  claim: z.enum(["rises", "falls", "moves"]).describe("What counts as a hit."),
  horizons: z.array(HorizonRecord),
  asOf: z.iso.datetime().describe("The newest price that it takes into account, UTC."),
});
export type SignalRecord = z.infer<typeof SignalRecord>;
