import axios from "axios";
import { toProviderError } from "../provider-error.ts";
import type { ProviderSettings } from "../provider-settings.ts";
import { withRetries } from "../retry.ts";
import { type ParsedListing, parseListing } from "./parse-listing.ts";

const timeoutMs = 15_000;
const maxBodyBytes = 64 * 1024 * 1024;
/** CoinMarketCap's largest page. */
const pageSize = 5_000;

export type FetchListing = (coins: number, deadlineMs: () => number) => Promise<ParsedListing>;

/** Fetches the top coins by market cap, page after page. `deadlineMs` is the time left for waiting between tries. */
export function listingFetcher({ baseUrl, apiKey }: ProviderSettings): FetchListing {
  const client = axios.create({
    baseURL: baseUrl,
    timeout: timeoutMs,
    maxContentLength: maxBodyBytes,
    headers: { Accept: "application/json", ...(apiKey === null ? {} : { "X-CMC_PRO_API_KEY": apiKey }) },
  });
  const fetchPage = async (start: number, limit: number) => {
    try {
      const { data } = await client.get<unknown>("/v3/cryptocurrency/listings/latest", {
        params: { start, limit, convert: "USD" },
      });
      return parseListing(data);
    } catch (error) {
      throw toProviderError("CoinMarketCap", error);
    }
  };
  return async (coins, deadlineMs) => {
    const pages: ParsedListing[] = [];
    for (let start = 1; start <= coins; start += pageSize) {
      const limit = Math.min(pageSize, coins - start + 1);
      const page = await withRetries(() => fetchPage(start, limit), { deadlineMs });
      pages.push(page);
      if (page.coins.length + page.rejected.length < limit) break;
    }
    return joinPages(pages);
  };
}

/** A coin that moved between pages while they were fetched is taken once. */
function joinPages(pages: readonly ParsedListing[]): ParsedListing {
  const coins = new Map(pages.flatMap(page => page.coins).map(coin => [coin.cmcId, coin]));
  return {
    coins: [...coins.values()],
    rejected: pages.flatMap(page => page.rejected),
    creditCount: pages.reduce((sum, page) => sum + page.creditCount, 0),
  };
}
