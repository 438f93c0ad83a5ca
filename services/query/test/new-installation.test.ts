import { QueryResponse } from "@vibe-charting/contracts";
import { insertAnchorPrices } from "@vibe-charting/database";
import { createTestDatabase, type TestDatabase } from "@vibe-charting/database/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { apiClient } from "./api-client.ts";
import { now, storeMarket } from "./market-fixture.ts";

const dayMs = 24 * 60 * 60 * 1_000;

let test: TestDatabase;
beforeEach(async () => {
  test = await createTestDatabase();
});
afterEach(() => test.drop());

async function ask(query: string): Promise<QueryResponse> {
  const answer = await apiClient(test.database)({ method: "POST", resource: "/query", body: { query } });
  expect(answer.status).toBe(200);
  return QueryResponse.parse(answer.body);
}

/** The newest listing alone, and prices of a week before it as the provider's changes tell of them. */
async function storeFirstListing(weekAgo: Readonly<Record<number, number>>): Promise<void> {
  const coins = [1, 2, 3].map(cmcId => ({
    cmcId,
    symbol: `C${cmcId}`,
    name: `Coin ${cmcId}`,
    prices: [100],
  }));
  const ids = await storeMarket(test.database, coins);
  await insertAnchorPrices(
    test.database,
    Object.entries(weekAgo).map(([cmcId, priceUsd]) => ({
      cryptoId: ids.get(Number(cmcId)) ?? 0,
      at: new Date(now.getTime() - 7 * dayMs),
      priceUsd,
      quotedAt: now,
    })),
  );
}

describe("right after the first listing", () => {
  it("the best of the week are told by the provider's changes, and the answer says whose they are", async () => {
    await storeFirstListing({ 1: 80, 2: 50 });
    const { answer, results, coverage } = await ask("best performers this week");
    expect(results).toMatchObject([
      { symbol: "C2", changePct: expect.closeTo(100, 9), changeSource: "provider" },
      { symbol: "C1", changePct: expect.closeTo(25, 9), changeSource: "provider" },
    ]);
    expect(coverage).toMatchObject({
      evaluated: 2,
      skipped: [{ reason: "no price at the window's start", count: 1 }],
    });
    expect(answer).toContain(
      "The changes over the past 7 days are the provider's own figures: no price observed here reaches back to then.",
    );
  });

  it("a window that no change is of stays unanswered", async () => {
    await storeFirstListing({ 1: 80, 2: 50 });
    expect(await ask("best performers over 3 days")).toMatchObject({
      results: [],
      coverage: { evaluated: 0 },
    });
  });

  it("an observed price comes before what the provider says", async () => {
    const coins = [
      { cmcId: 1, symbol: "C1", name: "Coin 1", prices: [50, ...Array<null>(6).fill(null), 100] },
    ];
    const ids = await storeMarket(test.database, coins);
    await test.query("INSERT INTO anchor_prices SELECT $1, $2, 80, $3", [
      ids.get(1),
      new Date(now.getTime() - 7 * dayMs),
      now,
    ]);
    const { answer, results } = await ask("C1 this week");
    expect(results).toMatchObject([{ changePct: expect.closeTo(100, 9) }]);
    expect(results[0]).not.toHaveProperty("changeSource");
    expect(answer).not.toContain("provider");
  });
});
