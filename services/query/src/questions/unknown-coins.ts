import { nearestNames } from "../market/nearest-names.ts";

/** A word that can only be meant as a ticker: `$btx`, or capitals. */
const ticker = /^(?:\$[a-z0-9]{2,10}|[A-Z][A-Z0-9]{1,9})$/u;
const suggestions = 3;

/** Says which tickers of a question no followed coin has, and which are near; empty where there are none. */
export function describeUnknownCoins(
  text: string,
  notUnderstood: readonly string[],
  known: readonly { readonly symbol: string; readonly name: string }[],
): string {
  // Where everything is in capitals, capitals say nothing.
  const tellsTickers = text !== text.toUpperCase() || text.includes("$");
  return notUnderstood
    .map(word => word.replace(/^[^\p{L}\p{N}$]+|[^\p{L}\p{N}]+$/gu, ""))
    .filter(word => tellsTickers && ticker.test(word))
    .map(word => {
      const symbol = word.replace("$", "").toUpperCase();
      const near = nearestNames(symbol, known, suggestions);
      const hint = near.length > 0 ? ` Did you mean ${near.join(", ")}?` : "";
      return `No followed coin has the symbol ${symbol}.${hint}`;
    })
    .join(" ");
}
