import type { Slots } from "@vibe-charting/contracts";
import fc from "fast-check";
import { expect, it } from "vitest";
import { runVibe } from "../../../test/support/stage-process.ts";
import { composeQuestion, type Reading } from "../src/ask/compose-question.ts";

const maybe = <T>(...values: T[]) => fc.constantFrom(null, ...values);
const none: Reading = {
  intents: [],
  symbols: [],
  excludeSymbols: [],
  timeframe: null,
  limit: null,
  trend: null,
  signal: null,
  direction: null,
  minChangePct: null,
  maxRank: null,
  minConfidence: null,
  minMarketCap: null,
  negated: false,
};

const timeframe = maybe("24h", "7d", "30d", "90d", "3d", "since:2026-11-01");
const scope = {
  timeframe,
  limit: maybe(3, 5, 20),
  maxRank: maybe(10, 100),
  minMarketCap: maybe(1e8, 1e9, 2.5e10),
  excludeSymbols: fc.constantFrom<string[][]>([], ["DOGE"], ["@stablecoins"], ["DOGE", "@memecoins"]),
};
const trend = fc.constantFrom("uptrend" as const, "downtrend" as const, "sideways" as const);
const someSignal = fc.constantFrom(
  "pump_and_dump" as const,
  "bottomed_out" as const,
  "volume_anomaly" as const,
  "two_highs_one_low" as const,
);
const signal = fc.option(someSignal);
const minConfidence = maybe(0.5, 0.6, 0.9);
const minChangePct = maybe(2, 5, 20);
const moved = {
  direction: fc.constantFrom<Slots["direction"]>("best", "worst", ["best", "worst"]),
  minChangePct,
};
const both = {
  direction: fc.constantFrom<Slots["direction"]>(["best", "high"], ["worst", "low"], ["best", "low"]),
};
const symbols = fc.constantFrom<string[][]>(["BTC"], ["BTC", "ETH"]);

/** Every reading that chips can lead to, by its intents. */
const readings: fc.Arbitrary<Partial<Reading>>[] = [
  fc.record({ intents: fc.constant(["performance" as const]), ...scope, ...moved }),
  fc.record({
    intents: fc.constant(["trend" as const]),
    ...scope,
    trend,
    minConfidence,
    negated: fc.boolean(),
  }),
  fc.record({
    intents: fc.constant(["signal" as const]),
    ...scope,
    signal,
    minConfidence,
    negated: fc.boolean(),
  }),
  fc.record({
    intents: fc.constant(["volatility" as const]),
    ...scope,
    direction: fc.constantFrom("high" as const, "low" as const),
  }),
  fc.record({
    intents: fc.constant(["trend" as const, "signal" as const]),
    ...scope,
    trend,
    signal,
    minConfidence,
  }),
  fc.record({ intents: fc.constant(["performance" as const, "trend" as const]), ...scope, ...moved, trend }),
  fc.record({ intents: fc.constant(["market_overview" as const]), timeframe }),
  fc.record({ intents: fc.constant(["symbol_overview" as const]), symbols, timeframe }),
  fc.record({
    intents: fc.constant(["symbol_overview" as const]),
    symbols,
    timeframe,
    trend,
    negated: fc.boolean(),
  }),
  fc.record({ intents: fc.constant(["symbol_overview" as const]), symbols, timeframe, trend, signal }),
  fc.record({
    intents: fc.constant(["symbol_overview" as const]),
    symbols,
    timeframe,
    signal: someSignal,
    negated: fc.boolean(),
  }),
  fc.record({
    intents: fc.constant(["compare" as const]),
    symbols: fc.constantFrom<string[][]>(["BTC", "ETH"], ["BTC", "ETH", "SOL"]),
    timeframe,
    direction: maybe("best" as const, "worst" as const, "high" as const, "low" as const),
  }),
  // A list that is measured against a coin.
  fc.record({
    intents: fc.constant(["performance" as const]),
    ...scope,
    symbols: fc.constant(["BTC"]),
    direction: fc.constantFrom("best" as const, "worst" as const),
  }),
  fc.record({ intents: fc.constant(["performance" as const, "volatility" as const]), ...scope, ...both }),
  fc.record({
    intents: fc.constant(["performance" as const, "volatility" as const, "trend" as const]),
    ...scope,
    ...both,
    trend,
  }),
];

it("writes questions that are read back as the reading they were written from", async () => {
  const wanted = fc
    .sample(fc.oneof(...readings), { seed: 7, numRuns: 800 })
    .map(part => ({ ...none, ...part }));
  const lines = wanted.map((reading, id) =>
    JSON.stringify({ id: String(id), text: composeQuestion(reading) }),
  );
  const { stdout } = await runVibe(["parse", "--now", "2026-11-23T22:00:00Z"], {
    input: `${lines.join("\n")}\n`,
  });
  const read = stdout
    .trim()
    .split("\n")
    .map(line => JSON.parse(line))
    .map(({ intents, slots }) => ({ ...none, ...slots, intents }));
  const comparable = (reading: Reading, line = "") => ({
    line,
    ...reading,
    intents: [...reading.intents].sort(),
    excludeSymbols: [...reading.excludeSymbols].sort(),
  });
  expect(read.map((reading, place) => comparable(reading, lines[place]))).toEqual(
    wanted.map((reading, place) => comparable(reading, lines[place])),
  );
});
