import { request } from "node:http";
import { afterEach, describe, expect, test } from "vitest";
import { dayMs, hourMs, type ListedCoin, type MarketFeed } from "../market-feed.ts";
import { type MarketServer, startMarketServer } from "./market-server.ts";

const firstAt = Date.UTC(2026, 0, 1);
const startAt = firstAt + 100 * dayMs;
const lastAt = startAt + 5 * hourMs;

/** Two coins, an observation an hour; a price is the hour's number, so that every value tells when it is from. */
const feed: MarketFeed = {
  source: "demo",
  intervalMs: hourMs,
  firstAt,
  startAt,
  lastAt,
  nextAt: at => (at < lastAt ? at + hourMs : null),
  listingAt: at => {
    if (at < firstAt) throw new RangeError("before the first observation");
    const hour = Math.floor((at - firstAt) / hourMs);
    return { at: firstAt + hour * hourMs, coins: [alpha(hour), { ...alpha(hour), ...betaIdentity }] };
  },
  historyOf: (slug, from, to) => {
    if (slug !== "alpha") return null;
    const first = Math.max(0, Math.ceil((from - firstAt) / hourMs));
    const last = Math.floor((to - firstAt) / hourMs);
    return Array.from({ length: last - first + 1 }, (_, index) => ({
      at: firstAt + (first + index) * hourMs,
      priceUsd: first + index,
      volume24hUsd: null,
      marketCapUsd: 1_000 * (first + index),
    }));
  },
};

const betaIdentity = { cmcId: 12, symbol: "BBB", slug: "beta", name: "Beta", rank: 2, marketCapUsd: null };

function alpha(hour: number): ListedCoin {
  return {
    cmcId: 11,
    symbol: "AAA",
    slug: "alpha",
    name: "Alpha",
    rank: 1,
    tags: ["memes"],
    priceUsd: hour,
    volume24hUsd: 7,
    marketCapUsd: 1_000 * hour,
    circulatingSupply: 1_000,
    percentChange1h: 1,
    percentChange24h: 24,
    percentChange7d: 7,
    percentChange30d: 30,
    percentChange60d: 60,
    percentChange90d: null,
  };
}

const running: MarketServer[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map(server => server.stop()));
});

async function start(): Promise<MarketServer> {
  const server = await startMarketServer({ feed, host: "127.0.0.1" });
  running.push(server);
  return server;
}

type Answer = { readonly status: number; readonly body: unknown };

async function get(server: MarketServer, path: string, init: RequestInit = withKey): Promise<Answer> {
  const response = await fetch(`${server.url}${path}`, init);
  expect(response.headers.get("content-type")).toBe("application/json; charset=utf-8");
  return { status: response.status, body: await response.json() };
}

const withKey: RequestInit = { headers: { "X-CMC_PRO_API_KEY": "any" } };
const listings = "/v3/cryptocurrency/listings/latest";
const opened = new Date(startAt).toISOString();

function coinMarketCapError(status: number, code: number, message: string): Answer {
  const body = {
    status: { timestamp: opened, error_code: code, error_message: message, elapsed: 0, credit_count: 0 },
  };
  return { status, body };
}

