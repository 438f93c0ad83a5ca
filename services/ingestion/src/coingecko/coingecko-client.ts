import { type CallPace, callPace } from "../call-pace.ts";
import { type ProviderClient, providerClient, type Refusal } from "../provider-client.ts";
import { reactionToStatus } from "../provider-error.ts";
import type { ProviderSettings } from "../provider-settings.ts";

/** Kept for the life of the process: CoinGecko counts the requests of this address, not those of one run. */
const paces = new Map<string, CallPace>();

/** Asks CoinGecko, no oftener than it allows without a key. */
export function coinGeckoClient({ historyUrl, historyCallsPerMinute }: ProviderSettings): ProviderClient {
  const pace = paces.get(historyUrl) ?? callPace(historyCallsPerMinute);
  paces.set(historyUrl, pace);
  return providerClient({ provider: "CoinGecko", baseUrl: historyUrl, pace, readRefusal });
}

/** CoinGecko's own words are in its status, or beside it as `error`; what to do follows from the HTTP status. */
function readRefusal(status: number, body: unknown): Refusal {
  const words = [memberOf(memberOf(body, "status"), "error_message"), memberOf(body, "error")];
  return {
    code: null,
    words: words.find((word): word is string => typeof word === "string" && word !== "") ?? null,
    reaction: reactionToStatus(status),
    advice: null,
  };
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
