import { z } from "zod";
import { Evidence, MarketSource, SignalRecord, SignalState, SignalType, TrendType } from "../vocabulary.ts";
import { AlertRequest } from "./alerts.ts";
import { Time, TrendReading } from "./market.ts";

export const maxQueryLength = 500;

export const QueryRequest = z.object({
  query: z
    .string()
    .trim()
    .min(1, "must have at least one character")
    .max(maxQueryLength, `must have at most ${maxQueryLength} characters`)
    .describe("The question, in plain English."),
  asOf: Time.optional().describe("Answer as the data stood at this time, UTC."),
});
export type QueryRequest = z.infer<typeof QueryRequest>;

export const Intent = z.enum([
  "unknown",
  "help",
  "compare",
  "symbol_overview",
  "market_overview",
  "signal",
  "volatility",
  "performance",
  "trend",
]);
export type Intent = z.infer<typeof Intent>;

export const Direction = z.enum(["best", "worst", "high", "low"]);
export type Direction = z.infer<typeof Direction>;

function oneOrMany<T extends z.ZodType>(schema: T) {
  return z.union([schema, z.array(schema)]).nullable();
}

/** The twelve slots of a question, as `packages/language` reads them. */
export const Slots = z.object({
  symbols: z.array(z.string()).describe("Coins that the question is about."),
  excludeSymbols: z
    .array(z.string())
    .describe("Coins to leave out; `@stablecoins` and `@memecoins` are groups."),
  timeframe: z.string().nullable().describe("The rolling window: `24h`, `7d`, ..., or `since:YYYY-MM-DD`."),
  limit: z.int().positive().nullable().describe("How many results are wanted."),
  trend: oneOrMany(TrendType),
  signal: oneOrMany(SignalType),
  direction: oneOrMany(Direction),
  minChangePct: z
    .number()
    .nullable()
    .describe("Smallest change, a positive percentage; the direction gives its sign."),
  maxRank: z.int().positive().nullable().describe("Only coins of this rank or better."),
  minConfidence: z.number().min(0).max(1).nullable(),
  minMarketCap: z.number().nonnegative().nullable().describe("USD."),
  negated: z.boolean().describe("The trend or signal condition is negated."),
});
export type Slots = z.infer<typeof Slots>;

export const TimeWindow = z.object({ from: z.iso.datetime(), to: z.iso.datetime() });
export type TimeWindow = z.infer<typeof TimeWindow>;

/** How the question was read: everything that the answer depends on. */
export const Interpretation = Slots.extend({
  intents: z.array(Intent),
  window: TimeWindow.describe("The exact bounds that changes are measured over, UTC."),
  confidence: z.number().min(0).max(1).describe("How sure the reading is."),
  notUnderstood: z.array(z.string()).describe("Words that the reading did not use."),
});
export type Interpretation = z.infer<typeof Interpretation>;

/** How much of the market an answer rests on. */
export const Coverage = z.object({
  evaluated: z.int().nonnegative().describe("Coins that were evaluated."),
  skipped: z.array(z.object({ reason: z.string(), count: z.int().positive() })),
  asOf: z.iso
    .datetime()
    .nullable()
    .describe("The observation time of the newest data used; null without data."),
  stale: z.boolean().describe("Whether that data is older than two ingestion intervals."),
  source: MarketSource.nullable().describe("Where the data comes from; simulated markets are named."),
});
export type Coverage = z.infer<typeof Coverage>;

export const QueryResult = z.object({
  symbol: z.string(),
  name: z.string(),
  cmcId: z.int().positive(),
  rank: z.int().positive().nullable(),
  price: z.number().describe("USD."),
  changePct: z
    .number()
    .nullable()
    .describe("Change over the window, in per cent; null without a price at its start."),
  changeSource: z
    .literal("provider")
    .optional()
    .describe("There where the change is the provider's own figure: no price observed here reaches back."),
  trend: TrendType.optional().describe(
    "Over the timeframe that was asked for, else over the one nearest to the window.",
  ),
  confidence: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe("Of the signal where there is one, else of the trend."),
  volatility: z
    .number()
    .nonnegative()
    .optional()
    .describe("Annualised standard deviation of log returns, a fraction."),
  signal: SignalType.optional(),
  state: SignalState.optional(),
  detectedAt: z.iso.datetime().optional(),
  openSignals: z
    .array(z.object({ signal: SignalType, state: SignalState }))
    .optional()
    .describe("What is open of the coin, where the result is not about one signal."),
  evidence: Evidence.optional(),
  record: SignalRecord.nullable()
    .optional()
    .describe("How past signals of this kind turned out; null before any."),
  trends: z
    .array(TrendReading)
    .optional()
    .describe("The trends of every timeframe, where one coin is asked about."),
});
export type QueryResult = z.infer<typeof QueryResult>;

/** The alert that a wish to be told later comes to, and how often it would have come. */
export const ProposedAlert = z.object({
  request: AlertRequest.omit({ recipient: true }).describe(
    "The body of POST /alerts, to which a recipient is to be added.",
  ),
  history: z.object({
    days: z.number().positive().max(90).describe("How far back what happened is on record, at most 90 days."),
    fired: z.int().nonnegative().describe("Changes of signals in that time that the alert asks for."),
    perWeek: z.number().nonnegative(),
  }),
});
export type ProposedAlert = z.infer<typeof ProposedAlert>;

export const QueryResponse = z.object({
  queryId: z.uuid(),
  answer: z.string().describe("Plain text that names the coins, the figures and the window."),
  interpretation: Interpretation,
  results: z.array(QueryResult),
  coverage: Coverage,
  proposedAlert: ProposedAlert.nullable()
    .optional()
    .describe("Where the question wishes to be told later; null where no alert can tell it."),
});
export type QueryResponse = z.infer<typeof QueryResponse>;
