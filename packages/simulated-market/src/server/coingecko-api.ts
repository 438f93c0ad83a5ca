import { dayMs, type HistoryPoint, type Listing, type MarketFeed } from "../market-feed.ts";
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

/** `GET /api/v3/coins/list` of CoinGecko; a coin's id is its slug. */
export function coinsList({ coins }: Listing): JsonAnswer {
  return {
    status: 200,
    body: coins.map(({ slug, symbol, name }) => ({ id: slug, symbol: symbol.toLowerCase(), name })),
  };
}

/** CoinGecko's own limits of a page of prices. */
const defaultPerPage = 100;
const maxPerPage = 250;

/** `GET /api/v3/coins/markets` of CoinGecko over one listing, by market cap; `ids` names the coins, unknown ones give nothing. */
export function coinsMarkets({ at, coins }: Listing, query: URLSearchParams): JsonAnswer {
  const currency = query.get("vs_currency");
  if (currency === null) return coinGeckoError(422, "Missing parameter vs_currency");
  if (currency !== "usd") return coinGeckoError(400, "invalid vs_currency");
  const perPage = Number(query.get("per_page") ?? defaultPerPage);
  const page = Number(query.get("page") ?? 1);
  if (!Number.isInteger(perPage) || perPage < 1 || perPage > maxPerPage) {
    return coinGeckoError(400, `per_page must be a whole number from 1 to ${maxPerPage}`);
  }
  if (!Number.isSafeInteger(page) || page < 1) {
    return coinGeckoError(400, "page must be a whole number from 1");
  }
  const ids = query.get("ids")?.split(",");
  const asked = ids === undefined ? coins : coins.filter(({ slug }) => ids.includes(slug));
  return {
    status: 200,
    body: asked.slice((page - 1) * perPage, page * perPage).map(coin => ({
      id: coin.slug,
      symbol: coin.symbol.toLowerCase(),
      name: coin.name,
      current_price: coin.priceUsd,
      market_cap: coin.marketCapUsd,
      market_cap_rank: coin.rank,
      total_volume: coin.volume24hUsd,
      last_updated: new Date(at).toISOString(),
    })),
  };
}

function coinGeckoError(status: number, error: string): JsonAnswer {
  return { status, body: { error } };
}
