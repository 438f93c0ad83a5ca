import type { TrendReading } from "@vibe-charting/contracts";
import type { PartResult } from "../answer-part.ts";
import type { CoinFacts } from "../coin-facts.ts";
import { volatilityOf } from "../conditions/volatility-condition.ts";
import { amount, count, listed, percent, price, share, windowWords } from "../figures.ts";
import { describeEpisode } from "../list/describe-item.ts";
import type { Plan } from "../plan.ts";
import type { Explanations } from "../signals/explanations.ts";
import { toResult, toTrendReadings } from "../to-result.ts";

/** Episodes that a coin's text names. */
const mostSignals = 3;

/** `Bitcoin (BTC, rank 1) is at $63,420, +2.1% over the past 24 hours`. */
export function describePrice(coin: CoinFacts, plan: Plan): string {
  const change =
    coin.changePct === null
      ? `with no price at the start of ${plan.windowWords} to compare with`
      : `${percent(coin.changePct)} over ${plan.windowWords}`;
  const rank = coin.rank === null ? "" : `, rank ${coin.rank}`;
  return `${coin.name} (${coin.symbol}${rank}) is at ${price(coin.priceUsd)}, ${change}.`;
}

/** `Market cap $1.37 trillion, volume $28.4 billion in 24 hours.` What is not known is left out. */
export function describeSize({ marketCapUsd, volume24hUsd }: CoinFacts): string {
  const figures = [
    ...(marketCapUsd === null ? [] : [`market cap ${amount(marketCapUsd)}`]),
    ...(volume24hUsd === null ? [] : [`volume ${amount(volume24hUsd)} in 24 hours`]),
  ].join(", ");
  return figures === "" ? "" : `${figures.charAt(0).toUpperCase()}${figures.slice(1)}.`;
}

/** Per cent; who reads of a larger change expects more than "sideways". */
const noticeableChangePct = 10;

/** A coin that jumped has no trend, since it did not drift; said where the change would make one doubt the label. */
export function describeUnsteady({ type, changePct }: Pick<TrendReading, "type" | "changePct">): string {
  if (type !== "sideways" || changePct === null || Math.abs(changePct) < noticeableChangePct) return "";
  return `: it changed by ${percent(changePct)}, but in no steady direction`;
}

/** The trend of every timeframe in one sentence. */
export function describeTrends(coin: CoinFacts): string {
  if (coin.kind === "stable") return "It is pegged to a currency and has no trend of its own.";
  const trends = toTrendReadings(coin);
  if (trends.length === 0) return "Its trends have not been worked out yet.";
  const known = trends.flatMap(trend =>
    trend.type === null
      ? []
      : [`${trend.type} over ${trend.timeframe} (${share(trend.confidence)} sure${describeUnsteady(trend)})`],
  );
  return known.length === 0 ? "There is not enough data for a trend." : `Trends: ${listed(known)}.`;
}

export function describeVolatility(coin: CoinFacts, plan: Plan): string {
  const volatility = volatilityOf(coin, plan);
  if (volatility === null) return "";
  return `Its volatility over ${windowWords(plan.volatilityTimeframe)} is ${share(volatility)} a year.`;
}

/** Signals that are open or that ended lately. */
export function describeSignals({ episodes, kind }: CoinFacts): string {
  if (kind !== "native") return "";
  if (episodes.length === 0) return "No signal is open.";
  const named = episodes.slice(0, mostSignals).map(episode => describeEpisode(episode, true));
  return `${count(episodes.length, "signal")}: ${listed(named)}.`;
}

/** A named coin with all that is known of it, and the conditions of the signal that is asked about. */
export function toCard(coin: CoinFacts, plan: Plan, explanations: Explanations): PartResult {
  const episode = coin.episodes.find(
    ({ signal_type }) => plan.signals.length === 0 || plan.signals.includes(signal_type),
  );
  const asked = explanations.get(coin.cryptoId)?.find(({ type }) => plan.signals.includes(type));
  return {
    ...toResult(coin, { trend: plan.trendTimeframe, volatility: plan.volatilityTimeframe, episode }),
    ...(asked ? { signal: asked.type, evidence: asked.evidence } : {}),
    trends: toTrendReadings(coin),
  };
}
