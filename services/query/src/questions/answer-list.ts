import type { EpisodeRow } from "@vibe-charting/database";
import type { AnswerPart } from "./answer-part.ts";
import type { CoinFacts } from "./coin-facts.ts";
import { type Condition, conditionsOf, matchingEpisodes, sideOf } from "./conditions.ts";
import {
  amount,
  count,
  listed,
  percent,
  price,
  share,
  signalWords,
  stateWords,
  windowWords,
} from "./figures.ts";
import { orderOf } from "./order.ts";
import type { Plan } from "./plan.ts";
import { isInScope, scopeWords } from "./scope.ts";
import { type Screened, screen } from "./screen.ts";
import { toResult } from "./to-result.ts";

/** Coins of a ranking when no number is asked for. */
const usualLimit = 10;
/** Coins of a list of all that match when no number is asked for. */
const longestList = 100;
/** Coins that the answer's text names; the results have all of them. */
const mostNamed = 10;

type Item = { readonly coin: CoinFacts; readonly episode: EpisodeRow | undefined };

/** Answers a question for a list: coins by change, trend, volatility or signal, or by several of these at once. */
export function answerList(plan: Plan, coins: readonly CoinFacts[]): AnswerPart {
  const conditions = conditionsOf(plan, coins);
  const ordered = coins.filter(coin => isInScope(coin, plan)).toSorted(orderOf(plan));
  const screened = screen(ordered, conditions);
  const found = itemsOf(plan, screened.matched);
  const shown = found.slice(0, plan.limit ?? (isRanking(plan) ? usualLimit : longestList));
  return {
    text: describe(plan, conditions, screened, found.length, shown),
    results: shown.map(({ coin, episode }) =>
      toResult(coin, {
        trend: plan.screens.includes("trend") ? plan.trendTimeframe : undefined,
        volatility: plan.screens.includes("volatility") ? plan.volatilityTimeframe : undefined,
        episode,
      }),
    ),
    evaluated: screened.evaluated,
    skipped: screened.skipped,
  };
}

/** Whether the list is the first few of an order, and not everything that fulfils a condition. */
function isRanking(plan: Plan): boolean {
  if (plan.minChangePct !== null || plan.benchmark !== null) return false;
  return plan.screens.includes("performance") || plan.screens.join() === "volatility";
}

/** A list of signals alone has an item for each episode; beside other conditions, the coin's latest one. */
function itemsOf(plan: Plan, matched: readonly CoinFacts[]): readonly Item[] {
  if (!plan.screens.includes("signal") || plan.negated) {
    return matched.map(coin => ({ coin, episode: undefined }));
  }
  if (plan.screens.length > 1) {
    return matched.map(coin => ({ coin, episode: matchingEpisodes(coin, plan)[0] }));
  }
  // A stable sort: coins with changes at the same time stay in the list's order.
  return matched
    .flatMap(coin => matchingEpisodes(coin, plan).map(episode => ({ coin, episode })))
    .sort((a, b) => b.episode.detected_at.getTime() - a.episode.detected_at.getTime());
}

function describe(
  plan: Plan,
  conditions: readonly Condition[],
  screened: Screened,
  found: number,
  shown: readonly Item[],
): string {
  const scope = scopeWords(plan, amount).join(" ");
  const asked = conditions.map(({ words }) => words).filter(words => words !== "");
  if (screened.evaluated === 0) return "No coin could be evaluated for this question.";
  if (found === 0) return describeNothing(scope, asked, screened);
  const named = shown.slice(0, mostNamed).map(item => describeItem(plan, item));
  const more =
    shown.length > named.length ? `; ${count(shown.length - named.length, "more")} in the results` : "";
  const few =
    plan.limit !== null && found < plan.limit ? ` ${plan.limit} were asked for, ${found} match.` : "";
  return `${headline(plan, scope, asked, screened, found, shown.length)}: ${listed(named)}${more.replace("mores", "more")}.${few}`;
}

