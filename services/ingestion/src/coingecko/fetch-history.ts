import axios from "axios";
import { z } from "zod";
import { ProviderError, toProviderError } from "../provider-error.ts";
import type { ProviderSettings } from "../provider-settings.ts";
import { withRetries } from "../retry.ts";

const timeoutMs = 20_000;

/** As in a listing: prices and amounts beyond these are a provider's glitch, not a market. */
const absurdPriceUsd = 1e12;
const absurdUsd = 1e18;
const dayMs = 24 * 60 * 60 * 1_000;

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
          return parseMarketChart(data, days);
        } catch (error) {
          throw toProviderError("CoinGecko", error);
        }
      },
      { deadlineMs },
    );
}

/**
 * Joins the three series by time. Points without a usable price are left out, and so are points further from the
 * middle one than the `days` that were asked for.
 */
export function parseMarketChart(body: unknown, days: number): readonly PastPrice[] {
  const chart = MarketChart.safeParse(body);
  if (!chart.success) {
    throw new ProviderError(`CoinGecko's answer is not a market chart: ${z.prettifyError(chart.error)}`, {
      retryable: true,
    });
  }
  const volumes = new Map(chart.data.total_volumes);
  const marketCaps = new Map(chart.data.market_caps);
  const prices = [...new Map(chart.data.prices)].flatMap(([at, price]) =>
    price !== null && price > 0 && price < absurdPriceUsd ? [{ at, price }] : [],
  );
  prices.sort((a, b) => a.at - b.at);
  const middle = prices[Math.floor(prices.length / 2)]?.at ?? 0;
  return prices
    .filter(({ at }) => Math.abs(at - middle) <= (days + 1) * dayMs)
    .map(({ at, price }) => ({
      observedAt: new Date(at),
      priceUsd: price,
      volume24hUsd: amountOrNull(volumes.get(at)),
      marketCapUsd: amountOrNull(marketCaps.get(at)),
    }));
}

function amountOrNull(value: number | null | undefined): number | null {
  return value !== null && value !== undefined && value > 0 && value < absurdUsd ? value : null;
}
