import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dayMs } from "../market-feed.ts";
import { ReplayDataError } from "./replay-data-error.ts";
import { replayMarket } from "./replay-market.ts";
import { replayedCoinId, replayedCoinIds } from "./replayed-coin-id.ts";

const header = "date,rank,symbol,coingecko_id,price,volume_24h,market_cap,kind";
const threeDays = [
  "2021-03-01,1,AAA,alpha-coin,100,1000,50000,native",
  "2021-03-01,2,UUU,one-dollar,1,900,40000,stable",
  "2021-03-02,2,AAA,alpha-coin,110,1200,55000,native",
  "2021-03-02,1,WAA,wrapped-alpha,111,,,wrapped_or_staked",
  "2021-03-04,1,AAA,alpha-coin,121,1300,60500,native",
];
const day1 = Date.UTC(2021, 2, 1);

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "replay-market-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function fileOf(lines: readonly string[], name = "listings.csv"): Promise<string> {
  const csvPath = join(folder, name);
  await writeFile(csvPath, lines.join("\n"));
  return csvPath;
}

async function refusal(options: Parameters<typeof replayMarket>[0]): Promise<string> {
  const error: unknown = await replayMarket(options).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ReplayDataError);
  return error instanceof Error ? error.message : "";
}

describe("a replay", () => {
  test("begins at its first day and ends at its last", async () => {
    const csvPath = await fileOf([header, ...threeDays]);
    const { source, intervalMs, firstAt, startAt, lastAt } = await replayMarket({ csvPath });
    expect({ source, intervalMs, firstAt, startAt, lastAt }).toEqual({
      source: "replay",
      intervalMs: dayMs,
      firstAt: day1,
      startAt: day1,
      lastAt: day1 + 3 * dayMs,
    });
  });

  test("lists each day's coins by rank, observed at 00:00 UTC", async () => {
    const market = await replayMarket({ csvPath: await fileOf([header, ...threeDays]) });
    const unknown = { percentChange1h: null, percentChange7d: null, percentChange30d: null };
    const unknownLong = { percentChange60d: null, percentChange90d: null };
    expect(market.listingAt(day1 + dayMs + 5)).toEqual({
      at: day1 + dayMs,
      coins: [
        {
          cmcId: replayedCoinId("wrapped-alpha"),
          symbol: "WAA",
          slug: "wrapped-alpha",
          name: "Wrapped Alpha",
          rank: 1,
          tags: ["wrapped-tokens"],
          priceUsd: 111,
          volume24hUsd: null,
          marketCapUsd: null,
          circulatingSupply: null,
          percentChange24h: null,
          ...unknown,
          ...unknownLong,
        },
        {
          cmcId: replayedCoinId("alpha-coin"),
          symbol: "AAA",
          slug: "alpha-coin",
          name: "Alpha Coin",
          rank: 2,
          tags: [],
          priceUsd: 110,
          volume24hUsd: 1_200,
          marketCapUsd: 55_000,
          circulatingSupply: 500,
          percentChange24h: expect.closeTo(10, 9),
          ...unknown,
          ...unknownLong,
        },
      ],
    });
  });

  test("tags stablecoins", async () => {
    const market = await replayMarket({ csvPath: await fileOf([header, ...threeDays]) });
    expect(market.listingAt(day1).coins.map(coin => [coin.symbol, coin.tags])).toEqual([
      ["AAA", []],
      ["UUU", ["stablecoin"]],
    ]);
  });

  test("steps from day to day over days that the file does not have", async () => {
    const market = await replayMarket({ csvPath: await fileOf([header, ...threeDays]) });
    expect([0, 1, 2, 3].map(days => market.nextAt(day1 + days * dayMs))).toEqual([
      day1 + dayMs,
      day1 + 3 * dayMs,
      day1 + 3 * dayMs,
      null,
    ]);
    expect(market.listingAt(day1 + 2 * dayMs).at).toBe(day1 + dayMs);
  });

  test("starts empty at its first day, whose changes reach back before it", async () => {
    const csvPath = await fileOf([header, ...threeDays]);
    const market = await replayMarket({ csvPath, from: "2021-03-02", to: "2021-03-02" });
    expect(market.historyOf("alpha-coin", 0, Number.MAX_SAFE_INTEGER)).toEqual([
      { at: day1 + dayMs, priceUsd: 110, volume24hUsd: 1_200, marketCapUsd: 55_000 },
    ]);
    expect(market.listingAt(day1 + dayMs).coins[1]?.percentChange24h).toBeCloseTo(10, 9);
    expect(() => market.listingAt(day1)).toThrow(RangeError);
  });

  test("has no history of a coin that is not in the file", async () => {
    const market = await replayMarket({ csvPath: await fileOf([header, ...threeDays]) });
    expect(market.historyOf("no-such-coin", day1, day1)).toBeNull();
  });
});

