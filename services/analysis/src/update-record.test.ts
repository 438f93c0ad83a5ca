import {
  ensurePricePartitions,
  insertPrices,
  insertSignalEvent,
  readSignalRecords,
  recordListing,
  upsertCoins,
} from "@vibe-charting/database";
import { createTestDatabase, type TestDatabase } from "@vibe-charting/database/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { updateRecord } from "./update-record.ts";

const start = new Date("2026-01-01T00:00:00Z");
const day = (days: number) => new Date(start.getTime() + days * 86_400_000);

describe("updateRecord", () => {
  let test: TestDatabase;
  let coinId: number;
  beforeEach(async () => {
    test = await createTestDatabase();
    const coin = { cmcId: 7, symbol: "AAA", name: "Aaa", slug: "aaa", kind: "native", rank: 1 } as const;
    coinId = (await upsertCoins(test.database, [coin])).get(7) ?? 0;
    await ensurePricePartitions(test.database, start, day(60));
    // It rises by a dollar a day, so that after any day the price was higher.
    for (let i = 0; i <= 60; i++) {
      const price = { cryptoId: coinId, observedAt: day(i), priceUsd: 100 + i, rank: 1 };
      await insertPrices(test.database, [{ ...price, volume24hUsd: 1e6, marketCapUsd: 1e9 }], day(i));
    }
    await recordListing(test.database, day(60), "demo", 1);
  });
  afterEach(() => test.drop());

  const confirm = async (detectedAt: Date) =>
    await insertSignalEvent(test.database, coinId, {
      episodeId: `bottomed_out:7:${detectedAt.toISOString()}`,
      type: "bottomed_out",
      state: "confirmed",
      previousState: "suspected",
      confidence: 0.5,
      openedAt: detectedAt,
      detectedAt,
      priceUsd: 100,
      detectorVersion: "1",
      evidence: { conditions: [], points: [], levels: {}, notes: [] },
      alerted: true,
    });
  const horizon = async (days: number) =>
    (await readSignalRecords(test.database))
      .get("bottomed_out")
      ?.horizons.find(({ horizonDays }) => horizonDays === days);

  it("counts what became of confirmed signals, beside ordinary days", async () => {
    await confirm(day(10));
    await updateRecord(test.database, day(60));
    expect(await horizon(7)).toMatchObject({
      count: 1,
      hits: 1,
      hitRate: 1,
      ordinary: { hitRate: 1 },
      lift: 1,
    });
    expect((await horizon(7))?.medianChangePct).toBeCloseTo((117 / 110 - 1) * 100, 2);
  });

  it("leaves out horizons that lie ahead, and adds them when they have passed", async () => {
    await confirm(day(40));
    await updateRecord(test.database, day(45));
    expect([(await horizon(3))?.count, (await horizon(30))?.count]).toEqual([1, 0]);
    await updateRecord(test.database, day(60));
    expect([(await horizon(7))?.count, (await horizon(30))?.count]).toEqual([1, 0]);
  });

  it("keeps what it knows when the prices are gone", async () => {
    await confirm(day(10));
    await updateRecord(test.database, day(60));
    await test.query("DELETE FROM price_data WHERE timestamp < '2026-02-15'");
    await updateRecord(test.database, day(60));
    expect(await horizon(7)).toMatchObject({ count: 1, hits: 1 });
  });
});
