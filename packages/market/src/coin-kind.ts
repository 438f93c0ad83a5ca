import type { CoinKind } from "@vibe-charting/contracts";
import type { Sample } from "./types.ts";

/** Pegged to a currency or to gold. Not complete: `inferCoinKind` also knows a peg by its price. */
const stableSymbols = new Set(
  "USDT USDC DAI BUSD TUSD USDP PAX GUSD FDUSD USDD USDE SUSDE PYUSD FRAX LUSD SUSD SAI USTC UST USDS USD1 USDN HUSD EURS EURC EURT XAUT PAXG USDX RLUSD CRVUSD GHO".split(
    " ",
  ),
);
/** Claims on another coin. */
const wrappedSymbols = new Set(
  "WBTC WETH WBNB STETH WSTETH RETH CBETH CBBTC WEETH EZETH METH RSETH BETH CETH CDAI CUSDC JITOSOL MSOL BNSOL JUPSOL SOLVBTC LBTC HBTC RENBTC BTCB TBTC FBTC SFRXETH OSETH WBETH WTRX SAVAX".split(
    " ",
  ),
);
const pegDays = 60;
const pegTolerance = 0.03;

/** What a coin is, by its symbol and its first two months of prices; for sources that do not say it. */
export function inferCoinKind(symbol: string, samples: readonly Sample[]): CoinKind {
  const upper = symbol.toUpperCase();
  if (stableSymbols.has(upper)) return "stable";
  if (wrappedSymbols.has(upper)) return "wrapped";
  const start = samples[0]?.at ?? 0;
  const first = samples.filter(({ at }) => at - start < pegDays * 86_400_000);
  const held = first.filter(({ priceUsd }) => Math.abs(priceUsd - 1) <= pegTolerance).length;
  return first.length >= 10 && held >= 0.95 * first.length ? "stable" : "native";
}
