import { type DataMarks, listCoinNames, type Queryable, readDataMarks } from "@vibe-charting/database";
import { buildCoinLexicon, type CoinLexicon } from "@vibe-charting/language";
import type { CoinFacts } from "./questions/coin-facts.ts";
import type { Explanations } from "./questions/signals/explanations.ts";

export type KnownCoins = {
  /** Every known coin, best rank first. */
  readonly names: readonly { readonly symbol: string; readonly name: string }[];
  /** The coins that questions can be about. */
  readonly lexicon: CoinLexicon;
};

/** What one request may use of what earlier ones read. */
export type KeptData = {
  readonly knownCoins: () => Promise<KnownCoins>;
  /**
   * The market under a key, or what `load` gives. It is kept until data comes in, and only where it is complete:
   * a listing whose analysis is under way changes without a mark.
   */
  readonly market: (
    key: string,
    load: () => Promise<{ readonly coins: readonly CoinFacts[]; readonly isComplete: boolean }>,
  ) => Promise<readonly CoinFacts[]>;
  /** How coins stand to the detectors under a key, or what `load` gives, which is kept until data comes in. */
  readonly explanations: (key: string, load: () => Promise<Explanations>) => Promise<Explanations>;
};
export type OpenKeptData = (db: Queryable) => Promise<KeptData>;

/** Views of the market that are kept: the usual windows, each with what the usual questions ask of it. */
const mostKept = 24;

/** Keeps what stays the same between requests: a large market takes longer to read than to search. */
export function dataKeeper(): OpenKeptData {
  let known: { readonly mark: string; readonly coins: KnownCoins } | undefined;
  let data = emptyData("");

  const knownCoins = async (db: Queryable, mark: string): Promise<KnownCoins> => {
    if (known?.mark !== mark) {
      const names = await listCoinNames(db);
      known = { mark, coins: { names, lexicon: buildCoinLexicon(namesBySymbol(names)) } };
    }
    return known.coins;
  };

  return async db => {
    const marks: DataMarks = await readDataMarks(db);
    if (data.mark !== marks.runs) data = emptyData(marks.runs);
    // What this request reads is kept with what was there when it began, though data comes in meanwhile.
    const { markets, explanations } = data;
    return {
      knownCoins: () => knownCoins(db, marks.coins),
      market: async (key, load) => {
        const kept = markets.get(key);
        if (kept) return kept;
        const { coins, isComplete } = await load();
        if (isComplete) keep(markets, key, coins);
        return coins;
      },
      explanations: async (key, load) => {
        const kept = explanations.get(key);
        if (kept) return kept;
        const loaded = await load();
        keep(explanations, key, loaded);
        return loaded;
      },
    };
  };
}

function emptyData(mark: string) {
  return {
    mark,
    markets: new Map<string, readonly CoinFacts[]>(),
    explanations: new Map<string, Explanations>(),
  };
}

/** Keeps a value in the place of the oldest one, where there are too many. */
function keep<Value>(values: Map<string, Value>, key: string, value: Value): void {
  const [oldest] = values.keys();
  if (values.size >= mostKept && oldest !== undefined) values.delete(oldest);
  values.set(key, value);
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
