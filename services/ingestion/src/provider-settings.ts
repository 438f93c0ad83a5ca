import { MarketSource } from "@vibe-charting/contracts";
import { z } from "zod";

const keyedUrl = "https://pro-api.coinmarketcap.com";
const keylessUrl = "https://pro-api.coinmarketcap.com/public-api";
const coinGeckoUrl = "https://api.coingecko.com";
/** CoinGecko allows 5 to 15 calls a minute without a key, as busy as it is; a refusal slows us down further. */
const keylessCallsPerMinute = 10;

/** The value of the secret `vibe-charting/coinmarketcap`. All of it is optional: without a key, the keyless endpoint is used. */
export const ProviderSecret = z.object({
  apiKey: z.string().min(1).optional().describe("The key of a CoinMarketCap account."),
  baseUrl: z.url().optional().describe("Where CoinMarketCap's API is served."),
  historyUrl: z.url().optional().describe("Where CoinGecko's API is served."),
  historyCallsPerMinute: z
    .number()
    .positive()
    .optional()
    .describe("How often CoinGecko may be asked; a simulated market may be asked at any rate."),
  source: MarketSource.default("coinmarketcap").describe(
    "What is served there; simulated markets are shown as such.",
  ),
});

export type ProviderSettings = {
  readonly source: MarketSource;
  readonly baseUrl: string;
  readonly historyUrl: string;
  /** null where there is no limit. */
  readonly historyCallsPerMinute: number | null;
  readonly apiKey: string | null;
};

/** Completes the secret's value with what it leaves out; null stands for a secret without a value. */
export function providerSettings(secret: z.infer<typeof ProviderSecret> | null): ProviderSettings {
  const apiKey = secret?.apiKey ?? null;
  return {
    source: secret?.source ?? "coinmarketcap",
    baseUrl: secret?.baseUrl ?? (apiKey === null ? keylessUrl : keyedUrl),
    historyUrl: secret?.historyUrl ?? coinGeckoUrl,
    historyCallsPerMinute:
      secret?.historyCallsPerMinute ??
      (secret === null || secret.source === "coinmarketcap" ? keylessCallsPerMinute : null),
    apiKey,
  };
}
