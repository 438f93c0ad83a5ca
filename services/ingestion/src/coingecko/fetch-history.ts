import axios from "axios";
import { z } from "zod";
import { ProviderError, toProviderError } from "../provider-error.ts";
import type { ProviderSettings } from "../provider-settings.ts";
import { withRetries } from "../retry.ts";

const timeoutMs = 20_000;

const Points = z.array(z.tuple([z.number().positive(), z.number().nullable()]));
const MarketChart = z.object({ prices: Points, market_caps: Points, total_volumes: Points });

export type PastPrice = {
  readonly observedAt: Date;
  readonly priceUsd: number;
  readonly volume24hUsd: number | null;
  readonly marketCapUsd: number | null;
};

export type FetchHistory = (
  slug: string,
  days: number,
  deadlineMs: () => number,
) => Promise<readonly PastPrice[]>;

/** Fetches a coin's past prices from CoinGecko's `market_chart`: hourly up to 90 days, oldest first. */
export function historyFetcher({ historyUrl }: ProviderSettings): FetchHistory {
  const client = axios.create({
    baseURL: historyUrl,
    timeout: timeoutMs,
    headers: { Accept: "application/json" },
  });
  return async (slug, days, deadlineMs) =>
    await withRetries(
      async () => {
        try {
          const path = `/api/v3/coins/${encodeURIComponent(slug)}/market_chart`;
          const { data } = await client.get<unknown>(path, { params: { vs_currency: "usd", days } });
          return parseMarketChart(data);
        } catch (error) {
          throw toProviderError("CoinGecko", error);
        }
      },
      { deadlineMs },
    );
}

/** Joins the three series by time; points without a usable price are left out. */
export function parseMarketChart(body: unknown): readonly PastPrice[] {
  const chart = MarketChart.safeParse(body);
  if (!chart.success) {
    throw new ProviderError(`CoinGecko's answer is not a market chart: ${z.prettifyError(chart.error)}`, {
      retryable: true,
    });
  }
  const volumes = new Map(chart.data.total_volumes);
  const marketCaps = new Map(chart.data.market_caps);
  const prices = new Map(chart.data.prices.filter(([, price]) => price !== null && price > 0));
  return [...prices.entries()]
    .sort(([a], [b]) => a - b)
    .map(([at, price]) => ({
      observedAt: new Date(at),
      priceUsd: price ?? 0,
      volume24hUsd: positiveOrNull(volumes.get(at)),
      marketCapUsd: positiveOrNull(marketCaps.get(at)),
    }));
}

function positiveOrNull(value: number | null | undefined): number | null {
  return value !== null && value !== undefined && value > 0 ? value : null;
}
