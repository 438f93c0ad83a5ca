import type {
  AlertsResponse,
  CoinsResponse,
  MarketResponse,
  PricesResponse,
  QueryResponse,
  SignalsResponse,
  Timeframe,
  TrendsResponse,
} from "@vibe-charting/contracts";
import { startStage, temporaryState } from "../../../../test/support/stage-process.ts";

/** The operator's, which `npm start` prints; the page has another. */
export const localApiKey = "vibe-charting-local-key";

export type PageStage = Awaited<ReturnType<typeof startStillStage>>;

/** A demo market that stands still, so that what the page shows can be compared with what the API says. */
export async function startStillStage() {
  const state = temporaryState();
  const stage = await startStage(state.path, ["--source", "demo", "--interval", "86400"]);
  try {
    await stage.printed("ready http");
    await warmUp(stage.url);
  } catch (error) {
    state.remove();
    throw error;
  }
  return {
    url: stage.url,
    statePath: state.path,
    api: apiOf(stage.url),
    stop: async () => {
      await stage.end("SIGTERM");
      state.remove();
    },
  };
}

/** As many requests at once as the page makes: each starts a function of its own, which takes seconds. */
async function warmUp(url: string): Promise<void> {
  const { ask } = apiOf(url);
  await Promise.all(Array.from({ length: 8 }, () => ask("how is the market?")));
}

function apiOf(url: string) {
  async function call<Answer>(path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(`${url}${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers: { "x-api-key": localApiKey, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    // The contract's type, as the API is built by it.
    return (await response.json()) as Answer;
  }
  return {
    ask: (query: string) => call<QueryResponse>("/query", { query }),
    coins: () => call<CoinsResponse>("/coins?limit=200"),
    signals: (filter = "") => call<SignalsResponse>(`/signals?limit=200${filter}`),
    market: (timeframe: Timeframe) => call<MarketResponse>(`/market?timeframe=${timeframe}`),
    prices: (symbol: string, timeframe = "90d") =>
      call<PricesResponse>(`/coins/${symbol}/prices?timeframe=${timeframe}`),
    alerts: () => call<AlertsResponse>("/alerts?limit=200"),
    trends: (symbol: string) => call<TrendsResponse>(`/trends/${symbol}`),
  };
}
