import { z } from "zod";
import {
  CoinKind,
  Evidence,
  MarketSource,
  SignalRecord,
  SignalState,
  SignalType,
  Timeframe,
  TrendType,
} from "../vocabulary.ts";

export const PageLimit = z.coerce
  .number()
  .int()
  .min(1)
  .max(200)
  .default(50)
  .describe("Results on a page, 1 to 200.");
export const PageCursor = z.string().max(500).optional().describe("The `nextCursor` of the page before.");

/** A time that the database can hold as well, UTC. */
export const Time = z.iso
  .datetime({ error: "must be an ISO 8601 time in UTC, such as 2026-03-18T12:00:00Z", abort: true })
  .refine(time => time >= "1970" && time < "9999", "must lie between 1970 and 9998");

export const SymbolParameter = z
  .string()
  .trim()
  .min(1)
  .max(30)
  .regex(/^\P{Cc}*$/u, "must not have control characters")
  .transform(symbol => symbol.toUpperCase())
  .describe(
    "A coin's symbol, where several coins share it the highest-ranked one's; or a coin's CoinMarketCap id.",
  );

export const Coin = z.object({
  cmcId: z.int().positive(),
  symbol: z.string(),
  name: z.string(),
  rank: z.int().positive().nullable(),
  kind: CoinKind,
  price: z.number().describe("USD."),
  volume24h: z.number().nullable().describe("USD over the past 24 hours."),
  marketCap: z.number().nullable().describe("USD."),
  observedAt: z.iso.datetime(),
});
export type Coin = z.infer<typeof Coin>;

export const CoinsParameters = z.strictObject({ limit: PageLimit, cursor: PageCursor });
export const CoinsResponse = z.object({ coins: z.array(Coin), nextCursor: z.string().nullable() });
export type CoinsResponse = z.infer<typeof CoinsResponse>;

export const PricesParameters = z.strictObject({
  symbol: SymbolParameter,
  timeframe: Timeframe.default("90d"),
});
export const PricesResponse = z.object({
  symbol: z.string(),
  name: z.string(),
  cmcId: z.int().positive(),
  timeframe: Timeframe,
  source: MarketSource,
  prices: z.array(
    z.object({
      at: z.iso.datetime(),
      price: z.number(),
      volume24h: z.number().nullable(),
      marketCap: z.number().nullable(),
    }),
  ),
});
export type PricesResponse = z.infer<typeof PricesResponse>;

export const TrendReading = z.object({
  timeframe: Timeframe,
  type: TrendType.nullable().describe("null when there is not enough data: that is never a guess."),
  confidence: z.number().min(0).max(1),
  changePct: z.number().nullable().describe("Change over the timeframe, in per cent."),
  volatility: z
    .number()
    .nonnegative()
    .nullable()
    .describe("Annualised standard deviation of log returns, a fraction."),
  enoughData: z.boolean(),
  notes: z.array(z.string()).describe("What limits this reading, in plain words."),
});
export type TrendReading = z.infer<typeof TrendReading>;

export const TrendsParameters = z.strictObject({ symbol: SymbolParameter });
export const TrendsResponse = z.object({
  symbol: z.string(),
  name: z.string(),
  cmcId: z.int().positive(),
  rank: z.int().positive().nullable(),
  price: z.number(),
  asOf: z.iso.datetime(),
  source: MarketSource,
  trends: z.array(TrendReading),
  otherCoinsWithThisSymbol: z.array(z.object({ cmcId: z.int(), name: z.string(), rank: z.int().nullable() })),
});
export type TrendsResponse = z.infer<typeof TrendsResponse>;

export const Signal = z.object({
  episodeId: z.string(),
  symbol: z.string(),
  name: z.string(),
  cmcId: z.int().positive(),
  type: SignalType,
  state: SignalState.describe("The state that the episode is in now."),
  confidence: z.number().min(0).max(1),
  openedAt: z.iso.datetime(),
  detectedAt: z.iso.datetime().describe("When it came into this state, UTC."),
  price: z.number().describe("USD, when it came into this state."),
  detectorVersion: z.string(),
  evidence: Evidence,
  record: SignalRecord.nullable().describe("How past signals of this kind turned out; null before any."),
});
export type Signal = z.infer<typeof Signal>;

export const SignalsParameters = z.strictObject({
  symbol: SymbolParameter.optional(),
  type: SignalType.optional(),
  state: SignalState.optional(),
  minConfidence: z.coerce.number().min(0).max(1).optional(),
  since: Time.optional().describe("Only signals that came into their state at this time or later."),
  limit: PageLimit,
  cursor: PageCursor,
});
export type SignalsParameters = z.infer<typeof SignalsParameters>;
export const SignalsResponse = z.object({ signals: z.array(Signal), nextCursor: z.string().nullable() });
export type SignalsResponse = z.infer<typeof SignalsResponse>;

export const HealthResponse = z.object({
  status: z.enum(["ok", "degraded"]),
  source: MarketSource.nullable(),
  checks: z.object({
    database: z.object({ ok: z.boolean(), detail: z.string() }),
    queues: z.object({
      ok: z.boolean(),
      detail: z.string(),
      analysisDepth: z.int().nullable().describe("Prices that wait for their analysis, or are analysed."),
      alertDepth: z.int().nullable().describe("Signals that wait to become alerts, or become them."),
      deadLetters: z.int().nullable().describe("Messages that nobody processed, in all dead-letter queues."),
      deadLettersByQueue: z.record(z.string(), z.int()).nullable(),
    }),
    data: z.object({
      ok: z.boolean(),
      detail: z.string(),
      newestAt: z.iso.datetime().nullable(),
      ageSeconds: z.number().nullable(),
    }),
    analysis: z.object({
      ok: z.boolean(),
      detail: z.string(),
      behind: z.int().nullable().describe("Coins whose newest price has no analysis."),
    }),
    outbox: z.object({
      ok: z.boolean(),
      detail: z.string(),
      pending: z.int().nullable(),
      oldestSeconds: z.number().nullable(),
    }),
  }),
});
export type HealthResponse = z.infer<typeof HealthResponse>;
