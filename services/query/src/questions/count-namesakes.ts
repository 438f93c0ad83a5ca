/** How many other coins bear the same symbol, by the ids of the coins that have such namesakes. */
export function countNamesakes(
  coins: readonly { readonly cryptoId: number; readonly symbol: string }[],
): ReadonlyMap<number, number> {
  const bearers = new Map<string, number>();
  const tickers = coins.map(({ symbol }) => symbol.toUpperCase());
  for (const ticker of tickers) bearers.set(ticker, (bearers.get(ticker) ?? 0) + 1);
  const namesakes = new Map<number, number>();
  if (bearers.size === coins.length) return namesakes;
  for (const [index, { cryptoId }] of coins.entries()) {
    const others = (bearers.get(tickers[index] ?? "") ?? 1) - 1;
    if (others > 0) namesakes.set(cryptoId, others);
  }
  return namesakes;
}
