import type { QueryResult } from "@vibe-charting/contracts";
import { useId } from "react";
import { Link } from "wouter";
import { Change } from "../coin/change.tsx";
import { price } from "../format/numbers.ts";

export function Movers({ title, coins }: { title: string; coins: readonly QueryResult[] }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      <ol className="movers">
        {coins.map(({ cmcId, symbol, name, price: usd, changePct }) => (
          <li key={cmcId}>
            <Link href={`/coins/${encodeURIComponent(symbol)}`}>
              <span className="symbol">{symbol}</span> <span className="name">{name}</span>
            </Link>
            <span className="number">{price(usd)}</span>
            <Change percent={changePct} />
          </li>
        ))}
      </ol>
    </section>
  );
}
