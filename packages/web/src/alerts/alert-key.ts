import { useSyncExternalStore } from "react";

/**
 * Alerts belong to a key: whoever has it sees and ends them, and may have mail sent. The page's own key is everybody's,
 * and the API keeps no alerts under it, so that they want the reader's own. It is kept until the tab is closed, and sent
 * to the API alone.
 */
const storageKey = "vibe-charting.own-key";
const listeners = new Set<() => void>();
let ownKey: string | null = read();

function read(): string | null {
  try {
    return sessionStorage.getItem(storageKey);
  } catch {
    return null;
  }
}

/** Takes the visitor's key, or forgets it. */
export function setOwnKey(key: string | null): void {
  ownKey = key;
  try {
    if (key === null) sessionStorage.removeItem(storageKey);
    else sessionStorage.setItem(storageKey, key);
  } catch {
    // Storing is forbidden: the key is known until the page is left.
  }
  for (const listener of listeners) listener();
}

/** The key that alerts are kept under, or null until the reader has given it. */
export function useOwnKey(): string | null {
  return useSyncExternalStore(
    listener => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => ownKey,
  );
}
