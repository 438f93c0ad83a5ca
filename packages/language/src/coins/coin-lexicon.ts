import { buildNearWords, type NearWords } from "../text/near-words.ts";
import { isOrdinaryWord } from "../text/ordinary-words.ts";

/** Names by their words; a coin's ticker stands where its name ends. */
export type NameTrie = { next: Map<string, NameTrie>; symbol: string | undefined };

/** The coins that questions can be about. Build it once and reuse it: it indexes every name for typos. */
export type CoinLexicon = {
  /** Lower-case ticker to ticker. */
  readonly tickers: ReadonlyMap<string, string>;
  readonly names: NameTrie;
  /** Words of names, and long tickers, by their misspellings. */
  readonly near: NearWords;
  /** Every word that tickers and names consist of, lower case. */
  readonly words: ReadonlySet<string>;
};

function addName(names: NameTrie, words: readonly string[], symbol: string): void {
  let node = names;
  for (const word of words) {
    let next = node.next.get(word);
    if (!next) {
      next = { next: new Map(), symbol: undefined };
      node.next.set(word, next);
    }
    node = next;
  }
  // Two coins may share a name; the first listed, which is the higher ranked, keeps it.
  node.symbol ??= symbol;
}

/** Splits a name as the tokeniser splits the question. */
function wordsOf(name: string): string[] {
  return name.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}

/** Shorter tickers have too many neighbours for a typo to be recognised. */
const minTypoTickerLength = 4;

/** Indexes tickers and their other names, highest ranked first: `{"BTC": ["bitcoin"]}`. */
export function buildCoinLexicon(symbols: Readonly<Record<string, readonly string[]>>): CoinLexicon {
  const tickers = new Map<string, string>();
  const names: NameTrie = { next: new Map(), symbol: undefined };
  const words = new Set<string>();
  const correctable = new Set<string>();
  for (const [symbol, others] of Object.entries(symbols)) {
    const ticker = symbol.toLowerCase();
    if (ticker === "" || tickers.has(ticker)) continue;
    tickers.set(ticker, symbol);
    words.add(ticker);
    if (ticker.length >= minTypoTickerLength && !isOrdinaryWord(ticker)) correctable.add(ticker);
    for (const name of others) {
      const parts = wordsOf(name);
      if (parts.length === 0) continue;
      addName(names, parts, symbol);
      for (const part of parts) {
        words.add(part);
        if (!isOrdinaryWord(part)) correctable.add(part);
      }
    }
  }
  // Names come first so that they win over tickers at the same distance.
  return { tickers, names, near: buildNearWords([...correctable]), words };
}
