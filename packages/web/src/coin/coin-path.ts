import { useLiveMarket } from "../live/live-market.tsx";

type Named = { readonly cmcId: number; readonly symbol: string };

/**
 * The path of a coin's page. A symbol means the highest-ranked coin that bears it, and digits mean an id: a coin that
 * its symbol does not lead to is addressed by its CoinMarketCap id.
 */
export function coinPath(
  { cmcId, symbol }: Named,
  coinBySymbol: ReadonlyMap<string, number>,
  episodeId?: string,
): string {
  const meant = coinBySymbol.get(symbol.toUpperCase()) ?? cmcId;
  const address = meant === cmcId && !/^\d+$/.test(symbol) ? symbol : String(cmcId);
  const query = episodeId === undefined ? "" : `?signal=${encodeURIComponent(episodeId)}`;
  return `/coins/${encodeURIComponent(address)}${query}`;
}

/** Gives the path of a coin's page, with a signal on its chart where one is named. */
export function useCoinPath(): (coin: Named, episodeId?: string) => string {
  const { coinBySymbol } = useLiveMarket();
  return (coin, episodeId) => coinPath(coin, coinBySymbol, episodeId);
}