describe("the listing", () => {
  test("has the shape of CoinMarketCap's v3, as of the market's time", async () => {
    const server = await start();
    const { status, body } = await get(server, `${listings}?start=1&limit=1&convert=USD`);
    expect(status).toBe(200);
    expect(body).toEqual({
      status: {
        timestamp: opened,
        error_code: 0,
        error_message: null,
        elapsed: 0,
        credit_count: 1,
        notice: null,
        total_count: 2,
      },
      data: [
        {
          id: 11,
          name: "Alpha",
          symbol: "AAA",
          slug: "alpha",
          cmc_rank: 1,
          tags: ["memes"],
          platform: null,
          circulating_supply: 1_000,
          total_supply: 1_000,
          max_supply: null,
          infinite_supply: false,
          is_active: 1,
          is_fiat: 0,
          last_updated: opened,
          quote: [
            {
              id: 2781,
              symbol: "USD",
              price: 2_400,
              volume_24h: 7,
              percent_change_1h: 1,
              percent_change_24h: 24,
              percent_change_7d: 7,
              percent_change_30d: 30,
              percent_change_60d: 60,
              percent_change_90d: null,
              market_cap: 2_400_000,
              market_cap_dominance: 100,
              last_updated: opened,
            },
          ],
        },
      ],
    });
  });

  test.each([
    ["", ["alpha", "beta"]],
    ["?start=2", ["beta"]],
    ["?start=3", []],
    ["?limit=5000", ["alpha", "beta"]],
    ["?aux=tags", ["alpha", "beta"]],
  ])("with %j holds %j", async (query, slugs) => {
    const { body } = await get(await start(), `${listings}${query}`);
    expect(body).toMatchObject({ data: slugs.map(slug => ({ slug })) });
  });

  test("moves with the market", async () => {
    const server = await start();
    expect(server.now()).toBe(startAt);
    expect(server.advanceTo(startAt + 2 * hourMs + 5)).toBe(startAt + 2 * hourMs);
    expect(server.now()).toBe(startAt + 2 * hourMs);
    const { body } = await get(server, `${listings}?limit=1`);
    expect(body).toMatchObject({ data: [{ quote: [{ price: 2_402 }] }] });
  });

  test.each([undefined, { headers: { "X-CMC_PRO_API_KEY": " " } }])("needs a key: %j", async init => {
    expect(await get(await start(), listings, init ?? {})).toEqual(
      coinMarketCapError(401, 1002, "API key missing."),
    );
  });

  test.each([
    ["limit=ten", '"limit" must be a number'],
    ["limit=", '"limit" must be a number'],
    ["limit=NaN", '"limit" must be a number'],
    ["limit=Infinity", '"limit" must be less than or equal to 5000'],
    ["limit=0", '"limit" must be larger than or equal to 1'],
    ["limit=5001", '"limit" must be less than or equal to 5000'],
    ["limit=1e300", '"limit" must be less than or equal to 5000'],
    ["limit=1.5", '"limit" must be an integer'],
    ["start=-1", '"start" must be larger than or equal to 1'],
    ["start=1&start=2", '"start" must be a single value'],
    ["convert=EUR", 'Invalid value for "convert": "EUR"'],
    ["colour=red", '"colour" is not allowed'],
  ])("is refused for %s", async (query, message) => {
    expect(await get(await start(), `${listings}?${query}`)).toEqual(coinMarketCapError(400, 400, message));
  });
});

describe("the market chart", () => {
  const chart = "/api/v3/coins/alpha/market_chart";

  test("has the shape of CoinGecko's, up to the market's time", async () => {
    const server = await start();
    server.advanceTo(startAt + hourMs);
    const { status, body } = await get(server, `${chart}?vs_currency=usd&days=1`);
    const hours = Array.from({ length: 25 }, (_, index) => 2_401 - 24 + index);
    expect(status).toBe(200);
    expect(body).toEqual({
      prices: hours.map(hour => [firstAt + hour * hourMs, hour]),
      market_caps: hours.map(hour => [firstAt + hour * hourMs, 1_000 * hour]),
      total_volumes: hours.map(hour => [firstAt + hour * hourMs, null]),
    });
  });

  test("is hourly up to 90 days, and daily with the newest value beyond", async () => {
    const server = await start();
    server.advanceTo(startAt + hourMs);
    const timesOf = async (days: number): Promise<number[]> => {
      const { body } = await get(server, `${chart}?vs_currency=usd&days=${days}`);
      // The shape is what the test above holds.
      return (body as { prices: [number, number][] }).prices.map(([at]) => at);
    };
    expect((await timesOf(90)).length).toBe(90 * 24 + 1);
    expect(await timesOf(91)).toEqual([
      ...Array.from({ length: 91 }, (_, index) => startAt - (90 - index) * dayMs),
      startAt + hourMs,
    ]);
  });

  test.each([
    ["alpha", "days=1", 422, "Missing parameter vs_currency"],
    ["alpha", "vs_currency=usd", 422, "Missing parameter days"],
    ["alpha", "vs_currency=eur&days=1", 400, "invalid vs_currency"],
    ["alpha", "vs_currency=usd&days=0", 400, "days must be a whole number from 1 to 365"],
    ["alpha", "vs_currency=usd&days=-1", 400, "days must be a whole number from 1 to 365"],
    ["alpha", "vs_currency=usd&days=1e3", 400, "days must be a whole number from 1 to 365"],
    ["alpha", "vs_currency=usd&days=99999999999999999999", 400, "days must be a whole number from 1 to 365"],
    ["nobody", "vs_currency=usd&days=1", 404, "coin not found"],
    ["%zz", "vs_currency=usd&days=1", 404, "coin not found"],
  ])("of %s with %s is refused", async (slug, query, status, error) => {
    expect(await get(await start(), `/api/v3/coins/${slug}/market_chart?${query}`)).toEqual({
      status,
      body: { error },
    });
  });
});

