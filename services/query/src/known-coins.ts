import { listCoinNames, type Queryable, readKnownCoinsMark } from "@vibe-charting/database";
import { buildCoinLexicon, type CoinLexicon } from "@vibe-charting/language";

export type KnownCoins = {
  /** Every known coin, best rank first. */
  readonly names: readonly { readonly symbol: string; readonly name: string }[];
  /** The coins that questions can be about. */
  readonly lexicon: CoinLexicon;
};
export type LoadKnownCoins = (db: Queryable) => Promise<KnownCoins>;

/** Gives the coins that the database knows, and keeps them until one is added. */
export function knownCoinsLoader(): LoadKnownCoins {
  let kept: (KnownCoins & { readonly mark: string }) | undefined;
  return async db => {
    const mark = await readKnownCoinsMark(db);
    if (kept?.mark !== mark) {
      const names = await listCoinNames(db);
      kept = { mark, names, lexicon: buildCoinLexicon(namesBySymbol(names)) };
    }
    return kept;
  };
}

/** Names by symbol. Of coins that share a symbol only the best-ranked one gives its names: the symbol means it. */
export function namesBySymbol(
  coins: readonly { readonly symbol: string; readonly name: string; readonly slug: string }[],
): Readonly<Record<string, readonly string[]>> {
  const names = new Map<string, readonly string[]>();
  for (const { symbol, name, slug } of coins) {
    const ticker = symbol.toUpperCase();
    if (!names.has(ticker)) names.set(ticker, [...new Set([name, slug.replaceAll("-", " ")])]);
  }
  return Object.fromEntries(names);
}
