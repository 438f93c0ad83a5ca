import { type CoinRow, findCoinByCmcId, findCoinsBySymbol, type Queryable } from "@vibe-charting/database";
import { ProblemError } from "@vibe-charting/runtime";
import type { OpenKeptData } from "../kept-data.ts";
import { nearestNames } from "./nearest-names.ts";

const suggestions = 3;
/** As many digits as the database's integers surely hold. */
const cmcId = /^[1-9]\d{0,14}$/;

/**
 * The coin that a symbol or a CoinMarketCap id means, and the others that share its symbol. Digits are an id, which is
 * a coin's identity, and a symbol only where no followed coin has that id. Throws a problem with near matches for an
 * unknown one.
 */
export async function findCoin(
  db: Queryable,
  openKept: OpenKeptData,
  symbol: string,
): Promise<{ coin: CoinRow; others: readonly CoinRow[] }> {
  const byId = cmcId.test(symbol) ? await findCoinByCmcId(db, Number(symbol)) : null;
  const bearers = await findCoinsBySymbol(db, byId?.symbol ?? symbol);
  const coin = byId ?? bearers[0];
  if (coin) return { coin, others: bearers.filter(({ id }) => id !== coin.id) };
  const { names } = await (await openKept(db)).knownCoins();
  const near = nearestNames(symbol, names, suggestions);
  const hint =
    near.length > 0 ? ` Did you mean ${near.join(", ")}?` : " GET /coins lists the coins that are followed.";
  throw new ProblemError("query.unknown_symbol", `No followed coin has the symbol ${symbol}.${hint}`, {
    suggestions: [...near],
  });
}
