import type { ListedCoin, Listing } from "../market-feed.ts";
import type { JsonAnswer } from "./json-answer.ts";

/** CoinMarketCap's own limits of a page. */
const defaultLimit = 100;
const maxLimit = 5_000;

/** How many coins one credit buys. */
const coinsPerCredit = 200;

/** CoinMarketCap's id of the US dollar. */
const usdId = 2781;

/** Parameters that change nothing here: the whole of every coin is always sent, by market cap. */
const acceptedParameters = ["start", "limit", "convert", "aux"];

/** `GET /v3/cryptocurrency/listings/latest` of CoinMarketCap, over one listing. */
export function latestListings(
  listing: Listing,
  apiKey: string | undefined,
  query: URLSearchParams,
): JsonAnswer {
  const timestamp = new Date(listing.at).toISOString();
  if (apiKey === undefined || apiKey.trim() === "") {
    return coinMarketCapError(401, 1002, "API key missing.", timestamp);
  }
  const refuse = (message: string): JsonAnswer => coinMarketCapError(400, 400, message, timestamp);
  for (const name of query.keys()) {
    if (!acceptedParameters.includes(name)) return refuse(`"${name}" is not allowed`);
    if (query.getAll(name).length > 1) return refuse(`"${name}" must be a single value`);
  }
  const start = wholeNumber("start", query.get("start") ?? "1", 1, Number.MAX_SAFE_INTEGER);
  if (typeof start === "string") return refuse(start);
  const limit = wholeNumber("limit", query.get("limit") ?? String(defaultLimit), 1, maxLimit);
  if (typeof limit === "string") return refuse(limit);
  const convert = query.get("convert") ?? "USD";
  if (convert !== "USD") return refuse(`Invalid value for "convert": "${convert}"`);

  const coins = listing.coins.slice(start - 1, start - 1 + limit);
  const totalCapUsd = listing.coins.reduce((sum, coin) => sum + (coin.marketCapUsd ?? 0), 0);
  return {
    status: 200,
    body: {
      status: {
        timestamp,
        error_code: 0,
        error_message: null,
        elapsed: 0,
        credit_count: Math.max(1, Math.ceil(coins.length / coinsPerCredit)),
        notice: null,
        total_count: listing.coins.length,
      },
      data: coins.map(coin => listedCoinBody(coin, timestamp, totalCapUsd)),
    },
  };
}

/** The body that CoinMarketCap sends with an error; the code is its own, of a finer grain than HTTP's. */
export function coinMarketCapError(
  status: number,
  errorCode: number,
  message: string,
  timestamp: string,
): JsonAnswer {
  return {
    status,
    body: {
      status: { timestamp, error_code: errorCode, error_message: message, elapsed: 0, credit_count: 0 },
    },
  };
}

/** The number, or what is wrong with it in CoinMarketCap's words. */
function wholeNumber(name: string, text: string, min: number, max: number): number | string {
  const number = text.trim() === "" ? Number.NaN : Number(text);
  if (Number.isNaN(number)) return `"${name}" must be a number`;
  if (number < min) return `"${name}" must be larger than or equal to ${min}`;
  if (number > max) return `"${name}" must be less than or equal to ${max}`;
  return Number.isInteger(number) ? number : `"${name}" must be an integer`;
}

function listedCoinBody(coin: ListedCoin, lastUpdated: string, totalCapUsd: number) {
  return {
    id: coin.cmcId,
    name: coin.name,
    symbol: coin.symbol,
    slug: coin.slug,
    cmc_rank: coin.rank,
    tags: coin.tags,
    platform: null,
    circulating_supply: coin.circulatingSupply,
    total_supply: coin.circulatingSupply,
    max_supply: null,
    infinite_supply: false,
    is_active: 1,
    is_fiat: 0,
    last_updated: lastUpdated,
    quote: [
      {
        id: usdId,
        symbol: "USD",
        price: coin.priceUsd,
        volume_24h: coin.volume24hUsd,
        percent_change_1h: coin.percentChange1h,
        percent_change_24h: coin.percentChange24h,
        percent_change_7d: coin.percentChange7d,
        percent_change_30d: coin.percentChange30d,
        percent_change_60d: coin.percentChange60d,
        percent_change_90d: coin.percentChange90d,
        market_cap: coin.marketCapUsd,
        market_cap_dominance:
          coin.marketCapUsd === null || totalCapUsd === 0 ? null : (100 * coin.marketCapUsd) / totalCapUsd,
        last_updated: lastUpdated,
      },
    ],
  };
}
