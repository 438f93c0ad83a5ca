import { dayMs, type HistoryPoint, type ListedCoin, type Listing, type MarketFeed } from "../market-feed.ts";
import {
  type DailyRow,
  formatDay,
  parseDay,
  type RowKind,
  readDailyListings,
} from "./read-daily-listings.ts";
import { ReplayDataError } from "./replay-data-error.ts";
import { replayedCoinIds } from "./replayed-coin-id.ts";

export type ReplayMarket = MarketFeed & { readonly source: "replay"; readonly lastAt: number };

export type ReplayOptions = {
  readonly csvPath: string;
  /** The first and the last day, `YYYY-MM-DD`, both included; the file's own where absent. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
};

const tagsOfKind: Readonly<Record<RowKind, readonly string[]>> = {
  native: [],
  stable: ["stablecoin"],
  wrapped_or_staked: ["wrapped-tokens"],
};

/**
 * Plays real daily listings: each day's rows are a listing observed at 00:00 UTC of that date. It starts empty at
 * `from`; what the file has before only serves the changes in per cent, as a real listing of that day had them.
 */
export async function replayMarket({ csvPath, from, to }: ReplayOptions): Promise<ReplayMarket> {
  const fromAt = from === undefined ? Number.NEGATIVE_INFINITY : requireDay("from", from);
  const toAt = to === undefined ? Number.POSITIVE_INFINITY : requireDay("to", to);
  if (fromAt > toAt) {
    throw new ReplayDataError(
      `The replay is to go from ${from} to ${to}, which is earlier. Swap the two dates.`,
    );
  }
  const days = await readDailyListings(csvPath);
  const ids = replayedCoinIds(csvPath, coinsOf(days));
  const times = [...days.keys()].filter(at => at >= fromAt && at <= toAt);
  const firstAt = times[0];
  const lastAt = times.at(-1);
  if (firstAt === undefined || lastAt === undefined) throw noRows(csvPath, days, from, to);

  const rowsOfCoin = new Map<string, Map<number, DailyRow>>();
  for (const row of [...days.values()].flat()) {
    const rows = rowsOfCoin.get(row.coingeckoId) ?? new Map<number, DailyRow>();
    rows.set(row.at, row);
    rowsOfCoin.set(row.coingeckoId, rows);
  }

  const listedCoin = (row: DailyRow): ListedCoin => {
    const changeSince = (daysAgo: number): number | null => {
      const before = rowsOfCoin.get(row.coingeckoId)?.get(row.at - daysAgo * dayMs);
      return before === undefined ? null : (row.priceUsd / before.priceUsd - 1) * 100;
    };
    const cmcId = ids.get(row.coingeckoId);
    if (cmcId === undefined) throw new Error(`No id was given to ${row.coingeckoId}`);
    return {
      cmcId,
      symbol: row.symbol,
      slug: row.coingeckoId,
      name: titleCase(row.coingeckoId),
      rank: row.rank,
      tags: tagsOfKind[row.kind],
      priceUsd: row.priceUsd,
      volume24hUsd: row.volume24hUsd,
      marketCapUsd: row.marketCapUsd,
      circulatingSupply: row.marketCapUsd === null ? null : row.marketCapUsd / row.priceUsd,
      percentChange1h: null,
      percentChange24h: changeSince(1),
      percentChange7d: changeSince(7),
      percentChange30d: changeSince(30),
      percentChange60d: changeSince(60),
      percentChange90d: changeSince(90),
    };
  };

  return {
    source: "replay",
    intervalMs: dayMs,
    firstAt,
    startAt: firstAt,
    lastAt,
    nextAt: at => times.find(time => time > at) ?? null,
    listingAt: (at): Listing => {
      const day = times.findLast(time => time <= at);
      if (day === undefined) {
        throw new RangeError(
          `The replay begins at ${new Date(firstAt).toISOString()}, after the time asked for`,
        );
      }
      return { at: day, coins: (days.get(day) ?? []).map(listedCoin) };
    },
    historyOf: (slug, historyFrom, historyTo): readonly HistoryPoint[] | null => {
      const rows = rowsOfCoin.get(slug);
      if (rows === undefined) return null;
      return times.flatMap(at => {
        const row = at >= historyFrom && at <= historyTo ? rows.get(at) : undefined;
        if (row === undefined) return [];
        const { priceUsd, volume24hUsd, marketCapUsd } = row;
        return [{ at, priceUsd, volume24hUsd, marketCapUsd }];
      });
    },
  };
}

function requireDay(name: string, text: string): number {
  const at = parseDay(text);
  if (at === null) {
    throw new ReplayDataError(`The replay's "${name}" is "${text}". Give a date like 2021-02-01.`);
  }
  return at;
}

function* coinsOf(days: ReadonlyMap<number, readonly DailyRow[]>): Generator<string> {
  for (const rows of days.values()) for (const row of rows) yield row.coingeckoId;
}

function noRows(
  csvPath: string,
  days: ReadonlyMap<number, readonly DailyRow[]>,
  from: string | undefined,
  to: string | undefined,
): ReplayDataError {
  const [first, last] = [[...days.keys()][0], [...days.keys()].at(-1)];
  if (first === undefined || last === undefined) {
    return new ReplayDataError(`${csvPath} has a header and no rows. Give a file with at least one day.`);
  }
  return new ReplayDataError(
    `${csvPath} has no rows from ${from ?? "its start"} to ${to ?? "its end"}. ` +
      `It holds ${formatDay(first)} to ${formatDay(last)}: choose dates in that range.`,
  );
}

function titleCase(slug: string): string {
  return slug
    .split("-")
    .map(word => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join(" ");
}
