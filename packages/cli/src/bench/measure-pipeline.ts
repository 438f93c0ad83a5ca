import { progressBar } from "../stage/progress-bar.ts";
import { openAlertQueue } from "./alert-queue.ts";
import { benchCoins } from "./bench-market.ts";
import type { Figure } from "./figure-table.ts";
import { measureEmptyPipeline } from "./measure-empty-pipeline.ts";
import { median, quantile } from "./quantile.ts";
import type { BenchInput, BenchStage } from "./with-bench-stage.ts";

/** The first listings find cold code and cold caches; a stage that runs has long had them. */
const warmUps = 3;
const goalMs = 1_000;

/** From the start of an ingestion, its fetch of the listing included, to the last coin analysed and alert published. */
export async function measurePipeline({ stage, runs, log }: BenchInput): Promise<readonly Figure[]> {
  const alerts = await openAlertQueue(stage);
  const bar = progressBar("listings");
  const timesMs: number[] = [];
  for (let run = 0; run < warmUps + runs; run++) {
    const ms = await takeListing(stage);
    if (run >= warmUps) timesMs.push(ms);
    bar.update((run + 1) / (warmUps + runs), `${Math.round(ms)} ms`);
  }
  bar.end();
  log(`${await alerts.count()} alerts were published in ${warmUps + runs} listings of ${benchCoins} coins`);

  const emptyMs: number[] = [];
  for (let run = 0; run < warmUps + runs; run++) {
    const ms = await measureEmptyPipeline(stage, benchCoins, run);
    if (run >= warmUps) emptyMs.push(ms);
  }
  const what = `a listing of ${benchCoins} coins to the last analysis and alert`;
  const empty = `the same ${benchCoins} messages through SNS and SQS to nobody's work`;
  return [
    {
      what: `${what}, median of ${runs}`,
      value: median(timesMs),
      unit: "ms",
      comparedTo: { what: "the goal", value: goalMs },
    },
    {
      what: `${what}, median of ${runs}`,
      value: median(timesMs),
      unit: "ms",
      comparedTo: { what: `${empty}, median`, value: median(emptyMs) },
    },
    {
      what: `${what}, slowest`,
      value: quantile(timesMs, 1),
      unit: "ms",
      comparedTo: { what: `${empty}, slowest`, value: quantile(emptyMs, 1) },
    },
  ];
}

async function takeListing({ feed, market, stage, operator }: BenchStage): Promise<number> {
  const at = feed.nextAt(market.now());
  if (at === null) throw new Error("The market has ended");
  market.advanceTo(at);
  const startedAt = performance.now();
  await operator.run("data-ingestion", { time: new Date(at).toISOString() });
  await stage.drained();
  const ms = performance.now() - startedAt;
  const { analysis, outbox, data } = (await operator.health()).checks;
  if (analysis.behind !== 0 || outbox.pending !== 0 || data.newestAt !== new Date(at).toISOString()) {
    throw new Error(
      `The listing of ${new Date(at).toISOString()} was not worked off: ${analysis.detail}; ${outbox.pending} events wait; newest data ${data.newestAt}`,
    );
  }
  return ms;
}
