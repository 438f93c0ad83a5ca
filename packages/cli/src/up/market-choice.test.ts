import { describe, expect, it } from "vitest";
import { checkMarketFlags, MarketFlagError, type MarketFlags, settleMarket } from "./market-choice.ts";

const flags = (given: Partial<MarketFlags> = {}): MarketFlags => ({
  workingDirectory: import.meta.dirname,
  ...given,
});
const data = "market-choice.test.ts";
const now = Date.parse("2026-03-01T12:34:56Z");
const offline = { isOnline: async () => false, now: () => now };

describe("checkMarketFlags", () => {
  it.each([
    ["a replay without its file", { source: "replay" }, /needs --data/],
    ["a file that is not there", { source: "replay", data: "missing.csv" }, /names no file: .*missing\.csv/],
    ["a stretch of the demo", { source: "demo", from: "2021-01-01" }, /belong to --source replay/],
    ["a file without a source", { data }, /need --source replay/],
  ] as const)("refuses %s before anything is dropped", (_what, given, message) => {
    expect(() => checkMarketFlags(flags(given))).toThrow(MarketFlagError);
    expect(() => checkMarketFlags(flags(given))).toThrow(message);
  });
});

describe("settleMarket", () => {
  const replay = {
    source: "replay",
    data: `${import.meta.dirname}/${data}`,
    from: "2021-02-01",
    to: "2021-03-01",
  } as const;

  it("goes on with the market that the state remembers", async () => {
    expect(await settleMarket(flags(), replay, offline)).toEqual(replay);
    expect(await settleMarket(flags({ ...replay, data }), replay, offline)).toEqual(replay);
  });

  it("never mixes two markets in one state", async () => {
    await expect(settleMarket(flags({ source: "demo" }), replay, offline)).rejects.toThrow(/--reset/);
    await expect(settleMarket(flags({ ...replay, data, to: "2021-04-01" }), replay, offline)).rejects.toThrow(
      /--reset/,
    );
  });

  it("takes CoinMarketCap where it answers, and else the demo from the full hour", async () => {
    expect(await settleMarket(flags(), undefined, { ...offline, isOnline: async () => true })).toEqual({
      source: "coinmarketcap",
    });
    expect(await settleMarket(flags(), undefined, offline)).toMatchObject({
      source: "demo",
      start: Date.parse("2026-03-01T12:00:00Z"),
    });
  });
});
