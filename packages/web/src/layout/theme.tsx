import { useSyncExternalStore } from "react";
import { readStored, store } from "../storage.ts";

const themes = ["system", "light", "dark"] as const;
type Theme = (typeof themes)[number];

const key = "vibe-charting.theme";
const listeners = new Set<() => void>();
let theme: Theme = themes.find(known => known === readStored(key)) ?? "system";

/** Puts the chosen theme on the document; "system" leaves it to the browser's setting. */
export function applyTheme(): void {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

function choose(next: Theme): void {
  theme = next;
  store(key, next);
  applyTheme();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  const system = matchMedia("(prefers-color-scheme: dark)");
  listeners.add(listener);
  system.addEventListener("change", listener);
  return () => {
    listeners.delete(listener);
    system.removeEventListener("change", listener);
  };
}

/** Whether the page is shown dark now, for what is drawn rather than styled. */
export function useIsDark(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => theme === "dark" || (theme === "system" && matchMedia("(prefers-color-scheme: dark)").matches),
  );
}

export function ThemeChoice() {
  const current = useSyncExternalStore(subscribe, () => theme);
  return (
    <label className="theme-choice">
      <span className="hidden">Colours</span>
      <select
        value={current}
        onChange={event => choose(themes.find(known => known === event.target.value) ?? "system")}
      >
        <option value="system">System colours</option>
        <option value="light">Light</option>
        <option value="dark">Dark</option>
      </select>
    </label>
  );
}
