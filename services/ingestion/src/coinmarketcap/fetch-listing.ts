import { callPace } from "../call-pace.ts";
import { providerClient } from "../provider-client.ts";
import type { ProviderSettings } from "../provider-settings.ts";
import type { RetryOptions } from "../retry.ts";
import { readRefusal } from "./error-codes.ts";
import { type ParsedListing, parseListing, type RejectedCoin } from "./parse-listing.ts";

/** CoinMarketCap's largest page. */
const pageSize = 5_000;

type ListingOptions = RetryOptions & {
  /** Told of the credits that each page cost, so that a run that fails later knows them too. */
  readonly onCredits?: (credits: number) => void;
};

export type FetchListing = (coins: number, options: ListingOptions) => Promise<ParsedListing>;

/** Fetches the top coins by market cap, page after page. */
export function listingFetcher({ baseUrl, apiKey }: ProviderSettings): FetchListing {
  const ask = providerClient({
    provider: "CoinMarketCap",
    baseUrl,
    headers: apiKey === null ? {} : { "X-CMC_PRO_API_KEY": apiKey },
    // A listing is two requests at most, far below every plan's limit.
    pace: callPace(null),
    readRefusal,
  });
  return async (coins, options) => {
    const pages: ParsedListing[] = [];
    for (let start = 1; start <= coins; start += pageSize) {
      const limit = Math.min(pageSize, coins - start + 1);
      const parameters = { start, limit, convert: "USD" };
      const page = await ask(
        "/v3/cryptocurrency/listings/latest",
        parameters,
        body => parseListing(body, start),
        options,
      );
      options.onCredits?.(page.creditCount);
      pages.push(page);
      if (page.coins.length + page.rejected.length < limit) break;
    }
    return joinPages(pages);
  };
}

/** A coin that moved between pages while they were fetched is taken once, as the first page has it. */
function joinPages(pages: readonly ParsedListing[]): ParsedListing {
  const coins = new Map<number, ParsedListing["coins"][number]>();
  const rejected: RejectedCoin[] = [];
  for (const page of pages) {
    rejected.push(...page.rejected);
    for (const coin of page.coins) {
      if (!coins.has(coin.cmcId)) coins.set(coin.cmcId, coin);
      else {
        const reason = `the id ${coin.cmcId} is on two pages: it moved between them`;
        rejected.push({ position: coin.rank, symbol: coin.symbol, reason });
      }
    }
  }
  return {
    coins: [...coins.values()],
    rejected,
    creditCount: pages.reduce((sum, page) => sum + page.creditCount, 0),
  };
}
