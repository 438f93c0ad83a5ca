import type { SignalFilter } from "../api/client.ts";

type FilterPolicy = Readonly<Record<string, readonly (string | { numeric: readonly [">=", number] })[]>>;

/** The SNS filter policy, over the attributes of `signals.detected`, that lets through what a list's filter does. */
export function snsFilterPolicy({ symbol, type, state, minConfidence }: SignalFilter): FilterPolicy {
  return {
    type: ["signals.detected"],
    ...(symbol === undefined ? {} : { symbol: [symbol] }),
    ...(type === undefined ? {} : { signal_type: [type] }),
    ...(state === undefined ? {} : { state: [state] }),
    ...(minConfidence === undefined ? {} : { confidence: [{ numeric: [">=", Number(minConfidence)] }] }),
  };
}
