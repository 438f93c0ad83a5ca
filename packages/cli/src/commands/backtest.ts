import {
  advanceDetectors,
  type MarketSample,
  marketSamplesOf,
  type OrdinaryDays,
  type Outcome,
  recordOrdinaryDays,
  recordOutcomes,
  type SignalChange,
  signalRegistry,
  summarizeRecord,
} from "@vibe-charting/market";
import { Command } from "commander";
import { type CoinHistory, readHistories } from "../history-csv.ts";
import { progressBar } from "../stage/progress-bar.ts";
import { timeArgument } from "./analyze.ts";

/** Milliseconds since the epoch, both included. */
type Span = { readonly from: number; readonly to: number };

/** One coin's signals as they would have been seen, and what became of them. */
export function backtestHistory(history: CoinHistory, market: readonly MarketSample[], { from, to }: Span) {
  const { changes } = advanceDetectors({ coin: history, samples: history.samples, market, state: null });
  const seen = changes.filter(({ detectedAt }) => detectedAt >= from && detectedAt <= to);
  const days = history.samples.filter(({ at }) => at >= from && at <= to);
  return {
    changes: seen,
    outcomes: recordOutcomes({ coinId: history.id, samples: history.samples, changes: seen }),
    ordinary: recordOrdinaryDays({ coinId: history.id, samples: days }),
  };
}

function eventLine(symbol: string, change: SignalChange) {
  const { detectedAt, type, state, confidence, episodeId } = change;
  return { symbol, at: new Date(detectedAt).toISOString(), type, state, confidence, episodeId };
}

/** The record of every kind of signal, in the registry's order. */
export function recordLines(outcomes: readonly Outcome[], ordinary: readonly OrdinaryDays[]) {
  return signalRegistry.map(({ type, version }) => {
    const { claim, horizons } = summarizeRecord({ type, outcomes, ordinary });
    const count = outcomes.filter(outcome => outcome.type === type).length;
    return { signal: type, version, claim, count, horizons };
  });
}

/** `vibe backtest`: steps through past prices as they would have been seen, and keeps the signals' record. */
export function backtestCommand(): Command {
  return new Command("backtest")
    .description(
      "Steps through the prices of CSV files with no look-ahead and prints, per signal, its hit rate after 1, 3, 7 and 30 days beside that of ordinary days of the same coins.",
    )
    .requiredOption("--input <file...>", "the files to read")
    .option("--from <time>", "count signals from here on; earlier rows are the look-back", timeArgument)
    .option("--to <time>", "look at no later row", timeArgument)
    .option("--events", "print every change of a signal's state first")
    .action(async (options: { input: string[]; from?: number; to?: number; events?: true }) => {
      const span = {
        from: options.from ?? Number.NEGATIVE_INFINITY,
        to: options.to ?? Number.POSITIVE_INFINITY,
      };
      if (span.from > span.to) throw new Error("--from lies after --to; swap them.");
      const histories = await readHistories(options.input, span.to);
      const market = marketSamplesOf(histories);
      const bar = process.stderr.isTTY ? progressBar("Backtest") : null;
      const outcomes: Outcome[] = [];
      const ordinary: OrdinaryDays[] = [];
      for (const [index, history] of histories.entries()) {
        bar?.update(index / histories.length, history.symbol);
        const result = backtestHistory(history, market, span);
        outcomes.push(...result.outcomes);
        ordinary.push(result.ordinary);
        if (!options.events) continue;
        for (const change of result.changes) {
          process.stdout.write(`${JSON.stringify(eventLine(history.symbol, change))}\n`);
        }
      }
      bar?.end();
      for (const line of recordLines(outcomes, ordinary)) process.stdout.write(`${JSON.stringify(line)}\n`);
    });
}
