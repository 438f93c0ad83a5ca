import type { CoinFacts } from "../coin-facts.ts";
import { day, price } from "../figures.ts";
import type { Plan } from "../plan.ts";

/** A coin that a question names and that the listing does not have. */
export type AbsentCoin = {
  readonly symbol: string;
  readonly lastPrice: { readonly observedAt: Date; readonly priceUsd: number } | null;
};

/** The coins that a question names and the listing has. A symbol means the best-ranked coin that bears it. */
export function namedCoins(plan: Plan, coins: readonly CoinFacts[]): readonly CoinFacts[] {
  return plan.symbols.flatMap(symbol => findNamed(symbol, coins) ?? []);
}

/** The symbols that a question names and no coin of the listing bears. */
export function absentSymbols(plan: Plan, coins: readonly CoinFacts[]): readonly string[] {
  return plan.symbols.filter(symbol => findNamed(symbol, coins) === undefined);
}

function findNamed(symbol: string, coins: readonly CoinFacts[]): CoinFacts | undefined {
  return coins.find(coin => coin.symbol.toUpperCase() === symbol.toUpperCase());
}

export function describeAbsent({ symbol, lastPrice }: AbsentCoin): string {
  const last = lastPrice
    ? `: its last price was ${price(lastPrice.priceUsd)} on ${day(lastPrice.observedAt)}`
    : "";
  return `${symbol} is not in this listing${last}.`;
}
