import type { CoinMention } from "../clauses/question.ts";
import { quoteCurrencies, stablecoins } from "../lexicon/groups.ts";
import { isKnownWord } from "../text/correct-spelling.ts";
import { editDistance } from "../text/near-words.ts";
import { isOrdinaryWord } from "../text/ordinary-words.ts";
import type { Token } from "../text/token.ts";
import type { CoinLexicon, NameTrie } from "./coin-lexicon.ts";
import { isNameIdiom } from "./name-idioms.ts";
import { needsCoin } from "./needs-coin.ts";

type Candidate = { symbol: string; start: number; end: number; certain: boolean };

const comparingWords =
  /^(compare|comparing|vs|versus|against|better|worse|stronger|weaker|outperform.*|beat.*|calmer|more|less)$/;

/** Finds the coins among the tokens: certain ones first, then words that must be coins where they stand. */
export function findCoins(tokens: readonly Token[], coins: CoinLexicon): CoinMention[] {
  const mixedCase = isMixedCase(tokens);
  const candidates: Candidate[] = [];
  for (let at = 0; at < tokens.length; ) {
    const candidate = candidateAt(tokens, at, coins, mixedCase);
    if (candidate) candidates.push(candidate);
    at = candidate?.end ?? at + 1;
  }
  const certain = new Set<number>();
  const possible = new Set<number>();
  for (const candidate of candidates) {
    for (let at = candidate.start; at < candidate.end; at++) (candidate.certain ? certain : possible).add(at);
  }
  const places = {
    coins: certain,
    possible,
    isComparing:
      tokens.some(({ text }) => comparingWords.test(text)) ||
      / (side by side|head to head)( |$)/.test(tokens.map(({ text }) => text).join(" ")),
  };
  // Twice, so that a doubtful coin can lean on one that was decided after it: "near, one or btc".
  for (let pass = 0; pass < 2; pass++) {
    for (const candidate of candidates) {
      if (certain.has(candidate.start) || !needsCoin(tokens, candidate, places)) continue;
      for (let at = candidate.start; at < candidate.end; at++) certain.add(at);
    }
  }
  const found = candidates.filter(({ start }) => certain.has(start));
  return withoutQuotes(found, tokens).map(({ symbol, start, end }) => ({
    symbol,
    start,
    end,
    excluded: false,
  }));
}

/** Upper case says something only where not everything is upper case. */
function isMixedCase(tokens: readonly Token[]): boolean {
  const words = tokens.filter(token => token.kind === "word" && /\p{L}{2}/u.test(token.raw));
  const upper = words.filter(token => token.raw === token.raw.toUpperCase());
  return upper.length < words.length && (words.length <= 3 || upper.length <= words.length * 0.6);
}

function candidateAt(
  tokens: readonly Token[],
  at: number,
  coins: CoinLexicon,
  mixedCase: boolean,
): Candidate | undefined {
  const token = tokens[at];
  if (!token || token.kind === "mark" || token.kind === "emoji") return undefined;
  const ticker = coins.tickers.get(token.text);
  const name = longestName(tokens, at, coins.names);
  if (token.dollar && ticker) return { symbol: ticker, start: at, end: at + 1, certain: true };
  if (name && (name.end > at + 1 || !ticker)) {
    const nameTokens = tokens.slice(at, name.end);
    if (isNameIdiom(tokens, at, name.end)) return undefined;
    const plain = nameTokens.every(({ text }) => isOrdinaryWord(text) || isKnownWord(text));
    return { symbol: name.symbol, start: at, end: name.end, certain: !plain };
  }
  if (ticker) {
    if (
      tokens[at + 1]?.text === "-" &&
      tokens[at + 1]?.spaced === false &&
      isOrdinaryWord(token.text) &&
      !isUpper(token)
    )
      return undefined;
    const upper = mixedCase && isUpper(token) && token.text.length > 1 && !isShout(tokens, at);
    const plain = isOrdinaryWord(token.text) || isKnownWord(token.text) || token.text.length === 1;
    if (!upper && isNameIdiom(tokens, at, at + 1)) return undefined;
    return { symbol: ticker, start: at, end: at + 1, certain: upper || !plain };
  }
  return pairAt(token, at, coins);
}

function isUpper(token: Token): boolean {
  return token.raw === token.raw.toUpperCase() && token.raw !== token.raw.toLowerCase();
}

/** An upper-case word of the lexicon next to another upper-case word is emphasis: "TOP 10 GAINERS today". */
function isShout(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  if (!token || !isKnownWord(token.text)) return false;
  const neighbours = [tokens[at - 1], tokens[at + 1]];
  return neighbours.some(
    other => other?.kind === "word" && other.raw.length > 1 && isUpper(other) && isKnownWord(other.text),
  );
}

function longestName(
  tokens: readonly Token[],
  start: number,
  names: NameTrie,
): { symbol: string; end: number } | undefined {
  let node: NameTrie | undefined = names;
  let found: { symbol: string; end: number } | undefined;
  for (let at = start; node && at < tokens.length; at++) {
    const text = tokens[at]?.text;
    if (text === "-" && at > start) continue;
    node =
      text === undefined
        ? undefined
        : (node.next.get(text) ?? (at > start ? misspelt(node, text) : undefined));
    if (node?.symbol !== undefined) found = { symbol: node.symbol, end: at + 1 };
  }
  return found;
}

/** A name's next word with a typo: after "ethereum" even an ordinary word may be meant, "clasic". */
function misspelt(node: NameTrie, text: string): NameTrie | undefined {
  if (text.length < 5 || isKnownWord(text)) return undefined;
  for (const [word, next] of node.next) {
    if (word.length > 4 && word[0] === text[0] && editDistance(word, text) === 1) return next;
  }
  return undefined;
}

/** A pair written as one word: BTCUSDT. */
function pairAt(token: Token, at: number, coins: CoinLexicon): Candidate | undefined {
  const pair = /^([a-z0-9]{2,10})(usdt|usdc|usd|busd|perp)$/.exec(token.text);
  const ticker = pair?.[1] === undefined ? undefined : coins.tickers.get(pair[1]);
  return ticker === undefined ? undefined : { symbol: ticker, start: at, end: at + 1, certain: true };
}

/** Drops what a pair is quoted in: BTC/USDT is about BTC. */
function withoutQuotes(found: readonly Candidate[], tokens: readonly Token[]): Candidate[] {
  const byEnd = new Map(found.map(candidate => [candidate.end, candidate]));
  return found.filter(candidate => {
    if (!stablecoins.has(candidate.symbol) && !quoteCurrencies.has(candidate.symbol.toLowerCase()))
      return true;
    const joiner = tokens[candidate.start - 1];
    const base = byEnd.get(candidate.start - 1);
    if (base && (joiner?.text === "/" || joiner?.text === "-") && base.symbol !== candidate.symbol)
      return false;
    return !found.some(
      ({ end }) => end === candidate.start && base === undefined && candidate.symbol === "USDT",
    );
  });
}
