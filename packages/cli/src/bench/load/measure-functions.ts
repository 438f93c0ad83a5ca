import type { Client } from "pg";
import { progressBar } from "../../stage/progress-bar.ts";
import { benchCoins } from "../bench-market.ts";
import type { Figure } from "../figure-table.ts";
import { apiEvent } from "../handler-process.ts";
import { connectAsOwner } from "../scale/connect-as-owner.ts";
import { growMarket } from "../scale/grow-market.ts";
import { measuredCalls } from "../scale/routes.ts";
import type { BenchInput, BenchStage } from "../with-bench-stage.ts";
import { type FunctionClient, startFunction } from "./function-client.ts";
import { type LoadStage, startLoadStage } from "./load-stage.ts";

type FunctionsInput = { readonly bench: BenchStage; readonly load: LoadStage; readonly owner: Client };
type Work = (input: FunctionsInput) => Promise<readonly object[]>;

/** What each function is given to do, at most, with the market as large as it is; those of the pipeline have done it. */
const workOf: Readonly<Record<string, Work>> = {
  AnalysisCatchUp: async ({ load, bench }) => {
    // Nobody analyses it: every coin is behind.
    await load.ingest();
    await load.path.empty();
    return [{ time: new Date(bench.market.now()).toISOString() }];
  },
  OutboxDrain: async ({ owner }) => {
    await owner.query(`
      UPDATE outbox SET published_at = NULL WHERE id IN (
        SELECT id FROM outbox WHERE topic = 'prices.ingested'
        ORDER BY id DESC LIMIT (SELECT count(*) FROM cryptocurrencies)
      )
    `);
    return [{}];
  },
  Alerts: async ({ bench, owner }) => {
    const { rows } = await owner.query<{ event_id: string; body: object }>(
      "SELECT event_id, body FROM outbox WHERE topic = 'signals.detected' ORDER BY id DESC LIMIT 10",
    );
    const Records = rows.map(({ event_id, body }) => ({
      messageId: event_id,
      body: JSON.stringify(body),
      attributes: { ApproximateReceiveCount: "1" },
      eventSource: "aws:sqs",
    }));
    return [{ Records }, { time: new Date(bench.market.now()).toISOString() }];
  },
  QueryProcessor: async () => [...measuredCalls, ...measuredCalls].map(apiEvent),
  SignalRecord: async ({ bench }) => [{ time: new Date(bench.market.now()).toISOString() }],
  HistoryBackfill: async ({ bench, owner }) => {
    // As if nothing had been loaded: the coins with a past of their own are fetched again, and all are told of.
    await owner.query("UPDATE coin_histories SET asked_from = NULL, asked_to = NULL, announced_at = NULL");
    return [{ days: 90, coins: benchCoins, asOf: new Date(bench.market.now()).toISOString() }];
  },
  DataCleanUp: async ({ bench }) => [{ time: new Date(bench.market.now()).toISOString() }],
  DatabaseMigrator: async () => [{}],
};

/**
 * The most memory and time that each function takes with a large market, in a process of its own, beside what Lambda
 * gives it.
 */
export async function measureFunctions(input: BenchInput): Promise<readonly Figure[]> {
  await growMarket(input);
  const owner = await connectAsOwner(input.stage);
  const load = await startLoadStage(input.stage);
  try {
    await load.ingest();
    const bar = progressBar("coins");
    let analysed = 0;
    await load.path.drain(load.analysis, messages => {
      analysed += messages;
      bar.update(analysed / input.size.coins, `${analysed} analysed`);
    });
    bar.end();
    return await measureEach({ bench: input.stage, load, owner });
  } finally {
    load.stop();
    await owner.end();
  }
}

async function measureEach(input: FunctionsInput): Promise<readonly Figure[]> {
  const { bench, load } = input;
  const [analysis = []] = load.analysis
    .toSorted((a, b) => b.most().peakMiB - a.most().peakMiB)
    .map(client => figuresOf(client));
  const figures = [...figuresOf(load.ingestion), ...analysis];
  const known = new Set([load.ingestion, ...load.analysis].map(({ build }) => build.resourceName));
  const others = bench.graph.functions.filter(({ resourceName }) => !known.has(resourceName));
  const bar = progressBar("functions");
  for (const [index, { resourceName }] of others.entries()) {
    const work = workOf[resourceName];
    if (!work)
      throw new Error(`${resourceName} has no work in packages/cli/src/bench/load/measure-functions.ts`);
    const client = await startFunction(bench, resourceName, {
      ...("PricesIngested" in linksOf(bench, resourceName) && load.pathLinks),
    });
    try {
      for (const event of await work(input)) await client.run(event);
      figures.push(...figuresOf(client));
    } finally {
      client.stop();
    }
    bar.update((index + 1) / others.length, resourceName);
  }
  bar.end();
  return figures;
}

function linksOf({ graph }: BenchStage, resourceName: string): object {
  return graph.functions.find(build => build.resourceName === resourceName)?.links ?? {};
}

function figuresOf({ build, most }: FunctionClient): readonly Figure[] {
  const { peakMiB, runMs } = most();
  return [
    {
      what: `${build.resourceName}: peak memory`,
      value: peakMiB,
      unit: "MiB",
      comparedTo: { what: "its size in Lambda", value: build.memoryMegabytes },
    },
    {
      what: `${build.resourceName}: longest run`,
      value: runMs,
      unit: "ms",
      comparedTo: { what: "its timeout", value: build.timeoutSeconds * 1_000 },
    },
  ];
}
