import type { SignalState } from "@vibe-charting/contracts";
import { isOpen, stateNames } from "../format/words.ts";

/** A state in words; open ones are filled, ended ones are not. */
export function StateBadge({ state }: { state: SignalState }) {
  const kind = state === "confirmed" ? "confirmed" : isOpen(state) ? "open" : "ended";
  return <span className={`badge ${kind}`}>{stateNames[state]}</span>;
}
