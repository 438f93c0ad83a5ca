import { useSyncExternalStore } from "react";
import { readStored, store } from "../storage.ts";

/** A question that was answered: what is needed to show it in a list, and to ask it again as it was. */
export type Exchange = { readonly question: string; readonly answer: string; readonly asOf: string | null };

const key = "vibe-charting.history";
const mostExchanges = 30;
const listeners = new Set<() => void>();
let exchanges: readonly Exchange[] = parseHistory(readStored(key));

/** Reads what was stored; what is not a history, of whatever origin, is none. */
export function parseHistory(text: string | null): readonly Exchange[] {
  try {
    const stored: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(stored) ? stored.filter(isExchange).slice(0, mostExchanges) : [];
  } catch {
    return [];
  }
}

function isExchange(value: unknown): value is Exchange {
  if (typeof value !== "object" || value === null) return false;
  const { question, answer, asOf } = value as Partial<Record<keyof Exchange, unknown>>;
  return (
    typeof question === "string" &&
    typeof answer === "string" &&
    (asOf === null || (typeof asOf === "string" && !Number.isNaN(Date.parse(asOf))))
  );
}

/** Puts an exchange first; the same question of the same time is kept once. */
export function withExchange(history: readonly Exchange[], exchange: Exchange): readonly Exchange[] {
  const others = history.filter(
    ({ question, asOf }) => question !== exchange.question || asOf !== exchange.asOf,
  );
  return [exchange, ...others].slice(0, mostExchanges);
}

export function remember(exchange: Exchange): void {
  replace(withExchange(exchanges, exchange));
}

export function forgetAll(): void {
  replace([]);
}

function replace(next: readonly Exchange[]): void {
  exchanges = next;
  store(key, JSON.stringify(next));
  for (const listener of listeners) listener();
}

/** The questions that this browser asked, the latest first. They are kept nowhere else. */
export function useHistory(): readonly Exchange[] {
  return useSyncExternalStore(
    listener => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => exchanges,
  );
}
