import type { QueryResult } from "@vibe-charting/contracts";
import { count } from "./figures.ts";
import type { Plan } from "./plan.ts";

/** Says which changes are the provider's own figures; empty where all follow from prices that were observed here. */
export function describeQuotedChanges(
  { windowWords }: Pick<Plan, "windowWords">,
  results: readonly Pick<QueryResult, "changePct" | "changeSource">[],
): string {
  const changes = results.filter(({ changePct }) => changePct !== null);
  const quoted = changes.filter(({ changeSource }) => changeSource === "provider").length;
  if (quoted === 0) return "";
  const which =
    quoted === changes.length
      ? `The change${quoted === 1 ? "" : "s"} over ${windowWords}`
      : `${count(quoted, "change")} of these`;
  const are = quoted === 1 ? "is the provider's own figure" : "are the provider's own figures";
  return `${which} ${are}: no price observed here reaches back to then.`;
}
