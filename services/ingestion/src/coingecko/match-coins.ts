import type { CoinGeckoCoin } from "./fetch-coins.ts";

/** How far CoinGecko's price of a coin may lie from ours, as a ratio: both are of now, from other exchanges. */
const mostPriceRatio = 1.05;

/** A coin as our listing has it, with its present price. */
export type CoinToMatch = {
  readonly cmcId: number;
  readonly symbol: string;
  readonly name: string;
  readonly slug: string;
  readonly priceUsd: number;
};

export type CoinMatch =
  | { readonly kind: "matched"; readonly coinId: string }
  | { readonly kind: "refused"; readonly reason: string };

/** A coin of CoinGecko's that may be ours; `evidence` counts what speaks for it beside the price. */
type Candidate = { readonly coinId: string; readonly evidence: number };

/**
 * Finds CoinGecko's coins that may be each of ours: by the slug, or by name and symbol together. A symbol alone says
 * nothing, since several coins bear one.
 */
export function findCandidates(
  coins: readonly CoinToMatch[],
  known: readonly CoinGeckoCoin[],
): ReadonlyMap<number, readonly Candidate[]> {
  const ids = new Set(known.map(({ id }) => id));
  const byName = Map.groupBy(known, nameAndSymbol);
  return new Map(
    coins.map(coin => {
      const named = (byName.get(nameAndSymbol(coin)) ?? []).map(({ id }) => id);
      const all = new Set(ids.has(coin.slug) ? [coin.slug, ...named] : named);
      const candidates = [...all].map(coinId => ({
        coinId,
        evidence: Number(coinId === coin.slug) + Number(named.includes(coinId)),
      }));
      return [coin.cmcId, candidates];
    }),
  );
}

/** Settles which candidate a coin is: one whose price is ours within a few per cent, and only one. */
export function settleMatch(
  coin: CoinToMatch,
  candidates: readonly Candidate[],
  prices: ReadonlyMap<string, number>,
): CoinMatch {
  if (candidates.length === 0) {
    const reason = `CoinGecko has no coin with the id ${coin.slug}, and none called ${coin.name} with the symbol ${coin.symbol}`;
    return { kind: "refused", reason };
  }
  const fitting = candidates.filter(({ coinId }) => isSamePrice(coin.priceUsd, prices.get(coinId)));
  const most = Math.max(...fitting.map(({ evidence }) => evidence));
  const best = fitting.filter(({ evidence }) => evidence === most);
  const [first] = best;
  if (first !== undefined && best.length === 1) return { kind: "matched", coinId: first.coinId };
  if (first !== undefined) {
    return {
      kind: "refused",
      reason: `${best.map(({ coinId }) => coinId).join(" and ")} of CoinGecko both fit`,
    };
  }
  const theirs = candidates.map(({ coinId }) => `${coinId} is at ${dollars(prices.get(coinId))}`).join(", ");
  return {
    kind: "refused",
    reason: `no price within 5 % of ours, which is ${dollars(coin.priceUsd)}: CoinGecko's ${theirs}`,
  };
}

function isSamePrice(ours: number, theirs: number | undefined): boolean {
  return theirs !== undefined && Math.max(ours / theirs, theirs / ours) <= mostPriceRatio;
}

function dollars(usd: number | undefined): string {
  return usd === undefined ? "no price" : `$${Number(usd.toPrecision(6))}`;
}

function nameAndSymbol({ name, symbol }: { readonly name: string; readonly symbol: string }): string {
  return `${name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "")} ${symbol.toLowerCase()}`;
}
