import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readHistories, readTime } from "./history-csv.ts";

async function fileOf(text: string): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), "history-")), "prices.csv");
  await writeFile(path, text);
  return path;
}

const header = "symbol,date,open,high,low,close,volume,market_cap\n";
const at = (day: number) => Date.UTC(2024, 0, day);

it("groups unordered rows by symbol and says what it left out", async () => {
  const file = await fileOf(
    `\ufeff${header}B,2024-01-02,,,,2,10,\r\nA,2024-01-02,,,,1.5,,0\r\nA,2024-01-01,1,2,0.5,1,100,1000\r\nA,2024-01-01,,,,1,100,1000\r\nA,2024-01-03,,,,0,1,1\r\nA,soon,,,,1,1,1\r\nA,2024-01-04,,,,n/a,1,1\r\n`,
  );
  const histories = await readHistories([file], Number.POSITIVE_INFINITY);
  expect(histories.map(({ symbol, samples }) => ({ symbol, samples }))).toEqual([
    { symbol: "B", samples: [{ at: at(2), priceUsd: 2, volume24hUsd: 10, marketCapUsd: null }] },
    {
      symbol: "A",
      samples: [
        { at: at(1), priceUsd: 1, volume24hUsd: 100, marketCapUsd: 1000 },
        { at: at(2), priceUsd: 1.5, volume24hUsd: null, marketCapUsd: null },
      ],
    },
  ]);
  expect(histories[1]?.leftOut).toEqual([
    { reason: "duplicate_time", count: 1 },
    { reason: "non_positive_price", count: 1 },
    { reason: "invalid_time", count: 1 },
    { reason: "missing_price", count: 1 },
  ]);
});

it("reads no row later than asked", async () => {
  const file = await fileOf(`${header}A,2024-01-01,,,,1,,\nA,2024-01-02,,,,2,,\n`);
  const [history] = await readHistories([file], at(1));
  expect(history?.samples.map(({ priceUsd }) => priceUsd)).toEqual([1]);
});

it("names the file, and what to do, when it cannot be used", async () => {
  const noPrices = await fileOf("symbol,date\nA,2024-01-01\n");
  await expect(readHistories([noPrices], 0)).rejects.toThrow(
    `${noPrices} lacks the column close; expected symbol,date,open,high,low,close,volume,market_cap.`,
  );
  const empty = await fileOf(header);
  await expect(readHistories([empty], 0)).rejects.toThrow(`${empty} has no rows`);
  await expect(readHistories(["/no/such.csv"], 0)).rejects.toThrow(
    "Cannot read /no/such.csv; check the path given to --input.",
  );
});

it("reads dates and times as UTC unless they name a zone", () => {
  const texts = [
    "2024-01-02",
    "2024-01-02 00:00",
    "2024-01-02T00:00:00Z",
    "2024-01-02T01:00:00+01:00",
    "tomorrow",
  ];
  expect(texts.map(readTime)).toEqual([at(2), at(2), at(2), at(2), Number.NaN]);
});
