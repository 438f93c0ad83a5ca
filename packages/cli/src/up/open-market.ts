import {
  demoMarket,
  type MarketFeed,
  type MarketServer,
  replayMarket,
  startMarketServer,
} from "@vibe-charting/simulated-market";
import { coinMarketCapKey } from "./coinmarketcap-access.ts";
import type { MarketChoice } from "./market-choice.ts";

/** The market that the stage follows, and what its secret says of it. */
export type OpenMarket = {
  /** The value of the secret `vibe-charting/coinmarketcap`; undefined leaves it without one. */
  readonly secret: string | undefined;
  /** Absent for the real market, whose listings come by themselves. */
  readonly simulated: { readonly feed: MarketFeed; readonly server: MarketServer } | undefined;
};

/** Opens the market: a simulated one is served on this machine in CoinMarketCap's manner. */
export async function openMarket(choice: MarketChoice): Promise<OpenMarket> {
  if (choice.source === "coinmarketcap") {
    const apiKey = coinMarketCapKey();
    return { secret: apiKey && JSON.stringify({ apiKey }), simulated: undefined };
  }
  const feed =
    choice.source === "demo"
      ? demoMarket({ seed: choice.seed, start: choice.start })
      : await replayMarket({ csvPath: choice.data, from: choice.from, to: choice.to });
  const server = await startMarketServer({ feed, host: "127.0.0.1" });
  const secret = { source: choice.source, apiKey: "simulated", baseUrl: server.url, historyUrl: server.url };
  return { secret: JSON.stringify(secret), simulated: { feed, server } };
}
