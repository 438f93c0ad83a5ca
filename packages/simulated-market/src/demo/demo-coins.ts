/** What moves a coin: itself, a peg to one dollar, or the coin that it wraps. */
type Driver = SelfDriven | { readonly by: "dollar" } | { readonly by: "coin"; readonly slug: string };

export type SelfDriven = {
  readonly by: "itself";
  readonly dailyVolatility: number;
  /** How strongly the coin follows the market. */
  readonly beta: number;
  /** The largest displacement of the log price by the slow trend; 0 for a coin that carries the script's shapes. */
  readonly swing: number;
  /** In how many days half of a move of its own is gone. */
  readonly halfLifeDays: number;
};

/** The swing of the coins that are to move sideways. */
export const stillSwing = 0.01;

export type DemoCoin = {
  readonly cmcId: number;
  readonly symbol: string;
  readonly slug: string;
  readonly name: string;
  readonly tags: readonly string[];
  /** The price around which the coin moves. */
  readonly referencePriceUsd: number;
  readonly supply: number;
  /** Share of the market cap that trades on an ordinary day. */
  readonly dailyTurnover: number;
  readonly driver: Driver;
};

/** Short enough that the slow trend shows through the noise. */
const ordinaryHalfLifeDays = 6;

/** A coin that carries a shape comes back to it at once, so that the shape's highs and lows stay where they are. */
const shapedHalfLifeDays = 1;

/** `[id, symbol, slug, name, price, market cap in billions, daily turnover, own daily volatility, beta, swing of the slow trend]` */
type Row = readonly [number, string, string, string, number, number, number, number, number, number];

// Symbols, names and ids are CoinMarketCap's, so that questions about well-known coins work; every price is made up.
// Those with swing 0 carry the script's double tops and bottoms; those from Algorand on its spikes and pumps.
const rows: readonly Row[] = [
  [1, "BTC", "bitcoin", "Bitcoin", 64_000, 1_260, 0.025, 0.008, 1, 0.1],
  [1027, "ETH", "ethereum", "Ethereum", 3_100, 372, 0.04, 0.012, 1.15, 0.15],
  [1839, "BNB", "bnb", "BNB", 560, 82, 0.02, 0.013, 0.8, 0.12],
  [5426, "SOL", "solana", "Solana", 150, 70, 0.05, 0.018, 1, 0.3],
  [52, "XRP", "xrp", "XRP", 0.55, 31, 0.04, 0.02, 0.8, 0.2],
  [74, "DOGE", "dogecoin", "Dogecoin", 0.13, 19, 0.07, 0.032, 1.3, 0.18],
  [11419, "TON", "toncoin", "Toncoin", 6.2, 15.6, 0.02, 0.02, 0.7, 0.25],
  [2010, "ADA", "cardano", "Cardano", 0.42, 15, 0.03, 0.02, 1, 0.25],
  [1958, "TRX", "tron", "TRON", 0.125, 10.9, 0.03, 0.008, 0.4, 0.06],
  [5805, "AVAX", "avalanche", "Avalanche", 29, 11.4, 0.04, 0.024, 1.2, 0.24],
  [5994, "SHIB", "shiba-inu", "Shiba Inu", 0.000017, 10, 0.05, 0.034, 1.3, 0.18],
  [6636, "DOT", "polkadot-new", "Polkadot", 5.9, 8.4, 0.03, 0.02, 1, 0.25],
  [1975, "LINK", "chainlink", "Chainlink", 14, 8.3, 0.05, 0.018, 1, 0.3],
  [1831, "BCH", "bitcoin-cash", "Bitcoin Cash", 380, 7.5, 0.04, 0.018, 0.9, 0.2],
  [6535, "NEAR", "near-protocol", "NEAR Protocol", 5.1, 5.7, 0.06, 0.026, 1.2, 0.24],
  [2, "LTC", "litecoin", "Litecoin", 78, 5.8, 0.06, 0.006, 0.15, stillSwing],
  [7083, "UNI", "uniswap", "Uniswap", 7.9, 4.7, 0.04, 0.026, 1.1, 0.25],
  [24478, "PEPE", "pepe", "Pepe", 0.0000098, 4.1, 0.15, 0.045, 1.4, 0.15],
  [328, "XMR", "monero", "Monero", 162, 3, 0.02, 0.006, 0.15, stillSwing],
  [4642, "HBAR", "hedera", "Hedera", 0.072, 2.6, 0.03, 0.022, 1, 0.25],
  [7226, "INJ", "injective", "Injective", 23, 2.3, 0.06, 0.034, 1.3, 0.18],
  [7278, "AAVE", "aave", "Aave", 112, 1.7, 0.07, 0.022, 1, 0.3],
  [3794, "ATOM", "cosmos", "Cosmos", 6.3, 2.5, 0.05, 0.016, 0.8, 0.25],
  [2280, "FIL", "filecoin", "Filecoin", 4.3, 2.45, 0.06, 0.018, 0.9, 0.3],
  [512, "XLM", "stellar", "Stellar", 0.098, 2.9, 0.03, 0.004, 0.03, 0],
  [3077, "VET", "vechain", "VeChain", 0.026, 2.1, 0.03, 0.004, 0.03, 0],
  [2011, "XTZ", "tezos", "Tezos", 0.76, 0.76, 0.03, 0.004, 0.03, 0],
  [8916, "ICP", "internet-computer", "Internet Computer", 18, 8.3, 0.03, 0.012, 0.2, 0],
  [6210, "SAND", "the-sandbox", "The Sandbox", 0.62, 1.4, 0.09, 0.012, 0.2, 0],
  [21794, "APT", "aptos", "Aptos", 11, 5.1, 0.04, 0.012, 0.2, 0],
  [4030, "ALGO", "algorand", "Algorand", 0.14, 1.15, 0.04, 0.016, 0.8, 0.12],
  [1321, "ETC", "ethereum-classic", "Ethereum Classic", 22, 3.2, 0.05, 0.014, 0.8, 0.12],
  [131, "DASH", "dash", "Dash", 27, 0.32, 0.12, 0.016, 0.7, 0.12],
  [1697, "BAT", "basic-attention-token", "Basic Attention Token", 0.19, 0.28, 0.08, 0.016, 0.7, 0.12],
  [4066, "CHZ", "chiliz", "Chiliz", 0.071, 0.64, 0.08, 0.017, 0.7, 0.12],
  [2130, "ENJ", "enjin-coin", "Enjin Coin", 0.17, 0.3, 0.07, 0.017, 0.7, 0.12],
  [2469, "ZIL", "zilliqa", "Zilliqa", 0.016, 0.3, 0.07, 0.017, 0.7, 0.12],
  [1966, "MANA", "decentraland", "Decentraland", 0.31, 0.59, 0.08, 0.017, 0.7, 0.12],
  // Two made-up coins that share a symbol, as happens: the identity is the id. The ids are far above CoinMarketCap's.
  [900_000_001, "HALO", "halo-network", "Halo Network", 0.84, 0.42, 0.05, 0.017, 0.7, 0.12],
  [900_000_002, "HALO", "halo-harbor", "Halo Harbor", 0.0031, 0.09, 0.06, 0.017, 0.7, 0.12],
];

