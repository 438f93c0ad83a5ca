import { type SignalState, Timeframe, TrendType } from "@vibe-charting/contracts";
import {
  ensurePricePartitions,
  finishRun,
  insertPrices,
  insertSignalEvent,
  recordListing,
  startRun,
  upsertCoins,
  upsertTrends,
} from "@vibe-charting/database";
import { createTestDatabase, type TestDatabase } from "@vibe-charting/database/testing";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { dataKeeper } from "../src/kept-data.ts";
import { newestListing } from "../src/market/newest-listing.ts";
import { loadFacts } from "../src/questions/load-facts.ts";
import { noSlots } from "../src/questions/no-slots.ts";
import { makePlan } from "../src/questions/plan.ts";
import { someEvidence } from "./market-fixture.ts";

const hourMs = 60 * 60 * 1_000;
const startAt = Date.UTC(2026, 2, 18);
const coinIds = [1, 2, 3, 4, 5, 6];
const states: readonly SignalState[] = ["suspected", "confirmed", "rejected", "resolved"];

/** Something that happens to the market while questions are asked. */
const change = fc.oneof(
  fc.record({
    kind: fc.constant("listing" as const),
    coins: fc.subarray(coinIds, { minLength: 1 }),
    lagMs: fc.nat(hourMs / 2),
  }),
  fc.record({
    kind: fc.constant("trend" as const),
    coin: fc.constantFrom(...coinIds),
    timeframe: fc.constantFrom(...Timeframe.options),
    type: fc.option(fc.constantFrom(...TrendType.options)),
    confidence: fc.double({ min: 0, max: 1, noNaN: true }),
    lagHours: fc.nat(30),
  }),
  fc.record({
    kind: fc.constant("signal" as const),
    coin: fc.constantFrom(...coinIds),
    episode: fc.nat(3),
    state: fc.constantFrom(...states),
  }),
  fc.record({
    kind: fc.constant("rename" as const),
    coin: fc.constantFrom(...coinIds),
    symbol: fc.constantFrom("AAA", "aaa", "BBB"),
  }),
  fc.record({
    kind: fc.constant("past price" as const),
    coin: fc.constantFrom(...coinIds),
    // Around the start of the windows that are asked about.
    hoursAgo: fc.integer({ min: 20, max: 27 }),
  }),
);
type Change = typeof change extends fc.Arbitrary<infer Value> ? Value : never;

const questions = [
  { intents: ["performance" as const], slots: { ...noSlots, timeframe: "24h" } },
  { intents: ["trend" as const, "volatility" as const], slots: noSlots },
  { intents: ["signal" as const], slots: noSlots },
  { intents: ["signal" as const], slots: { ...noSlots, timeframe: "24h" } },
  { intents: ["market_overview" as const], slots: noSlots },
];

let test: TestDatabase;
let ids: ReadonlyMap<number, number>;
let now = startAt;
beforeAll(async () => {
  test = await createTestDatabase();
  await ensurePricePartitions(
    test.database,
    new Date(startAt - 60 * 24 * hourMs),
    new Date(startAt + 60 * 24 * hourMs),
  );
  ids = await upsertCoins(
    test.database,
    coinIds.map(cmcId => coinCalled(cmcId, `C${cmcId}`)),
  );
  await happen({ kind: "listing", coins: coinIds, lagMs: 0 });
});
afterAll(() => test.drop());

function coinCalled(cmcId: number, symbol: string) {
  return {
    cmcId,
    symbol,
    name: `Coin ${cmcId}`,
    slug: `coin-${cmcId}`,
    kind: "native" as const,
    rank: cmcId,
  };
}

async function observe(cmcIds: readonly number[], observedAt: Date, snapshotAt: Date | null): Promise<void> {
  const prices = cmcIds.map(cmcId => ({
    cryptoId: ids.get(cmcId) ?? 0,
    observedAt,
    priceUsd: cmcId + Math.abs(Math.sin(observedAt.getTime())),
    volume24hUsd: null,
    marketCapUsd: cmcId * 1e6,
    rank: snapshotAt && cmcId,
  }));
  await insertPrices(test.database, prices, snapshotAt);
}

async function happen(step: Change): Promise<void> {
  const db = test.database;
  switch (step.kind) {
    case "listing": {
      now += hourMs;
      const run = await startRun(db, "data_ingestion");
      await observe(step.coins, new Date(now - step.lagMs), new Date(now));
      await recordListing(db, new Date(now), "replay", step.coins.length);
      return await finishRun(db, run, { recordsProcessed: step.coins.length, details: {} });
    }
    case "trend": {
      const { coin, timeframe, type, confidence, lagHours } = step;
      const trend = {
        timeframe,
        type,
        confidence,
        changePct: null,
        volatility: confidence,
        enoughData: type !== null,
        notes: type === null ? ["few"] : [],
      };
      return await upsertTrends(db, ids.get(coin) ?? 0, [trend], new Date(now - lagHours * hourMs), "1");
    }
    case "signal": {
      const run = await startRun(db, "trend_analysis");
      const episodeId = `pump_and_dump:${step.coin}:${step.episode}`;
      const at = { openedAt: new Date(startAt - step.episode * hourMs), detectedAt: new Date(now) };
      const about = {
        type: "pump_and_dump",
        previousState: null,
        confidence: 0.5,
        priceUsd: 1,
        detectorVersion: "1",
        evidence: someEvidence,
        alerted: true,
      } as const;
      await insertSignalEvent(db, ids.get(step.coin) ?? 0, { ...about, ...at, episodeId, state: step.state });
      return await finishRun(db, run, { recordsProcessed: 1, details: {} });
    }
    case "rename": {
      await upsertCoins(db, [coinCalled(step.coin, step.symbol)]);
      return await happen({ kind: "listing", coins: coinIds, lagMs: 0 });
    }
    case "past price": {
      const run = await startRun(db, "backfill");
      for (const end of [now, startAt + hourMs]) {
        await observe([step.coin], new Date(end - step.hoursAgo * hourMs - hourMs / 4), null);
      }
      return await finishRun(db, run, { recordsProcessed: 1, details: {} });
    }
  }
}

async function factsOf(open: ReturnType<typeof dataKeeper>) {
  const kept = await open(test.database);
  const newest = { ...(await newestListing(test.database)), isPast: false, kind: "listing" as const };
  // The first listing: past prices are added around the start of its windows too.
  const first = { ...newest, observedAt: new Date(startAt + hourMs), isPast: true };
  return await Promise.all(
    [newest, first].flatMap(listing =>
      questions.map(reading =>
        loadFacts(test.database, kept, makePlan(reading, "", listing.observedAt), listing),
      ),
    ),
  );
}

it("knows after any changes what it would know if it read everything anew", async () => {
  const open = dataKeeper();
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async changes => {
      for (const step of changes) await happen(step);
      expect(await factsOf(open)).toEqual(await factsOf(dataKeeper()));
    }),
    // What happened cannot be taken back: a failure is not made smaller.
    { numRuns: 60, endOnFailure: true },
  );
}, 60_000);