describe("CoinGecko's coins", () => {
  const markets = "/api/v3/coins/markets";

  test("are listed by their slugs", async () => {
    expect(await get(await start(), "/api/v3/coins/list")).toEqual({
      status: 200,
      body: [
        { id: "alpha", symbol: "aaa", name: "Alpha" },
        { id: "beta", symbol: "bbb", name: "Beta" },
      ],
    });
  });

  test("have the prices of the market's time", async () => {
    const server = await start();
    server.advanceTo(startAt + hourMs);
    expect(await get(server, `${markets}?vs_currency=usd&ids=beta,nobody`)).toEqual({
      status: 200,
      body: [
        {
          id: "beta",
          symbol: "bbb",
          name: "Beta",
          current_price: 2_401,
          market_cap: null,
          market_cap_rank: 2,
          total_volume: 7,
          last_updated: new Date(startAt + hourMs).toISOString(),
        },
      ],
    });
  });

  test.each([
    ["", ["alpha", "beta"]],
    ["&per_page=1", ["alpha"]],
    ["&per_page=1&page=2", ["beta"]],
    ["&ids=nobody", []],
  ])("are paged with %j", async (query, ids) => {
    const { body } = await get(await start(), `${markets}?vs_currency=usd${query}`);
    // The shape is what the test above holds.
    expect((body as { id: string }[]).map(({ id }) => id)).toEqual(ids);
  });

  test.each([
    ["", 422, "Missing parameter vs_currency"],
    ["vs_currency=eur", 400, "invalid vs_currency"],
    ["vs_currency=usd&per_page=251", 400, "per_page must be a whole number from 1 to 250"],
    ["vs_currency=usd&page=0", 400, "page must be a whole number from 1"],
  ])("with %j are refused", async (query, status, error) => {
    expect(await get(await start(), `${markets}?${query}`)).toEqual({ status, body: { error } });
  });
});

describe("the server", () => {
  test("answers an unknown path with 404 in JSON", async () => {
    expect(await get(await start(), "/v1/nothing")).toEqual(coinMarketCapError(404, 404, "Not Found"));
  });

  test("answers a target that is no URL with 404", async () => {
    const server = await start();
    const { hostname, port } = new URL(server.url);
    const status = await new Promise<number | undefined>((resolve, reject) => {
      request({ hostname, port, path: "//" }, response => {
        response.resume();
        resolve(response.statusCode);
      })
        .on("error", reject)
        .end();
    });
    expect(status).toBe(404);
  });

  test("answers another method than GET with 405", async () => {
    expect(await get(await start(), listings, { ...withKey, method: "POST", body: "{}" })).toEqual(
      coinMarketCapError(405, 405, "Method Not Allowed"),
    );
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, firstAt - 1, lastAt + 1])(
    "cannot be moved to %d, and stays where it is",
    async at => {
      const server = await start();
      expect(() => server.advanceTo(at)).toThrow(RangeError);
      expect(server.now()).toBe(startAt);
    },
  );

  test("says when its port is taken", async () => {
    const { port } = new URL((await start()).url);
    await expect(startMarketServer({ feed, host: "127.0.0.1", port: Number(port) })).rejects.toMatchObject({
      code: "EADDRINUSE",
    });
  });
});
