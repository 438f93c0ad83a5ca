/** Coins pegged to a currency: a pair with one of them is about the other coin. */
export const stablecoins: ReadonlySet<string> = new Set(
  "USDT USDC DAI BUSD TUSD FDUSD USDE PYUSD USDD GUSD USDP FRAX LUSD USDS".split(" "),
);

/** What a pair may be quoted in beside a stablecoin. */
export const quoteCurrencies: ReadonlySet<string> = new Set(
  "usd eur gbp jpy krw try aud cad chf usdt perp".split(" "),
);
