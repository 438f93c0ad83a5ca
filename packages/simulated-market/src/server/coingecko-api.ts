import { dayMs, type HistoryPoint, type MarketFeed } from "../market-feed.ts";
import type { JsonAnswer } from "./json-answer.ts";

/** CoinGecko gives every hour up to this many days, and then one value a day. */
const hourlyUpToDays = 90;

/** As far back as CoinGecko goes without a paid plan. */
const maxDays = 365;

/** `GET /api/v3/coins/{slug}/market_chart` of CoinGecko, up to `now`. */
export function marketChart(feed: MarketFeed, slug: string, now: number, query: URLSearchParams): JsonAnswer {
  const currency = query.get("vs_currency");
  if (currency === null) return coinGeckoError(422, "Missing parameter vs_currency");
  if (currency !== "usd") return coinGeckoError(400, "invalid vs_currency");
  const text = query.get("days");
  if (text === null) return coinGeckoError(422, "Missing parameter days");
  const days = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(days >= 1 && days <= maxDays)) {
    return coinGeckoError(400, `days must be a whole number from 1 to ${maxDays}`);
  }
  const history = feed.historyOf(slug, now - days * dayMs, now);
  if (history === null) return coinGeckoError(404, "coin not found");
  const points =
    days <= hourlyUpToDays ? history : history.filter(point => point.at % dayMs === 0 || point.at === now);
  const series = (read: (point: HistoryPoint) => number | null) =>
    points.map(point => [point.at, read(point)]);
  return {
    status: 200,
    body: {
      prices: series(point => point.priceUsd),
      market_caps: series(point => point.marketCapUsd),
      total_volumes: series(point => point.volume24hUsd),
    },
  };
}

function coinGeckoError(status: number, error: string): JsonAnswer {
  return { status, body: { error } };
}
