import type { EpisodeRow } from "@vibe-charting/database";
import type { CoinFacts } from "../coin-facts.ts";
import { isAskedFor } from "../conditions/signal-condition.ts";
import { firstInOrder } from "../first-in-order.ts";
import type { Plan } from "../plan.ts";
import { inOrder } from "./order.ts";

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

/** The first `count` lines of the coins that match, in their order, and how many lines there are in all. */
export function listItems(
  plan: Plan,
  matched: readonly CoinFacts[],
  count: number,
): { readonly found: number; readonly shown: readonly ListItem[] } {
  if (!isSignalList(plan)) {
    const hasEpisode = plan.screens.includes("signal") && plan.negates !== "signal";
    const shown = inOrder(plan, matched, count).map(coin => ({
      coin,
      episode: hasEpisode ? coin.episodes.find(episode => isAskedFor(episode, plan)) : undefined,
    }));
    return { found: matched.length, shown };
  }
  let found = 0;
  function* lines() {
    for (const coin of matched) {
      for (const episode of coin.episodes) {
        if (!isAskedFor(episode, plan)) continue;
        found += 1;
        yield { coin, episode };
      }
    }
  }
  const shown = firstInOrder(lines(), latestFirst, count);
  return { found, shown };
}

type EpisodeLine = { readonly coin: CoinFacts; readonly episode: EpisodeRow };

/** Episodes that changed at the same time keep the order of their coins, which is by rank. */
function latestFirst(a: EpisodeLine, b: EpisodeLine): number {
  return b.episode.detected_at.getTime() - a.episode.detected_at.getTime();
}
