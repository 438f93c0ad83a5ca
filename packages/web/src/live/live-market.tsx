import { useQueryClient } from "@tanstack/react-query";
import type { Signal } from "@vibe-charting/contracts";
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { useCoins, useSignals } from "../api/queries.ts";
import { notifyBrowser } from "./browser-notices.ts";
import { type SignalChange, signalChanges } from "./signal-changes.ts";

type LiveMarket = {
  /** The id of the coin that the API means by a symbol in upper case: the highest-ranked that bears it. */
  readonly coinBySymbol: ReadonlyMap<string, number>;
  /** The observation time of the newest listing; null before the first answer. */
  readonly newestAt: string | null;
  readonly state: "connecting" | "live" | "interrupted";
  readonly changes: readonly SignalChange[];
  dismiss(id: string): void;
};

const LiveContext = createContext<LiveMarket>({
  coinBySymbol: new Map(),
  newestAt: null,
  state: "connecting",
  changes: [],
  dismiss: () => undefined,
});

/** Older notices give way to newer ones. */
const mostNotices = 3;
export const everySignal = {};

/**
 * Watches the listing and the signals, which is all that is polled. What rests on them is fetched again when a new
 * listing arrives.
 */
export function LiveMarketProvider({ children }: { children: ReactNode }) {
  const coins = useCoins();
  const signals = useSignals(everySignal);
  const queries = useQueryClient();
  const newestAt = coins.data?.coins[0]?.observedAt ?? null;
  const listingBefore = useRef<string | null>(null);
  const signalsBefore = useRef<readonly Signal[] | null>(null);
  const [changes, setChanges] = useState<readonly SignalChange[]>([]);

  useEffect(() => {
    if (listingBefore.current !== null && listingBefore.current !== newestAt) {
      void queries.invalidateQueries({ queryKey: ["market"] });
    }
    listingBefore.current = newestAt;
  }, [newestAt, queries]);

  const current = signals.data?.signals;
  useEffect(() => {
    if (current === undefined) return;
    const found = signalsBefore.current === null ? [] : signalChanges(signalsBefore.current, current);
    signalsBefore.current = current;
    if (found.length === 0) return;
    void queries.invalidateQueries({ queryKey: ["signals"] });
    for (const change of found) notifyBrowser(change);
    setChanges(earlier => {
      const ids = new Set(found.map(({ id }) => id));
      return [...found, ...earlier.filter(({ id }) => !ids.has(id))].slice(0, mostNotices);
    });
  }, [current, queries]);

  const isOnline = useSyncExternalStore(subscribeToConnection, () => navigator.onLine);
  const isInterrupted = !isOnline || coins.isError || signals.isError;
  const state = isInterrupted ? "interrupted" : newestAt === null ? "connecting" : "live";
  const listing = coins.data?.coins;
  // The listing is in the order of rank, and the last entry of a key is the one that a map keeps.
  const coinBySymbol = useMemo(
    () =>
      new Map(
        (listing ?? []).map(({ symbol, cmcId }) => [symbol.toUpperCase(), cmcId] as const).toReversed(),
      ),
    [listing],
  );
  const value: LiveMarket = useMemo(
    () => ({
      coinBySymbol,
      newestAt,
      state,
      changes,
      dismiss: id => setChanges(earlier => earlier.filter(change => change.id !== id)),
    }),
    [coinBySymbol, newestAt, state, changes],
  );
  return <LiveContext value={value}>{children}</LiveContext>;
}

/** The browser tells at once that its connection went; a poll would only find out later. */
function subscribeToConnection(listener: () => void): () => void {
  addEventListener("online", listener);
  addEventListener("offline", listener);
  return () => {
    removeEventListener("online", listener);
    removeEventListener("offline", listener);
  };
}

export function useLiveMarket(): LiveMarket {
  return useContext(LiveContext);
}
