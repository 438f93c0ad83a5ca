import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { json, type ProviderServer, startProvider } from "../../test/provider-server.ts";
import { providerSettings } from "../provider-settings.ts";
import { coinGeckoClient } from "./coingecko-client.ts";
import { fetchCoins, fetchPrices } from "./fetch-coins.ts";

let provider: ProviderServer;
beforeEach(async () => {
  provider = await startProvider();
});
afterEach(() => provider.stop());

const ask = () => coinGeckoClient(providerSettings({ source: "demo", historyUrl: provider.url }));
const time = { deadlineMs: () => 60_000, wait: async () => undefined };

describe("fetchCoins", () => {
  it("reads the list, without what is no coin", async () => {
    const bitcoin = { id: "bitcoin", symbol: "btc", name: "Bitcoin" };
    provider.answers(json([{ ...bitcoin, platforms: {} }, null, { id: "", symbol: "x", name: "X" }, {}]));
    expect(await fetchCoins(ask(), time)).toEqual([bitcoin]);
  });

  it("refuses what is no list, after its tries", async () => {
    provider.answers(json({ coins: [] }));
    await expect(fetchCoins(ask(), time)).rejects.toThrow("CoinGecko's answer is not a list of coins");
    expect(provider.asked).toHaveLength(4);
  });
});

describe("fetchPrices", () => {
  it("leaves out coins without a usable price", async () => {
    provider.answers(
      json([
        { id: "bitcoin", current_price: 67_187.34 },
        { id: "gone", current_price: null },
        { id: "free", current_price: 0 },
      ]),
    );
    expect(await fetchPrices(ask(), ["bitcoin", "gone", "free"], time)).toEqual(
      new Map([["bitcoin", 67_187.34]]),
    );
  });

  it("asks for 250 coins at a time", async () => {
    provider.answers(
      json([{ id: "coin-0", current_price: 1 }]),
      json([{ id: "coin-250", current_price: 2 }]),
    );
    const ids = Array.from({ length: 251 }, (_, index) => `coin-${index}`);
    expect(await fetchPrices(ask(), ids, time)).toEqual(
      new Map([
        ["coin-0", 1],
        ["coin-250", 2],
      ]),
    );
    expect(provider.asked[1]).toBe("/api/v3/coins/markets?vs_currency=usd&ids=coin-250&per_page=250&page=1");
  });
});
