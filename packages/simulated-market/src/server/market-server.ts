import { createServer, type IncomingMessage } from "node:http";
import type { Listing, MarketFeed } from "../market-feed.ts";
import { coinsList, coinsMarkets, marketChart } from "./coingecko-api.ts";
import { coinMarketCapError, latestListings } from "./coinmarketcap-api.ts";
import type { JsonAnswer } from "./json-answer.ts";

export type MarketServer = {
  /** The base of every path, without a slash at its end. */
  readonly url: string;
  /** The market's current observation time. */
  now(): number;
  /**
   * Moves the market to its newest observation at or before `at`, and returns the time of that. Throws a RangeError
   * for a time that the market does not have.
   */
  advanceTo(at: number): number;
  /** Ends at once, open connections too. */
  stop(): Promise<void>;
};

export type MarketServerOptions = {
  readonly feed: MarketFeed;
  /** A free one where absent. */
  readonly port?: number | undefined;
  readonly host: "127.0.0.1";
};

/** Serves a market as CoinMarketCap serves its listing and CoinGecko its coins and their history; it opens at `feed.startAt`. */
export async function startMarketServer({
  feed,
  port = 0,
  host,
}: MarketServerOptions): Promise<MarketServer> {
  let listing = feed.listingAt(feed.startAt);
  const server = createServer((request, response) => {
    const { status, body } = answer(feed, listing, request);
    response.writeHead(status, { "content-type": "application/json; charset=utf-8" });
    response.end(JSON.stringify(body));
    // Nothing that is served takes a body; what a client sends all the same is let through unread.
    request.resume();
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string")
    throw new Error("The market server listens on no port");

  return {
    url: `http://${host}:${address.port}`,
    now: () => listing.at,
    advanceTo: at => {
      if (!Number.isFinite(at)) throw new RangeError(`The market cannot move to ${at}: that is no time`);
      if (feed.lastAt !== null && at > feed.lastAt) {
        throw new RangeError(
          `The market ends at ${new Date(feed.lastAt).toISOString()}: it cannot move to ${new Date(at).toISOString()}`,
        );
      }
      listing = feed.listingAt(at);
      return listing.at;
    },
    stop: () =>
      new Promise<void>((resolve, reject) => {
        server.close(error => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
}

const listingsPath = "/v3/cryptocurrency/listings/latest";
const coinsListPath = "/api/v3/coins/list";
const coinsMarketsPath = "/api/v3/coins/markets";
const marketChartPath = /^\/api\/v3\/coins\/([^/]+)\/market_chart$/;

function answer(feed: MarketFeed, listing: Listing, request: IncomingMessage): JsonAnswer {
  const timestamp = new Date(listing.at).toISOString();
  // The base only completes the URL; a target that is no URL at all gets the answer for an unknown path.
  const url = URL.parse(request.url ?? "", "http://market");
  const slug = url === null ? undefined : marketChartPath.exec(url.pathname)?.[1];
  const paths = [listingsPath, coinsListPath, coinsMarketsPath];
  if (url === null || (!paths.includes(url.pathname) && slug === undefined)) {
    return coinMarketCapError(404, 404, "Not Found", timestamp);
  }
  if (request.method !== "GET") return coinMarketCapError(405, 405, "Method Not Allowed", timestamp);
  if (slug !== undefined) return marketChart(feed, slug, listing.at, url.searchParams);
  if (url.pathname === coinsListPath) return coinsList(listing);
  if (url.pathname === coinsMarketsPath) return coinsMarkets(listing, url.searchParams);
  const apiKey = request.headers["x-cmc_pro_api_key"];
  return latestListings(listing, Array.isArray(apiKey) ? apiKey[0] : apiKey, url.searchParams);
}
