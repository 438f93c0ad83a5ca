import { describe, expect, it } from "vitest";
import { ProviderError } from "../provider-error.ts";
import { parseListing, type QuotedCoin } from "./parse-listing.ts";

const observedAt = "2026-03-01T11:59:00.000Z";

function quote(overrides: Record<string, unknown> = {}) {
  return {
    id: 2781,
    symbol: "USD",
    price: 60_000.5,
    volume_24h: 3e10,
    market_cap: 1.2e12,
    percent_change_24h: 1.5,
    last_updated: observedAt,
    ...overrides,
  };
}

function coin(overrides: Record<string, unknown> = {}) {
  return {
    id: 1,
    name: "Bitcoin",
    symbol: "BTC",
    slug: "bitcoin",
    cmc_rank: 1,
    tags: ["mineable"],
    quote: [quote()],
    ...overrides,
  };
}

const ether = coin({ id: 1027, name: "Ethereum", symbol: "ETH", slug: "ethereum", cmc_rank: 2 });
const solana = coin({ id: 5426, name: "Solana", symbol: "SOL", slug: "solana", cmc_rank: 3 });

function listing(data: unknown, status: Record<string, unknown> = {}) {
  return {
    status: {
      timestamp: "2026-03-01T12:00:00.000Z",
      error_code: 0,
      error_message: null,
      credit_count: 1,
      ...status,
    },
    data,
  };
}

const bitcoin: QuotedCoin = {
  cmcId: 1,
  name: "Bitcoin",
  symbol: "BTC",
  slug: "bitcoin",
  rank: 1,
  tags: ["mineable"],
  priceUsd: 60_000.5,
  volume24hUsd: 3e10,
  marketCapUsd: 1.2e12,
  changes: [{ hours: 24, pct: 1.5 }],
  observedAt: new Date(observedAt),
};

describe("a listing", () => {
  it("is read with its quotes as a list, which v3 gives", () => {
    expect(parseListing(listing([coin()], { credit_count: 3 }))).toEqual({
      coins: [bitcoin],
      rejected: [],
      creditCount: 3,
    });
  });

  it("is read with its quotes by currency, which a guide shows", () => {
    expect(parseListing(listing([coin({ quote: { USD: quote({ symbol: undefined }) } })])).coins).toEqual([
      bitcoin,
    ]);
  });

  it("takes the quote in USD among several", () => {
    const euros = quote({ symbol: "EUR", price: 1 });
    expect(parseListing(listing([coin({ quote: [euros, quote()] })])).coins).toEqual([bitcoin]);
    expect(parseListing(listing([coin({ quote: { EUR: euros, USD: quote() } })])).coins).toEqual([bitcoin]);
  });

  it.each([0, "0"])("succeeded with the error code %j", error_code => {
    expect(parseListing(listing([coin()], { error_code })).coins).toEqual([bitcoin]);
  });

  it("does without volume, market cap, tags and credits", () => {
    const bare = coin({ tags: null, quote: [quote({ volume_24h: null, market_cap: undefined })] });
    expect(parseListing(listing([bare], { credit_count: undefined }))).toEqual({
      coins: [{ ...bitcoin, tags: [], volume24hUsd: null, marketCapUsd: null }],
      rejected: [],
      creditCount: 0,
    });
  });

  it("gives the changes that the provider names, and leaves out those that are none", () => {
    const changed = quote({
      percent_change_1h: -0.25,
      percent_change_24h: null,
      percent_change_7d: -100,
      percent_change_30d: "12",
      percent_change_60d: 1e30,
      percent_change_90d: 250,
    });
    expect(parseListing(listing([coin({ quote: [changed] })]))).toMatchObject({
      coins: [
        {
          changes: [
            { hours: 1, pct: -0.25 },
            { hours: 90 * 24, pct: 250 },
          ],
        },
      ],
      rejected: [],
    });
  });

  it("keeps two coins with one symbol", () => {
    const other = coin({ id: 999, name: "Bitcoin Too", slug: "bitcoin-too", cmc_rank: 9 });
    expect(parseListing(listing([coin(), other])).coins.map(({ cmcId }) => cmcId)).toEqual([1, 999]);
  });
});

