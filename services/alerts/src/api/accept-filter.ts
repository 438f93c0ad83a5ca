import { type AlertFilter, defaultAlertStates } from "@vibe-charting/contracts";
import { findCoinsBySymbols, type Queryable } from "@vibe-charting/database";
import { ProblemError } from "@vibe-charting/runtime";

/** A filter in one spelling, so that two that ask for the same are the same, and the coins that its symbols mean. */
export type AcceptedFilter = { readonly filter: AlertFilter; readonly cmcIds: readonly number[] | null };

/** Reads what a request asks for. Throws a problem that names each symbol that no followed coin has. */
export async function acceptFilter(db: Queryable, asked: AlertFilter): Promise<AcceptedFilter> {
  const { symbols, signalTypes, states = defaultAlertStates, minConfidence } = asked;
  const filter: AlertFilter = {
    ...(symbols && { symbols: inOrder(symbols) }),
    ...(signalTypes && { signalTypes: inOrder(signalTypes) }),
    states: inOrder(states),
    ...(minConfidence !== undefined && minConfidence > 0 && { minConfidence }),
  };
  return { filter, cmcIds: symbols ? await coinsOf(db, symbols) : null };
}

async function coinsOf(db: Queryable, symbols: readonly string[]): Promise<readonly number[]> {
  const known = await findCoinsBySymbols(db, symbols);
  const coins = symbols.map(symbol => known.find(coin => coin.symbol.toUpperCase() === symbol));
  const errors = symbols.flatMap((symbol, index) =>
    coins[index]
      ? []
      : [{ field: `filter.symbols.${index}`, message: `no followed coin has the symbol ${symbol}` }],
  );
  if (errors.length > 0) {
    const summary = errors.map(({ field, message }) => `${field}: ${message}`).join("; ");
    throw new ProblemError(
      "request.invalid",
      `The body is not valid. ${summary}. GET /coins lists the coins that are followed.`,
      { errors },
    );
  }
  return [...new Set(coins.flatMap(coin => (coin ? [coin.cmcId] : [])))].sort((a, b) => a - b);
}

function inOrder<Value extends string>(values: readonly Value[]): Value[] {
  return [...new Set(values)].sort();
}
