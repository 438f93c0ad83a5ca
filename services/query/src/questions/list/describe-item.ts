import { closedSignalStates, type SignalState } from "@vibe-charting/contracts";
import type { EpisodeRow } from "@vibe-charting/database";
import type { CoinFacts } from "../coin-facts.ts";
import { nameOf } from "../coin-name.ts";
import { volatilityOf } from "../conditions/volatility-condition.ts";
import { day, percent, price, share, signalWords, stateWords } from "../figures.ts";
import type { Plan } from "../plan.ts";
import type { ListItem } from "./list-items.ts";

/** One line of a list: the coin, and the figures that the question is about. */
export function describeItem(plan: Plan, { coin, episode }: ListItem): string {
  const volatility = volatilityOf(coin, plan);
  const figures = [
    ...(plan.screens.includes("performance") || plan.minChangePct !== null ? change(coin) : []),
    ...(plan.screens.includes("trend") ? trend(plan, coin) : []),
    ...(plan.screens.includes("volatility") && volatility !== null
      ? [`volatility ${share(volatility)} a year`]
      : []),
    ...(episode ? [describeEpisode(episode, plan.signals.length !== 1)] : []),
  ];
  const said = figures.length > 0 ? figures : [`at ${price(coin.priceUsd)}`];
  return `${nameOf(coin)} ${said.join(", ")}`;
}

function change(coin: CoinFacts): readonly string[] {
  return coin.changePct === null ? [] : [`${percent(coin.changePct)} to ${price(coin.priceUsd)}`];
}

function trend(plan: Plan, coin: CoinFacts): readonly string[] {
  const read = coin.trends[plan.trendTimeframe];
  if (!read?.type) return [];
  const sure = `${share(read.confidence)} sure`;
  const changed =
    !plan.screens.includes("performance") && read.changePct !== null ? [percent(read.changePct)] : [];
  const isOne = plan.trends.length === 1 && plan.negates !== "trend";
  return [isOne ? sure : `${read.type} (${sure})`, ...changed];
}

/** A signal's state, since when, and how sure it is. */
export function describeEpisode(episode: EpisodeRow, namesType: boolean): string {
  const name = namesType ? `${signalWords[episode.signal_type]} ` : "";
  const state = `${name}${stateWords[episode.state]} ${day(episode.detected_at)}`;
  // Of an episode that is over the confidence says how much of it is left.
  return isClosed(episode) ? state : `${state} (${share(episode.confidence)} sure)`;
}

const closedStates: ReadonlySet<SignalState> = new Set(closedSignalStates);

export function isClosed({ state }: EpisodeRow): boolean {
  return closedStates.has(state);
}