const memes = ["DOGE", "SHIB", "PEPE"];

export const demoCoins: readonly DemoCoin[] = [
  ...rows.map(
    ([
      cmcId,
      symbol,
      slug,
      name,
      referencePriceUsd,
      billions,
      dailyTurnover,
      dailyVolatility,
      beta,
      swing,
    ]) => ({
      cmcId,
      symbol,
      slug,
      name,
      tags: memes.includes(symbol) ? ["memes"] : [],
      referencePriceUsd,
      supply: Math.round((billions * 1e9) / referencePriceUsd),
      dailyTurnover,
      driver: {
        by: "itself" as const,
        dailyVolatility,
        beta,
        swing,
        halfLifeDays: swing === 0 ? shapedHalfLifeDays : ordinaryHalfLifeDays,
      },
    }),
  ),
  {
    cmcId: 825,
    symbol: "USDT",
    slug: "tether",
    name: "Tether USDt",
    tags: ["stablecoin"],
    referencePriceUsd: 1,
    supply: 112e9,
    dailyTurnover: 0.45,
    driver: { by: "dollar" },
  },
  {
    cmcId: 3408,
    symbol: "USDC",
    slug: "usd-coin",
    name: "USDC",
    tags: ["stablecoin"],
    referencePriceUsd: 1,
    supply: 33e9,
    dailyTurnover: 0.18,
    driver: { by: "dollar" },
  },
  {
    cmcId: 3717,
    symbol: "WBTC",
    slug: "wrapped-bitcoin",
    name: "Wrapped Bitcoin",
    tags: ["wrapped-tokens"],
    referencePriceUsd: 64_000,
    supply: 154_000,
    dailyTurnover: 0.03,
    driver: { by: "coin", slug: "bitcoin" },
  },
];
