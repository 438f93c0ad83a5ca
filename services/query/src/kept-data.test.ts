import {
  finishRun,
  insertPrices,
  insertSignalEvent,
  recordListing,
  startRun,
  upsertCoins,
  upsertTrends,
} from "@vibe-charting/database";
import { createTestDatabase, type TestDatabase } from "@vibe-charting/database/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { dataKeeper, namesBySymbol } from "./kept-data.ts";
import { someCoin } from "./questions/testing/some-coin.ts";

const hourMs = 60 * 60 * 1_000;
const at = new Date("2026-03-18T12:00:00Z");
const hoursBefore = (hours: number) => new Date(at.getTime() - hours * hourMs);

describe("dataKeeper", () => {
  let test: TestDatabase;
  let ids: ReadonlyMap<number, number>;
  beforeEach(async () => {
    test = await createTestDatabase();
    await test.query("SELECT ensure_price_partitions($1, $2)", [hoursBefore(40 * 24), at]);
    ids = await upsertCoins(test.database, [coin(1), coin(2)]);
  });
  afterEach(() => test.drop());

  const coin = (cmcId: number) => ({
    cmcId,
    symbol: `C${cmcId}`,
    name: `Coin ${cmcId}`,
    slug: `coin-${cmcId}`,
    kind: "native" as const,
    rank: cmcId,
  });
  const idOf = (cmcId: number) => ids.get(cmcId) ?? Number.NaN;
  const observe = async (cmcId: number, observedAt: Date, priceUsd: number, snapshotAt: Date | null) => {
    const price = { observedAt, priceUsd, volume24hUsd: null, marketCapUsd: 5, rank: cmcId };
    await insertPrices(test.database, [{ ...price, cryptoId: idOf(cmcId) }], snapshotAt);
  };
  /** A listing as its run takes it in. */
  const takeListing = async (observedAt: Date, prices: Readonly<Record<number, number>>) => {
    const run = await startRun(test.database, "data_ingestion");
    for (const [cmcId, price] of Object.entries(prices))
      await observe(Number(cmcId), observedAt, price, observedAt);
    await recordListing(test.database, observedAt, "replay", Object.keys(prices).length);
    await finishRun(test.database, run, { recordsProcessed: 1, details: {} });
  };
  const readTrend = async (cmcId: number, confidence: number) => {
    const trend = { timeframe: "7d", type: "uptrend", confidence, changePct: 1, volatility: null } as const;
    await upsertTrends(test.database, idOf(cmcId), [{ ...trend, enoughData: true, notes: [] }], at, "1");
  };
  const detect = async (state: "suspected" | "confirmed" | "resolved", detectedAt: Date) => {
    await insertSignalEvent(test.database, idOf(1), {
      episodeId: "pump_and_dump:1:x",
      type: "pump_and_dump",
      state,
      previousState: null,
      confidence: 0.5,
      openedAt: hoursBefore(5),
      detectedAt,
      priceUsd: 1,
      detectorVersion: "1",
      evidence: { conditions: [], points: [], levels: {}, notes: [] },
      alerted: true,
    });
  };

  const starts = async (open: ReturnType<typeof dataKeeper>, windowStart: Date, toleranceMs = 6 * hourMs) => {
    const { window } = await open(test.database);
    const { coins, startPrices } = await window(at, { windowStart, toleranceMs });
    return coins.map(({ cmcId, cryptoId, priceUsd }) => [
      cmcId,
      priceUsd,
      startPrices.get(cryptoId)?.priceUsd ?? null,
    ]);
  };

  it("gives each coin of a listing its price nearest to the window's start, whether it was listed then or not", async () => {
    await takeListing(hoursBefore(24), { 1: 10 });
    await observe(1, hoursBefore(23.5), 11, null);
    await observe(2, hoursBefore(26), 20, null);
    await observe(2, hoursBefore(21), 21, null);
    await takeListing(at, { 1: 1, 2: 2 });
    const open = dataKeeper();
    expect({
      between: await starts(open, hoursBefore(23.6)),
      atTheListing: await starts(open, hoursBefore(24)),
      asNearToBoth: await starts(open, hoursBefore(23.75)),
      nearNothing: await starts(open, hoursBefore(10 * 24)),
      atTheEnd: await starts(open, at, 30 * hourMs),
    }).toEqual({
      between: [
        [1, 1, 11],
        [2, 2, 20],
      ],
      atTheListing: [
        [1, 1, 10],
        [2, 2, 20],
      ],
      asNearToBoth: [
        [1, 1, 10],
        [2, 2, 20],
      ],
      nearNothing: [
        [1, 1, null],
        [2, 2, null],
      ],
      atTheEnd: [
        [1, 1, 11],
        [2, 2, 21],
      ],
    });
  });

  it("takes in a coin, a name and a price that came with a later run", async () => {
    await takeListing(hoursBefore(1), { 1: 10 });
    await takeListing(at, { 1: 1 });
    const open = dataKeeper();
    const before = await starts(open, hoursBefore(1));
    ids = await upsertCoins(test.database, [coin(1), { ...coin(2), name: "Renamed" }, coin(3)]);
    await takeListing(at, { 1: 1, 3: 3 });
    const after = await starts(open, hoursBefore(1));
    const { names } = await (await open(test.database)).knownCoins();
    expect({ before, after, names: names.map(({ name }) => name) }).toEqual({
      before: [[1, 1, 10]],
      after: [
        [1, 1, 10],
        [3, 3, null],
      ],
      names: ["Coin 1", "Renamed", "Coin 3"],
    });
  });

  it("follows trends as they change, and gives the very same ones while they do not", async () => {
    const open = dataKeeper();
    const read = async () => (await open(test.database)).trends("7d");
    const confidences = (trends: Awaited<ReturnType<typeof read>>) =>
      [...trends.values()].map(({ cryptoId, confidence }) => [cryptoId, confidence]);
    await readTrend(1, 0.1);
    const first = await read();
    const again = await read();
    await readTrend(2, 0.2);
    await readTrend(1, 0.3);
    expect({ first: confidences(first), isSame: first === again, after: confidences(await read()) }).toEqual({
      first: [[idOf(1), 0.1]],
      isSame: true,
      after: [
        [idOf(1), 0.3],
        [idOf(2), 0.2],
      ],
    });
  });

  it("sees a trend whose transaction began before its last look and ended after it", async () => {
    const open = dataKeeper();
    const read = async () => [...(await (await open(test.database)).trends("7d")).values()];
    const [written, release] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const slow = test.database.transaction(async tx => {
      const trend = {
        timeframe: "7d",
        type: "uptrend",
        confidence: 0.9,
        changePct: 1,
        volatility: null,
      } as const;
      await upsertTrends(tx, idOf(1), [{ ...trend, enoughData: true, notes: [] }], at, "1");
      written.resolve();
      await release.promise;
    });
    await written.promise;
    await readTrend(2, 0.2);
    const before = await read();
    release.resolve();
    await slow;
    expect([before.length, (await read()).length]).toEqual([1, 2]);
  });

  it("follows an episode from state to state", async () => {
    const open = dataKeeper();
    const read = async () => {
      const episodes = await (await open(test.database)).episodes(at, hoursBefore(24));
      return episodes?.get(idOf(1))?.map(({ state }) => state);
    };
    await detect("suspected", hoursBefore(5));
    const first = await read();
    await detect("confirmed", hoursBefore(4));
    expect([first, await read(), await read()]).toEqual([["suspected"], ["confirmed"], ["confirmed"]]);
  });

  it("gives episodes as far back as they are asked for, though it was first asked for fewer", async () => {
    const { episodes } = await dataKeeper()(test.database);
    await detect("resolved", hoursBefore(30 * 24));
    const read = async (days: number) => (await episodes(at, hoursBefore(days * 24)))?.size;
    expect([await read(7), await read(90), await read(7)]).toEqual([0, 1, 0]);
  });

  it("does not keep episodes of long ago", async () => {
    const { episodes } = await dataKeeper()(test.database);
    expect(await episodes(at, hoursBefore(200 * 24))).toBeNull();
  });

  it("reads a past market once, until signals of then or past prices come in", async () => {
    const open = dataKeeper();
    let reads = 0;
    const load = async () => [someCoin(++reads)];
    const read = async () =>
      (await (await open(test.database)).pastMarket("key", hoursBefore(5), load)).map(({ cmcId }) => cmcId);
    expect([await read(), await read()]).toEqual([[1], [1]]);
    await takeListing(at, { 1: 7 });
    await detect("suspected", hoursBefore(4));
    expect(await read()).toEqual([1]);
    await detect("confirmed", hoursBefore(6));
    // A state is seen with the next run: each analysis has one.
    const analysis = await startRun(test.database, "trend_analysis");
    await finishRun(test.database, analysis, { recordsProcessed: 1, details: {} });
    expect([await read(), await read()]).toEqual([[2], [2]]);
    const history = await startRun(test.database, "backfill");
    await finishRun(test.database, history, { recordsProcessed: 1, details: {} });
    expect([await read(), await read()]).toEqual([[3], [3]]);
  });

  it("puts facts together again where a part of them is another one", async () => {
    const { assembled } = await dataKeeper()(test.database);
    const parts = [{}, {}];
    let times = 0;
    const assemble = () => [someCoin(++times)];
    const idsOf = (given: readonly unknown[]) => assembled("key", given, assemble).map(({ cmcId }) => cmcId);
    expect([idsOf(parts), idsOf([...parts]), idsOf([parts[0], {}])]).toEqual([[1], [1], [2]]);
  });
});

it("names a shared symbol after its best-ranked coin alone", () => {
  expect(
    namesBySymbol([
      { symbol: "LUNA", name: "Terra", slug: "terra-luna-v2" },
      { symbol: "luna", name: "Luna Classic", slug: "terra-luna" },
      { symbol: "SOL", name: "Solana", slug: "Solana" },
    ]),
  ).toEqual({ LUNA: ["Terra", "terra luna v2"], SOL: ["Solana"] });
});
