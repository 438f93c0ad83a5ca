import type { CoinFacts } from "./coin-facts.ts";

/** A coin's symbol, with its name where several coins bear the symbol. */
export function nameOf(coin: CoinFacts): string {
  return coin.namesakes > 0 ? `${coin.symbol} (${coin.name})` : coin.symbol;
}

/** Said where several coins bear the symbol that a question names. */
export function describeNamesakes(coin: CoinFacts): string {
  if (coin.namesakes === 0) return "";
  const others = coin.namesakes === 1 ? "another coin bears" : `${coin.namesakes} other coins bear`;
  return `${coin.symbol} is taken for ${coin.name}, the highest-ranked; ${others} this symbol too.`;
}