function describeNothing(scope: string, asked: readonly string[], screened: Screened): string {
  const closest = screened.nearest.map(
    ({ coin, words }) => `${nameOf(coin)}${words === "" ? "" : ` (${words})`}`,
  );
  const hint = closest.length > 0 ? ` Closest: ${listed(closest)}.` : "";
  return `No coin ${joined(scope, `is ${listed(asked)}`)}: ${count(screened.evaluated, "coin")} evaluated, none matches.${hint}`;
}

function headline(
  plan: Plan,
  scope: string,
  asked: readonly string[],
  screened: Screened,
  found: number,
  shown: number,
): string {
  const of = `of ${count(screened.evaluated, "coin")}`;
  if (isRanking(plan)) {
    const which = ranked(plan, shown);
    return joined(`${which} ${of}`, scope, asked.filter(() => plan.screens.length > 1).join(" and "));
  }
  if (plan.screens.join() === "signal" && !plan.negated) {
    const names = plan.signals.map(type => signalWords[type]);
    const what = names.length > 0 ? `${listed(names, "or")} signal` : "signal";
    return joined(
      count(found, what),
      ...asked.map(words => words.slice(words.indexOf(" in the ") + 1 || 0)).filter(() => plan.hasWindow),
      scope,
      `(${screened.evaluated} coins evaluated)`,
    );
  }
  return joined(`${found} ${of}`, scope, found === 1 ? "is" : "are", listed(asked));
}

function ranked(plan: Plan, shown: number): string {
  const number = shown === 1 ? "" : `${shown} `;
  if (plan.screens.includes("performance")) {
    const which = { up: "strongest", down: "weakest", either: "biggest moves" }[sideOf(plan)];
    return `The ${number}${which} over ${plan.windowWords}`;
  }
  const low = plan.directions.includes("low") && !plan.directions.includes("high");
  return `The ${number}${low ? "calmest" : "most volatile"} over ${windowWords(plan.volatilityTimeframe)}`;
}

function joined(...parts: readonly string[]): string {
  return parts.filter(part => part !== "").join(" ");
}

function describeItem(plan: Plan, { coin, episode }: Item): string {
  const trend = coin.trends[plan.trendTimeframe];
  const volatility = coin.trends[plan.volatilityTimeframe]?.volatility ?? null;
  const facts = [
    ...(plan.screens.includes("performance") || plan.minChangePct !== null ? [change(coin)] : []),
    ...(plan.screens.includes("trend") && trend?.type
      ? [
          plan.trends.length === 1 && !plan.negated
            ? `${share(trend.confidence)} sure`
            : `${trend.type}, ${share(trend.confidence)} sure`,
        ]
      : []),
    ...(plan.screens.includes("volatility") && volatility !== null ? [`${share(volatility)} a year`] : []),
    ...(episode ? [describeEpisode(plan, episode)] : []),
  ];
  if (plan.screens.join() === "trend" && coin.changePct !== null) facts.push(change(coin));
  return `${nameOf(coin)} ${joined(facts.length > 1 ? `(${facts.join(", ")})` : (facts[0] ?? price(coin.priceUsd)))}`;
}

function change(coin: CoinFacts): string {
  return coin.changePct === null
    ? price(coin.priceUsd)
    : `${percent(coin.changePct)} to ${price(coin.priceUsd)}`;
}

function describeEpisode(plan: Plan, episode: EpisodeRow): string {
  const state = `${stateWords[episode.state]} ${episode.detected_at.toISOString().slice(0, 10)}, ${share(episode.confidence)} sure`;
  return plan.signals.length === 1 ? state : `${signalWords[episode.signal_type]} ${state}`;
}

/** A coin's symbol, with its name where several coins bear the symbol. */
export function nameOf(coin: CoinFacts): string {
  return coin.namesakes > 0 ? `${coin.symbol} (${coin.name})` : coin.symbol;
}
