import { describe, expect, it } from "vitest";
import { describePriceSource } from "../../test/price-source-contract.ts";
import { ProviderError } from "../provider-error.ts";
import { providerSettings } from "../provider-settings.ts";
import { coinGeckoClient } from "./coingecko-client.ts";
import { fetchHistory, parseMarketChart } from "./fetch-history.ts";

const start = Date.UTC(2026, 2, 1);
const hour = 3_600_000;
const at = (hours: number) => start + hours * hour;

function chart(
  prices: readonly (readonly [unknown, unknown])[],
  others: { market_caps?: unknown; total_volumes?: unknown } = {},
) {
  return { prices, market_caps: [], total_volumes: [], ...others };
}

describePriceSource({
  name: "CoinGecko",
  secret: null,
  fetch: async (url, time) => {
    const settings = providerSettings({ source: "demo", historyUrl: url });
    const { prices, skipped } = await fetchHistory(coinGeckoClient(settings), "bitcoin", 90, time);
    return { prices: prices.map(({ priceUsd }) => priceUsd), reasons: Object.keys(skipped) };
  },
  answerWith: prices => chart(prices.map((price, hours) => [at(hours), price])),
  answerWithRepetition: chart([
    [at(0), 1],
    [at(1), 101],
    [at(2), 102],
    [at(0), 100],
  ]),
  refusal: words => ({ status: { error_code: 429, error_message: words } }),
});

describe("parseMarketChart", () => {
  it("joins the three series by time", () => {
    const body = chart(
      [
        [at(0), 100],
        [at(1), 101],
      ],
      {
        market_caps: [
          [at(0), 1e9],
          [at(1), 1.01e9],
        ],
        total_volumes: [
          [at(0), 5e6],
          [at(1), 6e6],
        ],
      },
    );
    expect(parseMarketChart(body, 90).prices).toEqual([
      { observedAt: new Date(at(0)), priceUsd: 100, volume24hUsd: 5e6, marketCapUsd: 1e9 },
      { observedAt: new Date(at(1)), priceUsd: 101, volume24hUsd: 6e6, marketCapUsd: 1.01e9 },
    ]);
  });

  it("is ascending, each time once with its last value", () => {
    const { prices } = parseMarketChart(
      chart([
        [at(2), 102],
        [at(0), 1],
        [at(1), 101],
        [at(0), 100],
      ]),
      90,
    );
    expect(prices.map(({ observedAt, priceUsd }) => [observedAt.getTime(), priceUsd])).toEqual([
      [at(0), 100],
      [at(1), 101],
      [at(2), 102],
    ]);
  });

  it("leaves out points that are no price", () => {
    const { prices } = parseMarketChart(
      chart([
        [at(0), null],
        [at(1), 0],
        [at(2), -1],
        [at(3), 1e30],
        [at(4), 100],
      ]),
      90,
    );
    expect(prices.map(({ observedAt }) => observedAt.getTime())).toEqual([at(4)]);
  });

  it("counts what it leaves out by its reason", () => {
    const points: [unknown, unknown][] = [
      ["now", 1],
      [at(0), "100"],
      [at(1), 101],
      [at(1), 102],
      [at(2), null],
      [1, 50],
    ];
    expect(parseMarketChart(chart(points), 1)).toEqual({
      prices: [{ observedAt: new Date(at(1)), priceUsd: 102, volume24hUsd: null, marketCapUsd: null }],
      skipped: {
        "no point of time and price": 1,
        "no usable price": 2,
        "a time that is there twice: the last one counts": 1,
        "far from the days asked for": 1,
      },
    });
  });

  it("leaves out points far from the stretch that was asked for", () => {
    const { prices } = parseMarketChart(
      chart([
        [1, 50],
        [at(0), 100],
        [at(1), 101],
        [at(2), 102],
        [8e15, 50],
        [1e300, 50],
      ]),
      1,
    );
    expect(prices.map(({ observedAt }) => observedAt.getTime())).toEqual([at(0), at(1), at(2)]);
  });

  it("does without volumes and market caps that are missing, null, zero or absurd", () => {
    const prices = [at(0), at(1), at(2), at(3)].map(time => [time, 100] as const);
    const values = [
      [at(0), null],
      [at(1), 0],
      [at(3), 1e30],
    ];
    const { prices: read } = parseMarketChart(
      chart(prices, { market_caps: values, total_volumes: values }),
      90,
    );
    expect(read.map(({ volume24hUsd, marketCapUsd }) => [volume24hUsd, marketCapUsd])).toEqual([
      [null, null],
      [null, null],
      [null, null],
      [null, null],
    ]);
  });

  it("is empty for an empty chart", () => {
    expect(parseMarketChart(chart([]), 90)).toEqual({ prices: [], skipped: {} });
  });

  it.each([null, "", "<html>", {}, { prices: [] }, { prices: {}, market_caps: [], total_volumes: [] }])(
    "refuses %j as no market chart",
    body => {
      expect(() => parseMarketChart(body, 90)).toThrow(ProviderError);
      expect(() => parseMarketChart(body, 90)).toThrow(/^CoinGecko's answer is not a market chart: /);
    },
  );
});
