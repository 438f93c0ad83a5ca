import { Link } from "wouter";
import { useCoinPath } from "./coin-path.ts";

/** A coin by its symbol and name, leading to its page. */
export function CoinLink({
  coin,
  signal,
}: {
  coin: { readonly cmcId: number; readonly symbol: string; readonly name: string };
  /** The episode that the page shall show. */
  signal?: string;
}) {
  const coinPath = useCoinPath();
  return (
    <Link className="coin-link" href={coinPath(coin, signal)}>
      <span className="symbol">{coin.symbol}</span> <span className="name">{coin.name}</span>
    </Link>
  );
}
