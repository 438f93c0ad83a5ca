import type { MarketResponse } from "@vibe-charting/contracts";
import { useId } from "react";
import { Change } from "../coin/change.tsx";
import { CoinLink } from "../coin/coin-link.tsx";
import { price } from "../format/numbers.ts";

export function Movers({ title, coins }: { title: string; coins: MarketResponse["coins"] }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      <ol className="movers">
        {coins.map(({ cmcId, symbol, name, price: usd, changePct }) => (
          <li key={cmcId}>
            <CoinLink coin={{ cmcId, symbol, name }} />
            <span className="number">{price(usd)}</span>
            <Change percent={changePct} />
          </li>
        ))}
      </ol>
    </section>
  );
}
