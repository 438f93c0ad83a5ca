import { type CoinRow, findCoinsBySymbol, type Queryable } from "@vibe-charting/database";
import { ProblemError } from "@vibe-charting/runtime";
import type { OpenKeptData } from "../kept-data.ts";
import { nearestNames } from "./nearest-names.ts";

const suggestions = 3;

/** The coin that a symbol means, and the others that share it. Throws a problem with near matches for an unknown one. */
export async function findCoin(
  db: Queryable,
  openKept: OpenKeptData,
  symbol: string,
): Promise<{ coin: CoinRow; others: readonly CoinRow[] }> {
  const [coin, ...others] = await findCoinsBySymbol(db, symbol);
  if (coin) return { coin, others };
  const { names } = await (await openKept(db)).knownCoins();
  const near = nearestNames(symbol, names, suggestions);
  const hint =
    near.length > 0 ? ` Did you mean ${near.join(", ")}?` : " GET /coins lists the coins that are followed.";
  throw new ProblemError("query.unknown_symbol", `No followed coin has the symbol ${symbol}.${hint}`, {
    suggestions: [...near],
  });
}
