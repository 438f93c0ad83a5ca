import { recordRun } from "@vibe-charting/database";
import { createTestDatabase, type TestDatabase } from "@vibe-charting/database/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dataKeeper, namesBySymbol } from "./kept-data.ts";
import { someCoin } from "./questions/testing/some-coin.ts";

describe("dataKeeper", () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await createTestDatabase();
  });
  afterAll(() => test.drop());

  it("reads a market once, until a run has brought data in", async () => {
    const open = dataKeeper();
    let reads = 0;
    const load = async () => ({ coins: [someCoin(++reads)], isComplete: true });
    const read = async () =>
      (await (await open(test.database)).market("key", load)).map(({ cmcId }) => cmcId);
    expect([await read(), await read()]).toEqual([[1], [1]]);
    await recordRun(test.database, "trend_analysis", new Date(0), { recordsProcessed: 1, details: {} });
    expect([await read(), await read()]).toEqual([[2], [2]]);
  });

  it("does not keep a market whose analysis is under way", async () => {
    const { market } = await dataKeeper()(test.database);
    let reads = 0;
    const load = async () => ({ coins: [someCoin(++reads)], isComplete: false });
    await market("key", load);
    await market("key", load);
    expect(reads).toBe(2);
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
