import type { ListedCoin } from "@vibe-charting/database";

const hourMs = 3_600_000;
const firstListingAt = Date.UTC(2026, 2, 1);
export const historyHours = 40 * 24;
export const listingCount = 4;

/** The time of a listing, by its number; past hours have negative ones. */
export const at = (hour: number) => new Date(firstListingAt + hour * hourMs);

/** TWIN is the symbol of two coins; SURGE begins an hour after PUMP; NEW is first listed in the third listing. */
const coins = [
  { cmcId: 1, symbol: "BTC" },
  { cmcId: 1027, symbol: "ETH" },
  { cmcId: 999, symbol: "PUMP" },
  { cmcId: 777, symbol: "SURGE" },
  { cmcId: 501, symbol: "TWIN" },
  { cmcId: 502, symbol: "TWIN" },
  { cmcId: 31, symbol: "NEW" },
] as const;
const firstListingOf: Readonly<Record<number, number>> = { 31: 2 };

/** The coins with a past, as they are known before the first listing. */
export const knownCoins: readonly ListedCoin[] = coins
  .filter(({ cmcId }) => firstListingOf[cmcId] === undefined)
  .map(({ cmcId, symbol }, index) => ({
    cmcId,
    symbol,
    name: `${symbol} ${cmcId}`,
    slug: `coin-${cmcId}`,
    kind: "native",
    rank: index + 1,
  }));

/** What sets a coin apart from the calm ones, hour by hour from the first listing: factors of price and volume. */
const stories: Readonly<Record<number, readonly (readonly [price: number, volume: number])[]>> = {
  999: [
    [1.3, 40],
    [1.75, 45],
    [1.1, 20],
    [0.95, 5],
  ],
  777: [
    [1, 1],
    [1, 25],
    [1, 25],
    [1, 3],
  ],
};

/** A coin's price and volume at an hour. */
export function quoteOf(cmcId: number, hour: number): { priceUsd: number; volume24hUsd: number } {
  const swing = Math.sin(hour / 5 + cmcId) + Math.sin(hour / 37 + 2 * cmcId);
  const [price, volume] = stories[cmcId]?.[hour] ?? [1, 1];
  return {
    priceUsd: 100 * Math.exp(0.004 * swing) * price,
    volume24hUsd: 1e7 * Math.exp(0.05 * Math.cos(hour / 7 + cmcId)) * volume,
  };
}

/** A listing as the provider gives it, with the dirt that providers give too. */
export function listingAt(hour: number): unknown {
  const listed = coins.filter(({ cmcId }) => (firstListingOf[cmcId] ?? 0) <= hour);
  // Ranks turn from listing to listing, and a calm coin gets another name.
  const rankOf = (index: number) => ((index + hour) % listed.length) + 1;
  const clean = listed.map(({ cmcId, symbol }, index) =>
    coin({ cmcId, symbol: cmcId === 1027 && hour >= 2 ? "ETHER" : symbol, rank: rankOf(index), hour }),
  );
  return { status: { error_code: 0, error_message: null, credit_count: 1 }, data: [...clean, ...dirt(hour)] };
}

type Listed = { cmcId: number; symbol: string; rank: number; hour: number };

function coin({ cmcId, symbol, rank, hour }: Listed, price: unknown = quoteOf(cmcId, hour).priceUsd) {
  const quote = {
    symbol: "USD",
    price,
    volume_24h: quoteOf(cmcId, hour).volume24hUsd,
    market_cap: null,
    last_updated: at(hour).toISOString(),
  };
  return {
    id: cmcId,
    name: `${symbol} ${cmcId}`,
    symbol,
    slug: `coin-${cmcId}`,
    cmc_rank: rank,
    tags: [],
    quote: [quote],
  };
}

/** Coins that must be left out, each for a reason of its own, and leave the others alone. */
function dirt(hour: number): readonly unknown[] {
  const bad = (cmcId: number) => ({ cmcId, symbol: "BAD", rank: 90, hour });
  return [
    coin(bad(901), "NaN"),
    coin(bad(902), -1),
    coin(bad(903), 1e30),
    coin(bad(904), null),
    coin(bad(905), 0),
    { ...coin(bad(906)), quote: [] },
    { ...coin(bad(907)), id: "907" },
    { ...coin(bad(908)), symbol: "B\u0000D" },
    coin({ cmcId: 1, symbol: "BTC", rank: 1, hour }, 1),
    null,
    "BTC",
  ];
}
