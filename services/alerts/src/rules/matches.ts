import { type AlertFilter, defaultAlertStates, type SignalChange } from "@vibe-charting/contracts";

/**
 * Whether an alert asks for a change of a signal. A move of the market belongs to no coin: it is asked for by name,
 * or by an alert that names neither coins nor signals.
 */
export function matches(
  alert: { readonly filter: AlertFilter; readonly cmcIds: readonly number[] | null },
  signal: SignalChange,
): boolean {
  const { signalTypes, states = defaultAlertStates, minConfidence = 0 } = alert.filter;
  if (!states.includes(signal.state) || signal.confidence < minConfidence) return false;
  if (signalTypes && !signalTypes.includes(signal.signalType)) return false;
  if (alert.cmcIds === null) return true;
  return signal.signalType === "market_move"
    ? signalTypes !== undefined
    : alert.cmcIds.includes(signal.cmcId);
}
