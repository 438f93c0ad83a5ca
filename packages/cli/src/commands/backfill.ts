import { Command, InvalidArgumentError } from "commander";
import { loadPast, type PastProgress, timeLeft } from "../load-past.ts";
import { invokeFunction } from "../stage/invoke-function.ts";
import { progressBar } from "../stage/progress-bar.ts";
import { findRunningStage } from "../stage/running-stage.ts";

type BackfillOptions = { readonly days: number; readonly coins?: number };

/** As far back as CoinGecko goes without a paid plan. */
const mostDays = 365;

export function backfillCommand(): Command {
  return new Command("backfill")
    .description(
      "Load past prices of the top coins into the local stage; run again, it goes on where it was interrupted. A progress bar on a terminal, JSON lines when piped.",
    )
    .option(
      "--days <days>",
      "how far back, as far as the stage keeps prices: every hour up to 90 days, every day up to 365",
      parseDays,
      90,
    )
    .option("--coins <number>", "only so many of the top coins (default: all that are followed)", parseCoins)
    .action(async ({ days, coins }: BackfillOptions) => {
      const stage = findRunningStage();
      const invoke = (event: object) => invokeFunction(stage, "history-backfill", JSON.stringify(event));
      const { stdout, stderr } = process;
      const bar = stderr.isTTY ? progressBar("backfill") : null;
      let start: { readonly done: number; readonly atMs: number } | null = null;
      let last: PastProgress | null = null;
      try {
        bar?.update(0, "matching the coins with CoinGecko's");
        for await (const progress of loadPast(invoke, { days, coins })) {
          // The pace counts from the end of the first part, in which the coins are matched.
          start ??= { done: progress.done, atMs: Date.now() };
          if (last === null && progress.notice !== null)
            stderr.write(`${bar ? "\r\u001b[K" : ""}${progress.notice}\n`);
          last = progress;
          const left = timeLeft(Date.now() - start.atMs, progress.done - start.done, progress.remaining);
          bar?.update(...shareAndLabel(progress, left));
          if (!stdout.isTTY) stdout.write(`${JSON.stringify(progress)}\n`);
        }
      } finally {
        bar?.end();
      }
      if (last === null) return;
      if (stdout.isTTY) stdout.write(describeResult(last));
      if (last.remaining > 0) {
        const [problem] = last.failed;
        throw new Error(
          `${last.remaining} coins are left without their past${problem ? `; ${problem.symbol}: ${problem.reason}` : ""}. Run the command again: it goes on from here.`,
        );
      }
    });
}

function shareAndLabel({ done, remaining }: PastProgress, left: string | null): [number, string] {
  const all = done + remaining;
  return [all === 0 ? 1 : done / all, `${done} of ${all} coins${left === null ? "" : `, ${left}`}`];
}

function describeResult({ done, refusedCount, refused, prices, announced, source }: PastProgress): string {
  const lines = [
    `${done} coins have their past (${source}): ${prices} new prices, ${announced} coins handed to the analysis`,
    ...(refusedCount === 0 ? [] : [`${refusedCount} coins were refused:`]),
    ...refused.map(({ symbol, reason }) => `  ${symbol}: ${reason}`),
  ];
  return `${lines.join("\n")}\n`;
}

function parseDays(text: string): number {
  const days = Number(text);
  if (Number.isInteger(days) && days >= 1 && days <= mostDays) return days;
  throw new InvalidArgumentError(`Days are a whole number from 1 to ${mostDays}.`);
}

function parseCoins(text: string): number {
  const coins = Number(text);
  if (Number.isInteger(coins) && coins >= 1) return coins;
  throw new InvalidArgumentError("A number of coins is a whole number from 1.");
}
