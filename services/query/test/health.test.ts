import { HealthResponse } from "@vibe-charting/contracts";
import { finishRun, startRun } from "@vibe-charting/database";
import { createTestDatabase, type TestDatabase } from "@vibe-charting/database/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { apiClient } from "./api-client.ts";
import { now, steady, storeMarket } from "./market-fixture.ts";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

const coins = [
  { cmcId: 1, symbol: "BTC", name: "Bitcoin", prices: steady(2, 50_000, 60_000) },
  { cmcId: 2, symbol: "ETH", name: "Ethereum", prices: steady(2, 3_000, 2_000) },
];

/** Takes listings in up to so many days after `now`, as a run does. */
async function ingest(daysLater: number, analyze: boolean): Promise<void> {
  const run = await startRun(test.database, "data_ingestion");
  const at = new Date(now.getTime() + daysLater * 24 * 60 * 60 * 1_000);
  await storeMarket(test.database, coins, { analyze, at });
  await finishRun(test.database, run, { recordsProcessed: coins.length, details: {} });
}

it("counts in /health the coins whose newest price waits for its analysis, as listings come and are analysed", async () => {
  const call = apiClient(test.database);
  const analysis = async () =>
    HealthResponse.parse((await call({ resource: "/health" })).body).checks.analysis;
  const counts = [await analysis()];
  await ingest(0, false);
  counts.push(await analysis());
  await ingest(0, true);
  counts.push(await analysis());
  await ingest(3, false);
  counts.push(await analysis());
  expect(counts.map(({ behind, detail }) => [behind, detail])).toEqual([
    [0, "every coin is analysed"],
    [2, "2 coins wait for analysis"],
    [0, "every coin is analysed"],
    [2, "2 coins wait for analysis"],
  ]);
});