describe("a coin that is left out, while the others stand", () => {
  const cases: [string, unknown, string | RegExp][] = [
    ["without a price", coin({ quote: [quote({ price: null })] }), /^quote\.price: /],
    ["with a price in words", coin({ quote: [quote({ price: "60000" })] }), /^quote\.price: /],
    ["with a price that is no number", coin({ quote: [quote({ price: Number.NaN })] }), /^quote\.price: /],
    ["with a negative price", coin({ quote: [quote({ price: -1 })] }), /^quote\.price: /],
    ["with a price of nothing", coin({ quote: [quote({ price: 0 })] }), /^quote\.price: /],
    ["with an absurd price", coin({ quote: [quote({ price: 1e30 })] }), /^quote\.price: /],
    ["with an absurd volume", coin({ quote: [quote({ volume_24h: 1e30 })] }), /^quote\.volume_24h: /],
    ["with a negative market cap", coin({ quote: [quote({ market_cap: -1 })] }), /^quote\.market_cap: /],
    ["without a quote in USD", coin({ quote: [quote({ symbol: "EUR" })] }), /^quote: /],
    ["without quotes", coin({ quote: null }), /^quote: /],
    ["with a quote of nothing", coin({ quote: [null] }), /^quote: /],
    [
      "with a time that is none",
      coin({ quote: [quote({ last_updated: "noon" })] }),
      /^quote\.last_updated: /,
    ],
    [
      "with a time long ago",
      coin({ quote: [quote({ last_updated: "1970-01-01T00:00:00.000Z" })] }),
      "observed at 1970-01-01T00:00:00.000Z, more than 2 days from the listing's 2026-03-01T11:59:00.000Z",
    ],
    [
      "with a time far ahead",
      coin({ quote: [quote({ last_updated: "9999-12-31T00:00:00.000Z" })] }),
      "observed at 9999-12-31T00:00:00.000Z, more than 2 days from the listing's 2026-03-01T11:59:00.000Z",
    ],
    ["without an id", coin({ id: undefined }), /^id: /],
    ["with an id in words", coin({ id: "1" }), /^id: /],
    ["with an absurd rank", coin({ cmc_rank: 3_000_000_000 }), /^cmc_rank: /],
    ["without a rank", coin({ cmc_rank: null }), /^cmc_rank: /],
    ["with an empty symbol", coin({ symbol: " " }), /^symbol: /],
    ["with an endless name", coin({ name: "x".repeat(201) }), /^name: /],
    ["with a NUL in its name", coin({ name: "Bit\u0000coin" }), "name: has control or broken characters"],
    ["with half a character in its slug", coin({ slug: "\ud83d" }), "slug: has control or broken characters"],
  ];

  it.each(cases)("is one %s", (_, bad, reason) => {
    const { coins, rejected } = parseListing(listing([bad, ether, solana]));
    expect(coins.map(({ symbol }) => symbol)).toEqual(["ETH", "SOL"]);
    expect(rejected).toEqual([
      {
        position: 1,
        symbol: symbolOf(bad),
        reason: typeof reason === "string" ? reason : expect.stringMatching(reason),
      },
    ]);
  });

  it.each([null, 7, "BTC", [], {}])("is one that is no coin at all: %j", bad => {
    const { coins, rejected } = parseListing(listing([ether, bad, solana]));
    expect(coins.map(({ symbol }) => symbol)).toEqual(["ETH", "SOL"]);
    expect(rejected).toEqual([{ position: 2, symbol: null, reason: expect.stringMatching(/./) }]);
  });

  it("is one that is there already", () => {
    const again = coin({ symbol: "BTC2", quote: [quote({ price: 1 })] });
    expect(parseListing(listing([coin(), ether, again]))).toMatchObject({
      coins: [{ symbol: "BTC", priceUsd: 60_000.5 }, { symbol: "ETH" }],
      rejected: [{ position: 3, symbol: "BTC2", reason: "the id 1 is in the listing twice" }],
    });
  });

  it.each([
    ["negative", "-1"],
    ["absurd", "1e30"],
    ["larger than a number can be", "1e999"],
    ["in quotes", '"NaN"'],
    ["missing", "null"],
  ])("is one whose price is %s in the text of the answer", (_, text) => {
    const answer = JSON.stringify(listing([ether, coin(), solana])).replace("60000.5", text);
    const { coins, rejected } = parseListing(JSON.parse(answer));
    expect(coins.map(({ symbol }) => symbol)).toEqual(["BTC", "SOL"]);
    expect(rejected).toMatchObject([
      { position: 1, symbol: "ETH", reason: expect.stringMatching(/^quote\.price: /) },
    ]);
  });

  it("is reported by its place, in order", () => {
    const stale = coin({ quote: [quote({ last_updated: "2026-01-01T00:00:00Z" })] });
    const { rejected } = parseListing(listing([stale, null, ether, solana, {}]));
    expect(rejected.map(({ position }) => position)).toEqual([1, 2, 5]);
  });
});

function symbolOf(value: unknown): unknown {
  return typeof value === "object" && value !== null && "symbol" in value ? value.symbol : null;
}

describe("an answer that is refused", () => {
  const refusal = (body: unknown) => {
    try {
      parseListing(body);
    } catch (error) {
      if (error instanceof ProviderError) return { message: error.message, reaction: error.reaction.kind };
    }
    return "no ProviderError";
  };

  it.each([
    null,
    undefined,
    "",
    "<html>busy</html>",
    [],
    {},
    { data: [] },
    { status: {}, data: [] },
    { status: { error_code: null }, data: [] },
    { status: { error_code: "" }, data: [] },
    { status: { error_code: 0 } },
    { status: { error_code: 0 }, data: {} },
  ])("is %j, which is no listing", body => {
    expect(refusal(body)).toEqual({
      message: expect.stringMatching(/^CoinMarketCap's answer is not a listing: /),
      reaction: "retry",
    });
  });

  it.each([
    [1001, []],
    ["1001", []],
    [1001, undefined],
  ])("is one with the error code %j and the data %j", (error_code, data) => {
    const body = listing(data, { error_code, error_message: "This API Key is invalid." });
    expect(refusal(body)).toEqual({
      message: expect.stringMatching(
        /^CoinMarketCap answered 200, code 1001: This API Key is invalid\. Put a valid key /,
      ),
      reaction: "fail",
    });
  });
});
