import { setTimeout as sleep } from "node:timers/promises";
import type { LocalStage } from "@vibe-charting/local-stage";
import type { MarketFeed, MarketServer } from "@vibe-charting/simulated-market";
import { progressBar } from "../stage/progress-bar.ts";
import type { StageOperator } from "./stage-operator.ts";

export type MarketDriver = {
  readonly feed: MarketFeed;
  readonly server: MarketServer;
  readonly stage: LocalStage;
  readonly operator: StageOperator;
  /** How events reach the queues, for the case that they do not. */
  readonly subscriptions: string;
  readonly log: (message: string) => void;
  readonly signal: AbortSignal;
};

/** The days of history that the demo market is started with. */
const historyDays = 90;

/** Brings the first data of a simulated market in, unless an earlier start did: its past, and its first listing. */
export async function loadFirstData(driver: MarketDriver): Promise<void> {
  const { feed, server, operator, subscriptions, log } = driver;
  const { newestAt } = (await operator.health()).checks.data;
  if (newestAt !== null) {
    server.advanceTo(Date.parse(newestAt));
    return;
  }
  let hasPast = false;
  if (feed.firstAt < feed.startAt) {
    log(`loading ${historyDays} days of history ...`);
    await operator.run("history-backfill", { days: historyDays });
    await operator.drained();
    hasPast = true;
  }
  await takeListing(driver, feed.startAt);
  // The past has signals already, whose record need not wait for the schedule.
  if (hasPast) await operator.run("signal-record", {});
  const { analysis } = (await operator.health()).checks;
  if (analysis.behind !== 0) {
    throw new Error(
      `Prices were taken in, and ${analysis.detail}: prices.ingested does not reach the analysis. Subscriptions of the stacks: ${subscriptions}.`,
    );
  }
}

/** Moves the market on to a time and lets everything happen that follows from it. */
async function takeListing({ server, stage, operator }: MarketDriver, at: number): Promise<void> {
  server.advanceTo(at);
  await operator.run("data-ingestion", { time: new Date(at).toISOString() });
  await operator.drained();
  // A schedule that fell due several times since the last listing has nothing new to do each time.
  await stage.schedules.advanceTo(at, "latest");
}

/** Plays a market to its end, as fast as it is taken in, a progress bar on a terminal. */
export async function playToEnd(driver: MarketDriver): Promise<void> {
  const { feed, server, signal, log } = driver;
  const end = feed.lastAt ?? Number.POSITIVE_INFINITY;
  const bar = progressBar("replay");
  let listings = 0;
  for (
    let at = feed.nextAt(server.now());
    at !== null && at <= end && !signal.aborted;
    at = feed.nextAt(at)
  ) {
    await takeListing(driver, at);
    listings++;
    bar.update((at - feed.startAt) / (end - feed.startAt), new Date(at).toISOString().slice(0, 10));
  }
  bar.end();
  if (!signal.aborted)
    log(`replay finished at ${new Date(server.now()).toISOString().slice(0, 10)}: ${listings} listings`);
}

/** Lets an endless market go on, a listing every `intervalMs` of real time. */
export async function playOn(driver: MarketDriver, intervalMs: number): Promise<void> {
  const { feed, server, signal, log } = driver;
  while (!signal.aborted) {
    await sleep(intervalMs, undefined, { signal }).catch(() => undefined);
    const at = feed.nextAt(server.now());
    if (at === null || signal.aborted) return;
    try {
      await takeListing(driver, at);
    } catch (error) {
      if (!signal.aborted)
        log(`the listing of ${new Date(at).toISOString()} was not taken in: ${String(error)}`);
    }
  }
}
