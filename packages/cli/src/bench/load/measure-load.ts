import { progressBar } from "../../stage/progress-bar.ts";
import { benchCoins } from "../bench-market.ts";
import type { Figure } from "../figure-table.ts";
import { median } from "../quantile.ts";
import { connectAsOwner } from "../scale/connect-as-owner.ts";
import { growMarket } from "../scale/grow-market.ts";
import { type RouteClient, startRouteProcess } from "../scale/route-client.ts";
import { describeCall } from "../scale/routes.ts";
import type { BenchInput } from "../with-bench-stage.ts";
import { heldCalls } from "./held-calls.ts";
import { type LoadStage, removeCoinsBeyond, startLoadStage } from "./load-stage.ts";
import { measureDrop } from "./measure-drop.ts";

/** Listings of the large market; one more is analysed, which takes a minute or two. */
const largeListings = 5;
/** The first listings find cold code and cold caches. */
const warmUps = 3;
const readsOfACall = 30;

/**
 * The load of a large market on ingestion, analysis and queries: first with the 50 coins, then with as many as are
 * asked for and their past.
 */
export async function measureLoad(input: BenchInput): Promise<readonly Figure[]> {
  const { stage, size, runs, log } = input;
  const owner = await connectAsOwner(stage);
  const load = await startLoadStage(stage);
  try {
    log(`taking in listings of ${benchCoins} coins ...`);
    const small = await listings(load, warmUps + runs, benchCoins);
    const readsBefore = await timeCalls(stage);

    log(`taking in listings of ${size.coins} coins without a past ...`);
    stage.feed.setCoins(size.coins);
    const newMs: number[] = [];
    for (let listing = 0; listing <= largeListings; listing++) {
      const { ms } = await load.ingest();
      await load.path.empty();
      // The first one adds the coins.
      if (listing > 0) newMs.push(ms);
    }
    stage.feed.setCoins(benchCoins);
    await removeCoinsBeyond(owner, benchCoins);
    await listings(load, 1, benchCoins);
    await growMarket(input);

    log(`taking in listings of ${size.coins} coins ...`);
    const analysed = await listings(load, 1, size.coins);
    const ingestionMs: number[] = [];
    const ownMs: number[] = [];
    const bareMs: number[] = [];
    for (let listing = 0; listing < largeListings; listing++) {
      const { at, ms } = await load.ingest();
      await load.path.empty();
      // In turns, so that whatever else the machine does falls on both.
      const { fetchMs, copyMs, publishMs } = await load.loadBare(at, size.coins);
      log(
        `a listing was taken in and published in ${Math.round(ms)} ms; its answer alone ${Math.round(fetchMs)} ms, ` +
          `COPY ${Math.round(copyMs)} ms, publishing ${Math.round(publishMs)} ms`,
      );
      ownMs.push(ms - fetchMs);
      ingestionMs.push(ms);
      bareMs.push(copyMs + publishMs);
    }
    const readsAfter = await timeCalls(stage);
    const drop = await measureDrop(stage, owner);

    const ingested = `a listing of ${size.coins} coins taken in and published, median of ${largeListings}`;
    const bare = { what: "COPY of the same rows, and the same messages published", value: median(bareMs) };
    const smallCost = median(small.slice(warmUps).map(analysisMs => analysisMs / benchCoins));
    return [
      {
        what: ingested,
        value: median(ingestionMs),
        unit: "ms",
        comparedTo: bare,
      },
      {
        what: `${ingested}, without the provider's own time`,
        value: median(ownMs),
        unit: "ms",
        comparedTo: bare,
      },
      {
        what: ingested,
        value: median(ingestionMs),
        unit: "ms",
        comparedTo: { what: `the same without ${size.days} days of hourly prices`, value: median(newMs) },
      },
      {
        what: `analysis of one coin of ${size.coins}, drained by ${load.analysis.length} processes`,
        value: median(analysed.map(analysisMs => analysisMs / size.coins)),
        unit: "ms",
        comparedTo: { what: `of one of ${benchCoins}, median of ${runs}`, value: smallCost },
      },
      ...readsAfter.map(({ what, ms }, index) => ({
        what: `${what}, p50, with ${size.coins} coins`,
        value: ms,
        unit: "ms" as const,
        comparedTo: { what: `with ${benchCoins} coins`, value: readsBefore[index]?.ms ?? Number.NaN },
      })),
      ...drop,
    ];
  } finally {
    load.stop();
    await owner.end();
  }
}

/** Takes listings in and has them analysed, one after the other: milliseconds of each one's analysis. */
async function listings(load: LoadStage, count: number, coins: number): Promise<readonly number[]> {
  const bar = progressBar("coins");
  const timesMs: number[] = [];
  let analysed = 0;
  for (let listing = 0; listing < count; listing++) {
    await load.ingest();
    const ms = await load.path.drain(load.analysis, messages => {
      analysed += messages;
      bar.update(analysed / (count * coins), `${analysed} analysed`);
    });
    timesMs.push(ms);
  }
  bar.end();
  if (analysed !== count * coins)
    throw new Error(`${analysed} coins were analysed in ${count} listings of ${coins}`);
  return timesMs;
}

/** The median of each call that concerns a few coins, warm. */
async function timeCalls(stage: BenchInput["stage"]): Promise<readonly { what: string; ms: number }[]> {
  const routes: RouteClient = startRouteProcess(stage);
  try {
    const times: { what: string; ms: number }[] = [];
    for (const call of heldCalls) {
      await routes.measure({ call, repetitions: readsOfACall });
      const { timesMs } = await routes.measure({ call, repetitions: readsOfACall });
      times.push({ what: describeCall(call), ms: median(timesMs) });
    }
    return times;
  } finally {
    routes.stop();
  }
}
