import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./stage-process.ts";

/** Real daily listings; kept beside the repository, never in it. */
export const replayFile = join(root, "../shared/market/top50_daily_2018_2022.csv");
export const hasReplayFile = existsSync(replayFile);

export type ListedDay = {
  readonly date: string;
  readonly coin: string;
  readonly symbol: string;
  readonly rank: number;
  readonly price: number;
};

/** The rows of the file from one day to another, both included. */
export function readReplayRows(from: string, to: string): readonly ListedDay[] {
  return readFileSync(replayFile, "utf8")
    .split("\n")
    .slice(1)
    .map(line => line.split(","))
    .filter(([date = ""]) => date >= from && date <= to)
    .map(([date = "", rank, symbol = "", coin = "", price]) => ({
      date,
      coin,
      symbol,
      rank: Number(rank),
      price: Number(price),
    }));
}

/** The best performers between two days: coins that both have, by change, best first. */
export function bestPerformers(
  rows: readonly ListedDay[],
  from: string,
  to: string,
  count: number,
): { symbol: string; changePct: number }[] {
  const start = new Map(rows.filter(({ date }) => date === from).map(({ coin, price }) => [coin, price]));
  return rows
    .filter(({ date, coin }) => date === to && start.has(coin))
    .map(({ symbol, coin, price }) => ({
      symbol,
      changePct: (price / (start.get(coin) ?? Number.NaN) - 1) * 100,
    }))
    .sort((a, b) => b.changePct - a.changePct)
    .slice(0, count);
}
