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

/** Listings of the large market: each takes minutes to be analysed. */
const largeListings = 2;
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
    const bareMs: number[] = [];
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
    const large = await listings(load, largeListings, size.coins, async (at, ms) => {
      const { copyMs, publishMs } = await load.loadBare(at);
      const [taken, copied, published] = [ms, copyMs, publishMs].map(Math.round);
      log(
        `a listing was taken in and published in ${taken} ms; COPY ${copied} ms, publishing ${published} ms`,
      );
      bareMs.push(copyMs + publishMs);
    });
    const readsAfter = await timeCalls(stage);
    const drop = await measureDrop(stage, owner);

    const ingested = `a listing of ${size.coins} coins taken in and published, median of ${largeListings}`;
    const smallCost = median(small.slice(warmUps).map(({ analysisMs }) => analysisMs / benchCoins));
    return [
      {
        what: ingested,
        value: median(large.map(({ ingestionMs }) => ingestionMs)),
        unit: "ms",
        comparedTo: { what: "COPY of the same rows, and the same messages published", value: median(bareMs) },
      },
      {
        what: ingested,
        value: median(large.map(({ ingestionMs }) => ingestionMs)),
        unit: "ms",
        comparedTo: { what: `the same without ${size.days} days of hourly prices`, value: median(newMs) },
      },
      {
        what: `analysis of one coin of ${size.coins}, drained by ${load.analysis.length} processes`,
        value: median(large.map(({ analysisMs }) => analysisMs / size.coins)),
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

type Listing = { readonly ingestionMs: number; readonly analysisMs: number };

async function listings(
  load: LoadStage,
  count: number,
  coins: number,
  afterIngestion: (at: Date, ingestionMs: number) => Promise<void> = async () => {},
): Promise<readonly Listing[]> {
  const bar = progressBar("coins");
  const results: Listing[] = [];
  let analysed = 0;
  for (let listing = 0; listing < count; listing++) {
    const { at, ms } = await load.ingest();
    await afterIngestion(at, ms);
    const analysisMs = await load.path.drain(load.analysis, messages => {
      analysed += messages;
      bar.update(analysed / (count * coins), `${analysed} analysed`);
    });
    results.push({ ingestionMs: ms, analysisMs });
  }
  bar.end();
  if (analysed !== count * coins)
    throw new Error(`${analysed} coins were analysed in ${count} listings of ${coins}`);
  return results;
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
