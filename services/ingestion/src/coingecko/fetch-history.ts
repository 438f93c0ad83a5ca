import { z } from "zod";
import type { ProviderClient } from "../provider-client.ts";
import { ProviderError } from "../provider-error.ts";
import type { RetryOptions } from "../retry.ts";

/** As in a listing: prices and amounts beyond these are a provider's glitch, not a market. */
const absurdPriceUsd = 1e12;
const absurdUsd = 1e18;
const dayMs = 24 * 60 * 60 * 1_000;
/** CoinGecko gives every hour up to this many days, and one value a day beyond. */
export const hourlyUpToDays = 90;

const Points = z.array(z.unknown());
const MarketChart = z.object({ prices: Points, market_caps: Points, total_volumes: Points });

export type PastPrice = {
  readonly observedAt: Date;
  readonly priceUsd: number;
  readonly volume24hUsd: number | null;
  readonly marketCapUsd: number | null;
};

type History = {
  /** Oldest first. */
  readonly prices: readonly PastPrice[];
  /** How many points were left out, by the reason. */
  readonly skipped: Readonly<Record<string, number>>;
};

/** Fetches a coin's past prices from CoinGecko's `market_chart`: hourly up to 90 days, daily beyond. */
export async function fetchHistory(
  ask: ProviderClient,
  coinId: string,
  days: number,
  time: RetryOptions,
): Promise<History> {
  const path = `/api/v3/coins/${encodeURIComponent(coinId)}/market_chart`;
  return await ask(path, { vs_currency: "usd", days }, body => parseMarketChart(body, days), time);
}

/**
 * Joins the three series by time. Points without a usable price are left out, and so are points further from the
 * middle one than the `days` that were asked for.
 */
export function parseMarketChart(body: unknown, days: number): History {
  const chart = MarketChart.safeParse(body);
  if (!chart.success) {
    throw new ProviderError(`CoinGecko's answer is not a market chart: ${z.prettifyError(chart.error)}`, {
      kind: "retry",
      waitMs: null,
    });
  }
  const volumes = valuesByTime(chart.data.total_volumes);
  const marketCaps = valuesByTime(chart.data.market_caps);
  const skipped: Record<string, number> = {};
  const usable = new Map<number, number>();
  for (const point of chart.data.prices) {
    const read = readPoint(point);
    const reason = read === null ? "no point of time and price" : problemOf(read.value, usable.has(read.at));
    if (reason !== null) skipped[reason] = (skipped[reason] ?? 0) + 1;
    if (read !== null && isPrice(read.value)) usable.set(read.at, read.value);
  }
  const times = [...usable.keys()].sort((a, b) => a - b);
  const middle = times[Math.floor(times.length / 2)] ?? 0;
  const near = times.filter(at => Math.abs(at - middle) <= (days + 1) * dayMs);
  if (near.length < times.length) skipped["far from the days asked for"] = times.length - near.length;
  const prices = near.map(at => ({
    observedAt: new Date(at),
    priceUsd: usable.get(at) ?? Number.NaN,
    volume24hUsd: amountOrNull(volumes.get(at)),
    marketCapUsd: amountOrNull(marketCaps.get(at)),
  }));
  return { prices, skipped };
}

type Point = { readonly at: number; readonly value: unknown };

/** A point is a pair of a time in ms and a value. */
function readPoint(point: unknown): Point | null {
  if (!Array.isArray(point)) return null;
  const [at, value]: readonly unknown[] = point;
  return typeof at === "number" && at > 0 && Number.isFinite(at) ? { at, value } : null;
}

function problemOf(value: unknown, isThere: boolean): string | null {
  if (!isPrice(value)) return "no usable price";
  return isThere ? "a time that is there twice: the last one counts" : null;
}

function isPrice(value: unknown): value is number {
  return typeof value === "number" && value > 0 && value < absurdPriceUsd;
}

function valuesByTime(points: readonly unknown[]): ReadonlyMap<number, unknown> {
  return new Map(
    points.flatMap(point => {
      const read = readPoint(point);
      return read === null ? [] : [[read.at, read.value] as const];
    }),
  );
}

function amountOrNull(value: unknown): number | null {
  return typeof value === "number" && value > 0 && value < absurdUsd ? value : null;
}
