import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { dayMs, hourMs } from "../time.ts";
import type { Sample } from "../types.ts";

/** Real history beside the repository; it is no part of it, so every reader copes with its absence. */
const folder = fileURLToPath(new URL("../../../../../shared/market/", import.meta.url));

export function hasMarketData(): boolean {
  return existsSync(`${folder}daily`);
}

type Row = Readonly<Record<string, string>>;

function readRows(file: string): Row[] {
  const [head = "", ...lines] = readFileSync(`${folder}${file}`, "utf8").trim().split(/\r?\n/);
  const names = head.split(",");
  return lines.map(line => {
    const cells = line.split(",");
    return Object.fromEntries(names.map((name, i) => [name, cells[i] ?? ""]));
  });
}

function number(row: Row, name: string): number {
  return row[name] ? Number(row[name]) : Number.NaN;
}

function positive(value: number): number | null {
  return value > 0 ? value : null;
}

export type DailyHistory = {
  readonly name: string;
  readonly symbol: string;
  readonly samples: readonly Sample[];
};

/** Every file of daily history, in order of name. */
export function readDailyHistories(): DailyHistory[] {
  return readdirSync(`${folder}daily`)
    .filter(name => name.endsWith(".csv"))
    .sort()
    .map(name => {
      const rows = readRows(`daily/${name}`).filter(row => number(row, "close") > 0);
      return {
        name,
        symbol: rows[0]?.symbol ?? name,
        samples: rows.map(row => ({
          at: Date.parse(`${row.date}T00:00:00Z`),
          priceUsd: number(row, "close"),
          volume24hUsd: positive(number(row, "volume")),
          marketCapUsd: positive(number(row, "market_cap")),
          ...(number(row, "high") > 0 ? { highUsd: number(row, "high"), lowUsd: number(row, "low") } : {}),
        })),
      };
    });
}

export type PumpWindow = {
  readonly eventId: string;
  readonly announcedAt: number;
  readonly samples: readonly Sample[];
};

type HourBar = { at: number; high: number; close: number; volume: number };

/** The labelled pumps as hourly bars with rolling 24 h volumes; pairs against BTC are counted at 10,000 USD. */
export function readPumpWindows(): PumpWindow[] {
  const announced = new Map(
    readRows("pumps/events.csv").map(row => [row.event_id ?? "", Date.parse(row.time_utc ?? "")]),
  );
  const bars = new Map<string, Map<number, HourBar>>();
  const add = (row: Row, file: string, usdOfUnit: number, volumeName: string) => {
    const key = `${file}:${row.event_id}`;
    const hours = bars.get(key) ?? new Map<number, HourBar>();
    bars.set(key, hours);
    // A bar is known at its end: that is its time.
    const at = (Math.floor(Date.parse(row.datetime_utc ?? "") / hourMs) + 1) * hourMs;
    const known = hours.get(at) ?? { at, high: 0, close: 0, volume: 0 };
    known.high = Math.max(known.high, number(row, "high") * usdOfUnit);
    known.close = number(row, "close") * usdOfUnit;
    known.volume += (number(row, volumeName) || 0) * usdOfUnit;
    hours.set(at, known);
  };
  for (const row of readRows("pumps/candles_5m_binance_btc.csv")) add(row, "candles", 10_000, "volume_btc");
  for (const row of readRows("pumps/hourly_windows_2017_2018.csv")) add(row, "hourly", 1, "volume_usd");
  return [...bars].flatMap(([key, hours]) => {
    const eventId = key.split(":")[1] ?? "";
    const announcedAt = announced.get(eventId);
    return announcedAt === undefined
      ? []
      : [{ eventId: key, announcedAt, samples: rolling([...hours.values()]) }];
  });
}

function rolling(bars: readonly HourBar[]): Sample[] {
  const ordered = bars.filter(({ close }) => close > 0).sort((a, b) => a.at - b.at);
  return ordered.map(({ at, high, close }) => {
    const ofDay = ordered.filter(bar => bar.at <= at && bar.at > at - dayMs);
    const volume = ofDay.reduce((sum, bar) => sum + bar.volume, 0);
    return {
      at,
      priceUsd: close,
      volume24hUsd: positive(volume),
      marketCapUsd: null,
      ...(high >= close ? { highUsd: high } : {}),
    };
  });
}
