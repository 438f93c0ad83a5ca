import type { EpisodeRow } from "@vibe-charting/database";
import { nameOf } from "./answer-list.ts";
import type { CoinFacts } from "./coin-facts.ts";
import { count, listed, percent, price, share, signalWords, stateWords } from "./figures.ts";
import type { Plan } from "./plan.ts";
import { toResult, toTrendReadings } from "./to-result.ts";

/** A coin named in a question, as the listing has it; `coin` is missing where the listing does not have it. */
export type NamedCoin = { readonly symbol: string; readonly coin: CoinFacts | undefined };

/** The coins that a question names. A symbol means the best-ranked coin that bears it. */
export function namedCoins(plan: Plan, coins: readonly CoinFacts[]): readonly NamedCoin[] {
  return plan.symbols.map(symbol => ({
    symbol,
    coin: coins.find(coin => coin.symbol.toUpperCase() === symbol.toUpperCase()),
  }));
}

/** Said where several coins bear the symbol. */
export function describeNamesakes(coin: CoinFacts): string {
  if (coin.namesakes === 0) return "";
  const others = coin.namesakes === 1 ? "another coin bears" : `${coin.namesakes} other coins bear`;
  return ` ${coin.symbol} is taken for ${coin.name}, the highest-ranked; ${others} this symbol too.`;
}

/** Price and change: `Bitcoin (BTC) is at $63,420, +2.1% over the past day`. */
export function describePrice(coin: CoinFacts, plan: Plan): string {
  const change =
    coin.changePct === null
      ? `with no price at the start of ${plan.windowWords} to compare with`
      : `${percent(coin.changePct)} over ${plan.windowWords}`;
  return `${coin.name} (${coin.symbol})${coin.rank === null ? "" : `, rank ${coin.rank},`} is at ${price(coin.priceUsd)}, ${change}`;
}

/** The trends of every timeframe in one clause. */
export function describeTrends(coin: CoinFacts): string {
  const trends = toTrendReadings(coin);
  if (trends.length === 0) return "It has not been analysed yet.";
  const known = trends.flatMap(({ timeframe, type, confidence }) =>
    type === null ? [] : [`${type} over ${timeframe} (${share(confidence)} sure)`],
  );
  return known.length === 0 ? "There is not enough data for a trend." : `Trends: ${listed(known)}.`;
}

/** Signals that are open or that ended lately. */
export function describeSignals(episodes: readonly EpisodeRow[]): string {
  if (episodes.length === 0) return "No signal is open.";
  const named = episodes
    .slice(0, 3)
    .map(
      ({ signal_type, state, detected_at, confidence }) =>
        `${signalWords[signal_type]} ${stateWords[state]} on ${detected_at.toISOString().slice(0, 10)} (${share(confidence)} sure)`,
    );
  return `${count(episodes.length, "signal")}: ${listed(named)}.`;
}

export function describeVolatility(coin: CoinFacts, plan: Plan): string {
  const volatility = coin.trends[plan.volatilityTimeframe]?.volatility ?? null;
  return volatility === null
    ? ""
    : ` Its ${plan.volatilityTimeframe} volatility is ${share(volatility)} a year.`;
}

export function toCard(coin: CoinFacts, plan: Plan) {
  const episode = coin.episodes.find(
    ({ signal_type }) => plan.signals.length === 0 || plan.signals.includes(signal_type),
  );
  return {
    ...toResult(coin, { trend: plan.trendTimeframe, volatility: plan.volatilityTimeframe, episode }),
    trends: toTrendReadings(coin),
  };
}

export { nameOf };
