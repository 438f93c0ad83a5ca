import type { Interpretation } from "@vibe-charting/contracts";
import { signalList } from "./slot-lists.ts";

/** The page of the signals that a question is about, where one can be told of them; null where it is about none. */
export function alertPath({ intents, symbols, minConfidence, ...slots }: Interpretation): string | null {
  const types = signalList({ symbols, minConfidence, ...slots });
  const [type] = types;
  if (type === undefined && !intents.includes("signal") && !intents.includes("symbol_overview")) return null;
  const [symbol] = symbols;
  const parameters = new URLSearchParams({
    ...(type !== undefined && types.length === 1 && { type }),
    ...(symbol !== undefined && symbols.length === 1 && { symbol }),
    ...(minConfidence !== null && { minConfidence: String(minConfidence) }),
  });
  return `/signals${parameters.size > 0 ? `?${parameters}` : ""}`;
}