describe("a replay is refused", () => {
  const row = "2021-03-01,1,AAA,alpha-coin,100,1000,50000,native";

  test.each([
    ["wrong columns", ["date,price", row], "line 1: the columns are date,price. They must be exactly: "],
    ["no line at all", [], "is empty. Its first line must be: date,rank"],
    ["no rows", [header], "has a header and no rows"],
    ["too few values", [header, row, "2021-03-02,1,AAA"], "line 3: 3 values instead of the 8"],
    [
      "a date that is none",
      [header, row.replace("03-01", "02-30")],
      'line 2: date "2021-02-30" is not a date',
    ],
    ["a rank of 0", [header, row.replace(",1,", ",0,")], 'line 2: rank "0" is not a whole number from 1'],
    ["no symbol", [header, row.replace("AAA", "")], "line 2: symbol is empty"],
    [
      "a price that is no number",
      [header, row.replace(",100,", ",1e,")],
      'line 2: price "1e" is not an amount',
    ],
    ["a price of 0", [header, row.replace(",100,", ",0,")], "line 2: price is 0"],
    [
      "a negative volume",
      [header, row.replace(",1000,", ",-1,")],
      'line 2: volume_24h "-1" is not an amount',
    ],
    [
      "a kind that is unknown",
      [header, row.replace("native", "odd")],
      'line 2: kind "odd" is none of native',
    ],
    [
      "a coin twice on a day",
      [header, row, "", row],
      "line 4: alpha-coin is already on line 2 for 2021-03-01",
    ],
    ["an open quote", [header, `"${row}`], "cannot be read as CSV: "],
  ])("for %s", async (_what, lines, message) => {
    const csvPath = await fileOf(lines);
    expect(await refusal({ csvPath })).toContain(`${csvPath} ${message}`);
  });

  test("for a file that is not there", async () => {
    const csvPath = join(folder, "missing.csv");
    expect(await refusal({ csvPath })).toBe(
      `${csvPath} does not exist. Name the CSV file of daily listings to replay.`,
    );
  });

  test("for dates that are none, the wrong way round, or not in the file", async () => {
    const csvPath = await fileOf([header, row]);
    expect(await refusal({ csvPath, from: "yesterday" })).toBe(
      `The replay's "from" is "yesterday". Give a date like 2021-02-01.`,
    );
    expect(await refusal({ csvPath, from: "2021-03-02", to: "2021-03-01" })).toBe(
      "The replay is to go from 2021-03-02 to 2021-03-01, which is earlier. Swap the two dates.",
    );
    expect(await refusal({ csvPath, from: "2022-01-01" })).toBe(
      `${csvPath} has no rows from 2022-01-01 to its end. It holds 2021-03-01 to 2021-03-01: choose dates in that range.`,
    );
  });

  test("for two coins that would get the same id", () => {
    expect(() => replayedCoinIds("listings.csv", ["alpha", "beta"], () => 1_000_000_007)).toThrow(
      "listings.csv: the coins alpha and beta would get the same id 1000000007.",
    );
  });
});

test("a coin's id never changes, and is above CoinMarketCap's and within 32 bits", () => {
  expect(replayedCoinId("bitcoin")).toBe(1_442_267_773);
  for (const id of ["bitcoin", "usd-coin", "", "0x"].map(replayedCoinId)) {
    expect(id).toBeGreaterThanOrEqual(1_000_000_000);
    expect(id).toBeLessThan(2_000_000_000);
  }
});

const realHistory = fileURLToPath(
  new URL("../../../../../shared/market/top50_daily_2018_2022.csv", import.meta.url),
);
const missing = existsSync(realHistory)
  ? ""
  : " (skipped: ../shared/market/top50_daily_2018_2022.csv is not here)";

test.skipIf(missing !== "")(`real history is replayed whole, 50 coins a day${missing}`, async () => {
  const market = await replayMarket({ csvPath: realHistory, from: "2021-02-01", to: "2021-05-20" });
  const counts: number[] = [];
  const idOfSlug = new Map<string, number>();
  for (let at: number | null = market.firstAt; at !== null; at = market.nextAt(at)) {
    const { coins } = market.listingAt(at);
    counts.push(coins.length);
    for (const coin of coins) idOfSlug.set(coin.slug, coin.cmcId);
  }
  expect(counts).toEqual(Array.from({ length: 109 }, () => 50));
  expect(new Set(idOfSlug.values()).size).toBe(idOfSlug.size);
  expect(new Date(market.lastAt).toISOString()).toBe("2021-05-20T00:00:00.000Z");
});
