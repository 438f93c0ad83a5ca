import { nameOf } from "../coin-name.ts";
import { sideOf } from "../conditions/change-condition.ts";
import type { Condition } from "../conditions/condition.ts";
import { signalNames, signalTime } from "../conditions/signal-condition.ts";
import { volatilitySide } from "../conditions/volatility-condition.ts";
import { count, listed, windowWords } from "../figures.ts";
import type { Plan } from "../plan.ts";
import { describeItem } from "./describe-item.ts";
import { isRanking, isSignalList, type ListItem } from "./list-items.ts";
import { scopeWords } from "./scope.ts";
import { nearestMisses, type Screened } from "./screen.ts";

/** Lines that the text names; the results have all of them. */
const mostNamed = 10;

/** Says what a list question found: how many of how many coins, and which, with their figures. */
export function describeList(
  plan: Plan,
  conditions: readonly Condition[],
  screened: Screened,
  found: number,
  shown: readonly ListItem[],
): string {
  const number = screened.matched.length + screened.missed.length;
  const says = conditions.flatMap(condition => condition.says ?? []);
  const scope = scopeWords(plan);
  const evaluated = `${count(number, "coin")}${scope === "" ? "" : ` ${scope}`}`;
  if (number === 0) return `No coin${scope === "" ? "" : ` ${scope}`} could be evaluated for this question.`;
  if (found === 0) {
    const asked = listed(says.map(({ one }) => one));
    return `None of ${evaluated} ${asked === "" ? "matches" : asked}.${describeNearest(plan, screened)}`;
  }
  const named = shown.slice(0, mostNamed).map(item => describeItem(plan, item));
  const rest = shown.length - named.length;
  const more = rest > 0 ? `, and ${rest} more` : "";
  const few = plan.limit !== null && found < plan.limit ? ` ${plan.limit} were asked for.` : "";
  const head = isRanking(plan)
    ? `${ranking(plan, shown.length)} of ${evaluated} over ${rankedOver(plan)}`
    : isSignalList(plan)
      ? `${signals(plan, found)} ${signalTime(plan)} among ${evaluated}`
      : `${found} of ${evaluated} ${listed(says.map(({ one, many }) => (found === 1 ? one : many)))}`;
  const first = !isRanking(plan) && found > shown.length ? `; ${firstOf(plan, shown.length)}` : "";
  return `${head}${first}: ${named.join("; ")}${more}.${few}`;
}

function describeNearest(plan: Plan, screened: Screened): string {
  const { compared, nearest } = nearestMisses(screened);
  if (nearest.length === 0) return "";
  const isPart = plan.screens.includes("signal") && compared < screened.missed.length;
  const of = isPart ? `Closest of the ${compared} compared` : "Closest";
  return ` ${of}: ${nearest.map(({ coin, words }) => `${nameOf(coin)} (${words})`).join("; ")}.`;
}

function signals(plan: Plan, found: number): string {
  const names = signalNames(plan);
  return count(found, names === "" ? "signal" : `${names} signal`);
}

/** Which of those that match are shown, where not all of them are. */
function firstOf(plan: Plan, shown: number): string {
  if (plan.screens.includes("performance") || plan.screens.includes("volatility")) {
    return `${ranking(plan, shown).toLowerCase()} of them`;
  }
  if (plan.screens.includes("signal") && plan.negates !== "signal") return `the latest ${shown}`;
  return plan.screens.includes("trend") && plan.negates !== "trend"
    ? `the surest ${shown}`
    : `the first ${shown} by rank`;
}

function ranking(plan: Plan, shown: number): string {
  const which = plan.screens.includes("performance")
    ? { up: "strongest", down: "weakest", either: "biggest movers" }[sideOf(plan)]
    : volatilitySide(plan) === "low"
      ? "calmest"
      : "most volatile";
  return shown === 1 ? `The ${which}` : `The ${shown} ${which}`;
}

function rankedOver(plan: Plan): string {
  return plan.screens.includes("performance") ? plan.windowWords : windowWords(plan.volatilityTimeframe);
}
