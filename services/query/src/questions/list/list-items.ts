import type { EpisodeRow } from "@vibe-charting/database";
import type { CoinFacts } from "../coin-facts.ts";
import { matchingEpisodes } from "../conditions/signal-condition.ts";
import type { Plan } from "../plan.ts";

/** One line of a list: a coin, with the episode that it is in the list for. */
export type ListItem = { readonly coin: CoinFacts; readonly episode: EpisodeRow | undefined };

/** Whether a question asks for the coins with a signal and nothing else: then each episode is a line. */
export function isSignalList(plan: Plan): boolean {
  return plan.screens.join() === "signal" && plan.negates !== "signal";
}

/** Whether the list is the first few of an order, and not everything that fulfils a condition. */
export function isRanking(plan: Plan): boolean {
  if (plan.minChangePct !== null || plan.benchmark !== null) return false;
  return plan.screens.join() === "performance" || plan.screens.join() === "volatility";
}

/** The lines of the coins that match, in their order. */
export function listItems(plan: Plan, matched: readonly CoinFacts[]): readonly ListItem[] {
  if (!plan.screens.includes("signal") || plan.negates === "signal") {
    return matched.map(coin => ({ coin, episode: undefined }));
  }
  if (!isSignalList(plan)) return matched.map(coin => ({ coin, episode: matchingEpisodes(coin, plan)[0] }));
  // The sort is stable: episodes that changed at the same time keep the order of their coins.
  return matched
    .flatMap(coin => matchingEpisodes(coin, plan).map(episode => ({ coin, episode })))
    .sort((a, b) => b.episode.detected_at.getTime() - a.episode.detected_at.getTime());
}
