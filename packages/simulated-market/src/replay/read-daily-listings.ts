import { readFile } from "node:fs/promises";
import { parse } from "csv-parse/sync";
import { dayMs } from "../market-feed.ts";
import { ReplayDataError } from "./replay-data-error.ts";

/** One coin on one day, as the file has it. */
export type DailyRow = {
  /** 00:00 UTC of the row's date. */
  readonly at: number;
  readonly rank: number;
  readonly symbol: string;
  readonly coingeckoId: string;
  readonly priceUsd: number;
  readonly volume24hUsd: number | null;
  readonly marketCapUsd: number | null;
  readonly kind: RowKind;
};

export type RowKind = (typeof rowKinds)[number];
const rowKinds = ["native", "stable", "wrapped_or_staked"] as const;

const columns = [
  "date",
  "rank",
  "symbol",
  "coingecko_id",
  "price",
  "volume_24h",
  "market_cap",
  "kind",
] as const;
type Column = (typeof columns)[number];

/** The rows of each day, days and ranks ascending. Throws a ReplayDataError for a file that is not such a history. */
export async function readDailyListings(csvPath: string): Promise<ReadonlyMap<number, readonly DailyRow[]>> {
  const days = new Map<number, DailyRow[]>();
  const lineOfRow = new Map<string, number>();
  const [header, ...rows] = await readRecords(csvPath);
  if (header === undefined) {
    throw new ReplayDataError(`${csvPath} is empty. Its first line must be: ${columns.join(",")}`);
  }
  checkHeader(csvPath, header.record);
  for (const { record, info } of rows) {
    const line = info.lines;
    const row = parseRow(csvPath, line, record);
    const key = `${record[0]} ${row.coingeckoId}`;
    const earlierLine = lineOfRow.get(key);
    if (earlierLine !== undefined) {
      throw new ReplayDataError(
        `${csvPath} line ${line}: ${row.coingeckoId} is already on line ${earlierLine} for ${record[0]}. ` +
          "Remove one of the two rows: a coin has one row a day.",
      );
    }
    lineOfRow.set(key, line);
    const day = days.get(row.at);
    if (day === undefined) days.set(row.at, [row]);
    else day.push(row);
  }
  const ascending = [...days].sort(([a], [b]) => a - b);
  for (const [, day] of ascending) day.sort((a, b) => a.rank - b.rank);
  return new Map(ascending);
}

type CsvRecord = { readonly record: readonly string[]; readonly info: { readonly lines: number } };

async function readRecords(csvPath: string): Promise<readonly CsvRecord[]> {
  try {
    const text = await readFile(csvPath, "utf8");
    const records = parse(text, {
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    });
    // The types of csv-parse do not say that with `info` each record comes beside its position.
    return records as unknown as readonly CsvRecord[];
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") {
      const problem = "does not exist. Name the CSV file of daily listings to replay.";
      throw new ReplayDataError(`${csvPath} ${problem}`, { cause });
    }
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ReplayDataError(
      `${csvPath} cannot be read as CSV: ${reason}. Give a readable file with the columns ${columns.join(",")}.`,
      { cause },
    );
  }
}

function checkHeader(csvPath: string, header: readonly string[]): void {
  if (header.length === columns.length && columns.every((column, index) => header[index] === column)) return;
  throw new ReplayDataError(
    `${csvPath} line 1: the columns are ${header.join(",")}. They must be exactly: ${columns.join(",")}`,
  );
}

function parseRow(csvPath: string, line: number, record: readonly string[]): DailyRow {
  const refuse = (problem: string): ReplayDataError =>
    new ReplayDataError(`${csvPath} line ${line}: ${problem}. Correct or remove that line.`);
  if (record.length !== columns.length) {
    throw refuse(`${record.length} values instead of the ${columns.length} of ${columns.join(",")}`);
  }
  const value = (column: Column): string => record[columns.indexOf(column)] ?? "";
  const text = (column: Column): string => {
    if (value(column) === "") throw refuse(`${column} is empty`);
    return value(column);
  };
  const amount = (column: Column): number => {
    const number = Number(text(column));
    if (!Number.isFinite(number) || number < 0)
      throw refuse(`${column} "${value(column)}" is not an amount in USD`);
    return number;
  };
  const optionalAmount = (column: Column): number | null => (value(column) === "" ? null : amount(column));

  const at = parseDay(text("date"));
  if (at === null) throw refuse(`date "${value("date")}" is not a date like 2021-02-01`);
  const rank = Number(text("rank"));
  if (!Number.isInteger(rank) || rank < 1)
    throw refuse(`rank "${value("rank")}" is not a whole number from 1`);
  const priceUsd = amount("price");
  if (priceUsd === 0) throw refuse("price is 0");
  const kind = rowKinds.find(known => known === text("kind"));
  if (kind === undefined) throw refuse(`kind "${value("kind")}" is none of ${rowKinds.join(", ")}`);
  return {
    at,
    rank,
    symbol: text("symbol"),
    coingeckoId: text("coingecko_id"),
    priceUsd,
    volume24hUsd: optionalAmount("volume_24h"),
    marketCapUsd: optionalAmount("market_cap"),
    kind,
  };
}

/** 00:00 UTC of a `YYYY-MM-DD` that is in the calendar; null for anything else. */
export function parseDay(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const at = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(at) || at % dayMs !== 0 || formatDay(at) !== text ? null : at;
}

export function formatDay(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
