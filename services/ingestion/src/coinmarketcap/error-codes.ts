import type { Refusal } from "../provider-client.ts";
import { limitWaitMs, type Reaction, reactionToStatus } from "../provider-error.ts";

/** One of CoinMarketCap's error codes: what it means, and what follows from it. */
type ErrorCode = {
  readonly meaning: string;
  readonly reaction: Reaction;
  /** What a person can do about it; null where the reaction is enough. */
  readonly advice: string | null;
};

const fail: Reaction = { kind: "fail" };
const afterTheMinute: Reaction = { kind: "retry", waitMs: limitWaitMs };
const soon: Reaction = { kind: "retry", waitMs: null };
const pause: Reaction = { kind: "pause" };

const putKey = 'Put a valid key into the secret vibe-charting/coinmarketcap, as {"apiKey": "..."}.';
const lookAtPlan = "Look at the plan on pro.coinmarketcap.com/account/plan.";
const largerPlan =
  "Follow fewer coins (VIBE_TRACKED_COINS), take them in less often (VIBE_SCHEDULE), or take a larger plan.";

/** CoinMarketCap's documented error codes; docs/sources.md has this table, and a test holds the two together. */
export const errorCodes: Readonly<Record<number, ErrorCode>> = {
  400: {
    meaning: "the request is not valid",
    reaction: fail,
    advice: "The API may have changed: compare the request in fetch-listing.ts with its documentation.",
  },
  500: { meaning: "a fault of the provider", reaction: soon, advice: null },
  1001: { meaning: "the key is not valid", reaction: fail, advice: putKey },
  1002: { meaning: "the key is missing", reaction: fail, advice: putKey },
  1003: { meaning: "the key is not activated", reaction: fail, advice: lookAtPlan },
  1004: { meaning: "the plan has expired", reaction: fail, advice: lookAtPlan },
  1005: { meaning: "the call needs a key", reaction: fail, advice: putKey },
  1006: { meaning: "the plan does not have this endpoint", reaction: fail, advice: lookAtPlan },
  1007: {
    meaning: "the key is disabled",
    reaction: fail,
    advice: "Ask CoinMarketCap's support, or use another key.",
  },
  1008: { meaning: "too many requests in this minute", reaction: afterTheMinute, advice: null },
  1009: { meaning: "the day's limit is used up", reaction: pause, advice: largerPlan },
  1010: { meaning: "the month's credits are used up", reaction: pause, advice: largerPlan },
  1011: { meaning: "too many requests from this address", reaction: afterTheMinute, advice: null },
};

/** What CoinMarketCap's refusal means: by its own code where that is known, else by the HTTP status. */
export function readRefusal(status: number, body: unknown): Refusal {
  const state = memberOf(body, "status");
  const code = asCode(memberOf(state, "error_code"));
  const words = memberOf(state, "error_message");
  const known = code === null ? undefined : errorCodes[code];
  return {
    code,
    words: typeof words === "string" && words !== "" ? words : (known?.meaning ?? null),
    reaction: known?.reaction ?? reactionToStatus(status),
    advice: known?.advice ?? null,
  };
}

/** The code is a number in the documentation and a string in some answers; 0 is none. */
function asCode(value: unknown): number | null {
  const code = typeof value === "string" && /^\d{1,6}$/.test(value) ? Number(value) : value;
  return typeof code === "number" && Number.isInteger(code) && code > 0 ? code : null;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
