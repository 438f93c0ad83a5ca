import { Link } from "wouter";
import { useLiveMarket } from "../live/live-market.tsx";

/**
 * A coin by its symbol and name, leading to its page. The API finds coins by symbol, and means the highest-ranked that
 * bears it: another one that shares the symbol has no page to lead to.
 */
export function CoinLink({
  coin: { cmcId, symbol, name },
  signal,
}: {
  coin: { readonly cmcId: number; readonly symbol: string; readonly name: string };
  /** The episode that the page shall show. */
  signal?: string;
}) {
  const meant = useLiveMarket().coinBySymbol.get(symbol);
  const words = (
    <>
      <span className="symbol">{symbol}</span> <span className="name">{name}</span>
    </>
  );
  if (meant !== undefined && meant !== cmcId) return <span>{words}</span>;
  const query = signal === undefined ? "" : `?signal=${encodeURIComponent(signal)}`;
  return (
    <Link className="coin-link" href={`/coins/${encodeURIComponent(symbol)}${query}`}>
      {words}
    </Link>
  );
}
