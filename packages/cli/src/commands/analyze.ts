import {
  advanceDetectors,
  analyzeTrends,
  type MarketSample,
  marketSamplesOf,
  measureVolatility,
  type SignalChange,
} from "@vibe-charting/market";
import { Command, InvalidArgumentError } from "commander";
import { type CoinHistory, readHistories, readTime } from "../history-csv.ts";

/** Older data than this raises no signal. */
const freshMs = 2 * 86_400_000;

/** What is known of one coin at a time, from the rows up to it. */
export function analyzeHistory(history: CoinHistory, market: readonly MarketSample[], asOf: number | null) {
  const { samples, symbol, leftOut } = history;
  const newest = samples.at(-1)?.at;
  const at = asOf ?? newest ?? null;
  if (at === null) return { symbol, asOf: null, trends: [], signals: [], leftOut };
  const trends = analyzeTrends({ coin: history, samples, asOf: at });
  const stale = newest === undefined || at - newest > freshMs;
  return {
    symbol,
    asOf: new Date(at).toISOString(),
    trends,
    volatility: measureVolatility({ samples, asOf: at }),
    signals: stale ? [] : openSignals(history, market),
    leftOut,
  };
}

/** The newest change of every episode that is still open. */
function openSignals(history: CoinHistory, market: readonly MarketSample[]) {
  const { changes } = advanceDetectors({ coin: history, samples: history.samples, market, state: null });
  const newest = new Map<string, SignalChange>();
  for (const change of changes) newest.set(change.episodeId, change);
  return [...newest.values()]
    .filter(({ state }) => state === "suspected" || state === "forming" || state === "confirmed")
    .map(({ type, state, confidence, detectedAt, evidence, episodeId }) => ({
      type,
      state,
      confidence,
      detectedAt: new Date(detectedAt).toISOString(),
      evidence,
      episodeId,
    }));
}

/** Reads a time given on the command line; a date means 00:00 UTC. */
export function timeArgument(text: string): number {
  const time = readTime(text);
  if (Number.isNaN(time)) {
    throw new InvalidArgumentError(`"${text}" is no time; write it as 2024-03-18 or 2024-03-18T12:00:00Z.`);
  }
  return time;
}

/** `vibe analyze`: trends and open signals from files of prices, with no database. */
export function analyzeCommand(): Command {
  return new Command("analyze")
    .description(
      "Reads prices from CSV files (symbol,date,open,high,low,close,volume,market_cap) and prints the trends and open signals of each coin, one JSON line a symbol.",
    )
    .requiredOption("--input <file...>", "the files to read")
    .option("--as-of <time>", "look at no later row (default: each coin's newest)", timeArgument)
    .action(async ({ input, asOf }: { input: string[]; asOf?: number }) => {
      const histories = await readHistories(input, asOf ?? Number.POSITIVE_INFINITY);
      const market = marketSamplesOf(histories);
      for (const history of histories) {
        process.stdout.write(`${JSON.stringify(analyzeHistory(history, market, asOf ?? null))}\n`);
      }
    });
}
