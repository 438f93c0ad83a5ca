import { readFile } from "node:fs/promises";
import { CoinKind } from "@vibe-charting/contracts";
import {
  inferCoinKind,
  type LeftOut,
  type RawSample,
  type Sample,
  sanitizeSeries,
} from "@vibe-charting/market";
import { parse } from "csv-parse/sync";

/** One coin's history as the files gave it, cleaned. */
export type CoinHistory = {
  /** A number of its own for the coin, by its place in the input; files have no identities but symbols. */
  readonly id: number;
  readonly symbol: string;
  readonly kind: CoinKind;
  readonly samples: readonly Sample[];
  readonly leftOut: readonly LeftOut[];
};

type Row = Readonly<Record<string, string | undefined>>;

/** Names that a column goes by, the documented one first; the second is that of a listing's snapshot. */
const columns = {
  symbol: ["symbol"],
  date: ["date", "timestamp"],
  close: ["close", "price"],
  volume: ["volume", "volume_24h"],
  marketCap: ["market_cap"],
} as const;

/** Reads histories, in order of each symbol's first row; rows of one symbol may be spread over the files. */
export async function readHistories(
  files: readonly string[],
  until: number,
): Promise<readonly CoinHistory[]> {
  const rowsOf = new Map<string, { raw: RawSample[]; kind: string | undefined }>();
  for (const file of files) {
    for (const row of await readRows(file)) {
      const symbol = cell(row, columns.symbol)?.trim();
      if (!symbol) throw new Error(`${file} has a row without a symbol; every row needs one.`);
      const known = rowsOf.get(symbol) ?? { raw: [], kind: row.kind };
      rowsOf.set(symbol, known);
      const sample = toRawSample(row);
      if (!(sample.at > until)) known.raw.push(sample);
    }
  }
  return [...rowsOf].map(([symbol, { raw, kind }], index) => {
    const { samples, leftOut } = sanitizeSeries(raw);
    const given = CoinKind.safeParse(kind);
    return {
      id: index + 1,
      symbol,
      kind: given.success ? given.data : inferCoinKind(symbol, samples),
      samples,
      leftOut,
    };
  });
}

async function readRows(file: string): Promise<readonly Row[]> {
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new Error(`Cannot read ${file}; check the path given to --input.`, { cause });
  });
  let rows: Row[];
  try {
    rows = parse(text, {
      bom: true,
      columns: (header: string[]) => header.map(name => name.trim().toLowerCase()),
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${file} is no CSV file: ${reason}`, { cause });
  }
  const first = rows[0];
  if (first === undefined) throw new Error(`${file} has no rows; expected a header and rows below it.`);
  const missing = (["symbol", "date", "close"] as const).filter(
    name => !columns[name].some(column => column in first),
  );
  if (missing.length > 0) {
    throw new Error(
      `${file} lacks the column${missing.length > 1 ? "s" : ""} ${missing.join(", ")}; expected symbol,date,open,high,low,close,volume,market_cap.`,
    );
  }
  return rows;
}

function toRawSample(row: Row): RawSample {
  return {
    at: readTime(cell(row, columns.date) ?? ""),
    priceUsd: readNumber(cell(row, columns.close)),
    volume24hUsd: readNumber(cell(row, columns.volume)),
    marketCapUsd: readNumber(cell(row, columns.marketCap)),
    openUsd: readNumber(row.open),
    highUsd: readNumber(row.high),
    lowUsd: readNumber(row.low),
  };
}

function cell(row: Row, names: readonly string[]): string | undefined {
  for (const name of names) if (row[name] !== undefined) return row[name];
  return undefined;
}

function readNumber(text: string | undefined): number | null {
  return text === undefined || text === "" ? null : Number(text);
}

/** A date means 00:00 UTC, and a time without a zone is UTC; NaN when it is neither. */
export function readTime(text: string): number {
  const trimmed = text.trim();
  if (/^\d{4}-\d{2}-\d{2}$/.test(trimmed)) return Date.parse(`${trimmed}T00:00:00Z`);
  const match =
    /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s*(Z|UTC|[+-]\d{2}:?\d{2})?$/i.exec(trimmed);
  if (!match) return Number.NaN;
  const zone = match[3] === undefined || match[3].toUpperCase() === "UTC" ? "Z" : match[3].toUpperCase();
  return Date.parse(`${match[1]}T${match[2]}${zone}`);
}
