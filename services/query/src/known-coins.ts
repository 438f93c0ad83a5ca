import { listCoinNames, type Queryable, readKnownCoinsMark } from "@vibe-charting/database";
import { buildCoinLexicon, type CoinLexicon } from "@vibe-charting/language";

export type LoadLexicon = (db: Queryable) => Promise<CoinLexicon>;

/** Gives the coins that questions can be about, and keeps them until a coin is added. */
export function lexiconLoader(): LoadLexicon {
  let kept: { readonly mark: string; readonly lexicon: CoinLexicon } | undefined;
  return async db => {
    const mark = await readKnownCoinsMark(db);
    if (kept?.mark !== mark)
      kept = { mark, lexicon: buildCoinLexicon(namesBySymbol(await listCoinNames(db))) };
    return kept.lexicon;
  };
}

/** Names by symbol, the best-ranked coin of a symbol first: only its name is taken, since the symbol means it. */
export function namesBySymbol(
  coins: readonly { readonly symbol: string; readonly name: string; readonly slug: string }[],
): Readonly<Record<string, readonly string[]>> {
  const names = new Map<string, readonly string[]>();
  for (const { symbol, name, slug } of coins) {
    const ticker = symbol.toUpperCase();
    const spoken = slug.replaceAll("-", " ");
    if (!names.has(ticker)) names.set(ticker, [...new Set([name, spoken])]);
  }
  return Object.fromEntries(names);
}
