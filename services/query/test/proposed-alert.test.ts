import { AlertRequest, QueryResponse } from "@vibe-charting/contracts";
import { createTestDatabase, type TestDatabase } from "@vibe-charting/database/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { apiClient } from "./api-client.ts";
import { steady, storeMarket, storeSignal } from "./market-fixture.ts";

/** A market with daily prices of so many days, and confirmed bottoms of Bitcoin and Litecoin. */
async function marketOf(days: number, bottomsDaysAgo: readonly number[]) {
  const test = await createTestDatabase();
  const ids = await storeMarket(test.database, [
    { cmcId: 1, symbol: "BTC", name: "Bitcoin", prices: steady(days, 50_000, 60_000) },
    { cmcId: 2, symbol: "LTC", name: "Litecoin", prices: steady(days, 80, 90) },
  ]);
  for (const daysAgo of bottomsDaysAgo) {
    const signal = { type: "bottomed_out", daysAgo, episode: `b:${daysAgo}` } as const;
    await storeSignal(test.database, ids.get(1) ?? 0, { ...signal, state: "suspected" });
    await storeSignal(test.database, ids.get(1) ?? 0, { ...signal, state: "confirmed", confidence: 0.6 });
  }
  await storeSignal(test.database, ids.get(2) ?? 0, {
    type: "volume_anomaly",
    state: "confirmed",
    daysAgo: 3,
    episode: "v",
    confidence: 0.9,
  });
  const call = apiClient(test.database);
  const ask = async (query: string) =>
    QueryResponse.parse((await call({ method: "POST", resource: "/query", body: { query } })).body);
  return { test, ask };
}

describe("a wish to be told later", () => {
  let test: TestDatabase;
  let ask: (query: string) => Promise<QueryResponse>;
  beforeAll(async () => {
    ({ test, ask } = await marketOf(100, [2, 30, 89, 95]));
  });
  afterAll(() => test.drop());

  it("comes with the alert that would tell it, and how often that would have come", async () => {
    const { proposedAlert, answer } = await ask("tell me when BTC bottoms out");
    expect(proposedAlert).toEqual({
      request: {
        filter: { symbols: ["BTC"], signalTypes: ["bottomed_out"], states: ["confirmed"] },
        dailyCap: 10,
      },
      history: { days: 90, fired: 3, perWeek: 0.23 },
    });
    expect(answer).toContain(
      "An alert on bottomed-out signals of BTC, once confirmed, would have come 3 times in the past 90 days: 0.23 a week.",
    );
  });

  it("is a body of POST /alerts but for the recipient", async () => {
    const { proposedAlert } = await ask("alert me on volume spikes");
    const recipient = { channel: "email", address: "trader@example.com" };
    expect(AlertRequest.safeParse({ ...proposedAlert?.request, recipient }).success).toBe(true);
    expect(proposedAlert?.history.fired).toBe(1);
  });

  it("counts no signal below the confidence that it asks for", async () => {
    const { proposedAlert } = await ask("tell me when BTC bottoms out with confidence over 80%");
    expect(proposedAlert).toMatchObject({
      request: { filter: { minConfidence: 0.8 } },
      history: { fired: 0 },
    });
  });

  it("says which part of the condition no alert looks at", async () => {
    const { proposedAlert, answer } = await ask("ping me on volume spikes in the top 20");
    expect(proposedAlert?.request.filter).toEqual({ signalTypes: ["volume_anomaly"], states: ["confirmed"] });
    expect(answer).toContain("It cannot look at the rank: it comes without that condition.");
  });

  it("is refused in words where it is about no signal", async () => {
    const { proposedAlert, answer } = await ask("tell me when SOL rises 10%");
    expect(proposedAlert).toBeNull();
    expect(answer).toContain("Alerts come with signals");
  });

  it("is not read into a question about now", async () => {
    expect(await ask("has BTC bottomed out?")).not.toHaveProperty("proposedAlert");
  });
});

it("says that the history is shorter than what is counted", async () => {
  const { test, ask } = await marketOf(14, [2, 3]);
  try {
    const { proposedAlert, answer } = await ask("tell me when BTC bottoms out");
    expect(proposedAlert?.history).toEqual({ days: 14, fired: 2, perWeek: 1 });
    expect(answer).toContain("in the 14 days on record, which is less than the 90 days that are counted");
  } finally {
    await test.drop();
  }
});
