import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  evaluateGraph,
  type LocalStage,
  type LocalValues,
  openStateDirectory,
  type ResourceGraph,
  startLocalStage,
} from "@vibe-charting/local-stage";
import { type MarketServer, startMarketServer } from "@vibe-charting/simulated-market";
import { exitCodes } from "../exit-codes.ts";
import { localStageName, localValues, projectDirectory } from "../stage/project.ts";
import { type StageOperator, stageOperator } from "../up/stage-operator.ts";
import { type BenchMarket, benchCoins, benchMarket } from "./bench-market.ts";

/** What every section measures on. */
export type BenchStage = {
  readonly graph: ResourceGraph;
  readonly values: LocalValues;
  readonly stage: LocalStage;
  readonly operator: StageOperator;
  readonly feed: BenchMarket;
  readonly market: MarketServer;
  /** Where the Secrets Manager call is answered. */
  readonly secretsUrl: string;
  /** For whatever a section has to write. */
  readonly directory: string;
};

/** How large the market of the sections is that measure a large one. */
export type BenchSize = { readonly coins: number; readonly days: number };

export type BenchInput = {
  readonly stage: BenchStage;
  readonly runs: number;
  readonly size: BenchSize;
  readonly log: (message: string) => void;
};

/**
 * Runs a local stage with the history of 50 coins, in a folder that is removed afterwards, on free ports. Its
 * listings may grow up to `size.coins`.
 */
export async function withBenchStage(
  size: BenchSize,
  log: (message: string) => void,
  use: (stage: BenchStage) => Promise<void>,
): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), "vibe-bench-"));
  const stops: (() => Promise<unknown>)[] = [() => rm(directory, { recursive: true, force: true })];
  const stopAll = async () => {
    for (const stop of stops.splice(0).toReversed())
      await stop().catch(error => log(`while stopping: ${String(error)}`));
  };
  const onSignal = () => void stopAll().finally(() => process.exit(exitCodes.failed));
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, onSignal);
  try {
    const state = await openStateDirectory(join(directory, "state"));
    stops.push(() => state.release());
    const feed = benchMarket({ historyDays: size.days });
    const market = await startMarketServer({ feed, host: "127.0.0.1" });
    stops.push(() => market.stop());
    const apiPort = await findFreePort();
    const values = localValues(state, apiPort);
    log("evaluating the stacks and bundling the functions ...");
    const graph = await evaluateGraph({
      projectDirectory,
      stage: localStageName,
      values,
      buildDirectory: join(directory, "build"),
      environment: { ...process.env, VIBE_TRACKED_COINS: String(Math.max(size.coins, benchCoins)) },
    });
    log(`starting ${graph.functions.length} functions ...`);
    const secret = { source: feed.source, apiKey: "bench", baseUrl: market.url, historyUrl: market.url };
    const stage = await startLocalStage({
      graph,
      stateDirectory: state,
      apiPort,
      values,
      secretValues: { [`vibe-charting-${localStageName}/coinmarketcap`]: JSON.stringify(secret) },
      clock: { kind: "market", startMs: market.now() },
      log,
    });
    stops.push(() => stage.stop());
    stage.schedules.setEnabled("data-ingestion", false);
    const operator = stageOperator(stage, values.apiUrl);
    log(`loading ${size.days} days of hourly history of ${benchCoins} coins ...`);
    await operator.run("history-backfill", { days: size.days });
    await operator.drained();
    const secretsUrl = `http://127.0.0.1:${state.ports.secrets}`;
    await use({ graph, values, stage, operator, feed, market, secretsUrl, directory });
  } finally {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.off(signal, onSignal);
    await stopAll();
  }
}

async function findFreePort(): Promise<number> {
  return await new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === "object" && address ? resolve(address.port) : reject(new Error("No free port")),
      );
    });
  });
}
