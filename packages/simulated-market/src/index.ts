export { type DemoMarket, demoMarket } from "./demo/demo-market.ts";
export type { ScriptedEvent } from "./demo/scripted-events.ts";
export type { HistoryPoint, ListedCoin, Listing, MarketFeed } from "./market-feed.ts";
export { ReplayDataError } from "./replay/replay-data-error.ts";
export { type ReplayMarket, type ReplayOptions, replayMarket } from "./replay/replay-market.ts";
export { type MarketServer, type MarketServerOptions, startMarketServer } from "./server/market-server.ts";
