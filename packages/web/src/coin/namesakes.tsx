import type { TrendsResponse } from "@vibe-charting/contracts";
import { Link } from "wouter";
import { useCoinPath } from "./coin-path.ts";

/** That other coins bear this coin's symbol, with the way to each: one must not be taken for the other. */
export function Namesakes({ coin }: { coin: TrendsResponse }) {
  const coinPath = useCoinPath();
  const { symbol, otherCoinsWithThisSymbol: others } = coin;
  if (others.length === 0) return null;
  return (
    <p className="note namesakes">
      {others.length === 1 ? "Another coin bears" : `${others.length} other coins bear`} the symbol {symbol}{" "}
      too:{" "}
      {others.map(({ cmcId, name, rank }, place) => (
        <span key={cmcId}>
          {place > 0 && ", "}
          <Link href={coinPath({ cmcId, symbol })}>{name}</Link>{" "}
          {rank === null ? "(no longer listed)" : `(rank ${rank})`}
        </span>
      ))}
      . A question that names {symbol} means the highest-ranked one.
    </p>
  );
}
