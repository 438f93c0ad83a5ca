import axios from "axios";

/** How long `auto` waits for CoinMarketCap before it takes the demo market. */
const patienceMs = 3_000;

/** The key of a CoinMarketCap account for the local stage; deployed stages have theirs in Secrets Manager. */
export function coinMarketCapKey(): string | undefined {
  return process.env.COINMARKETCAP_API_KEY || undefined;
}

/** Whether CoinMarketCap answers from here, asked for one coin. */
export async function isCoinMarketCapReachable(): Promise<boolean> {
  const apiKey = coinMarketCapKey();
  const base = apiKey ? "https://pro-api.coinmarketcap.com" : "https://pro-api.coinmarketcap.com/public-api";
  try {
    await axios.get(`${base}/v3/cryptocurrency/listings/latest?limit=1`, {
      timeout: patienceMs,
      signal: AbortSignal.timeout(patienceMs),
      headers: apiKey ? { "X-CMC_PRO_API_KEY": apiKey } : {},
    });
    return true;
  } catch {
    return false;
  }
}
