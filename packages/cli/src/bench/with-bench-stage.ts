import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
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

/** The settings take no shorter one. */
const leastRetentionDays = 90;

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
 * Runs a local stage with the history of 50 coins on free ports. Its listings may grow up to `size.coins`. Its folder is
 * removed afterwards, unless `keep` names one: what is made there is found by the next run.
 */
export async function withBenchStage(
  { size, keep, log }: { size: BenchSize; keep: string | undefined; log: (message: string) => void },
  use: (stage: BenchStage) => Promise<void>,
): Promise<void> {
  const { directory, remove } = await openDirectory(keep);
  const stops = [remove];
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
      environment: {
        ...process.env,
        VIBE_TRACKED_COINS: String(Math.max(size.coins, benchCoins)),
        VIBE_RETENTION_DAYS: String(Math.max(size.days, leastRetentionDays)),
      },
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
    if ((await operator.health()).checks.data.newestAt === null) {
      log(`loading ${size.days} days of hourly history of ${benchCoins} coins ...`);
      await operator.run("history-backfill", { days: size.days });
      await operator.drained();
    }
    const secretsUrl = `http://127.0.0.1:${state.ports.secrets}`;
    await use({ graph, values, stage, operator, feed, market, secretsUrl, directory });
  } finally {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.off(signal, onSignal);
    await stopAll();
  }
}

async function openDirectory(
  keep: string | undefined,
): Promise<{ directory: string; remove: () => Promise<unknown> }> {
  if (keep !== undefined) {
    const directory = resolve(keep);
    await mkdir(directory, { recursive: true });
    return { directory, remove: async () => {} };
  }
  const directory = await mkdtemp(join(tmpdir(), "vibe-bench-"));
  // As root, PostgreSQL's own user must enter it: the data would be put elsewhere, and stay there.
  await chmod(directory, 0o755);
  return { directory, remove: () => rm(directory, { recursive: true, force: true }) };
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
