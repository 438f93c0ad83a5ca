import { join } from "node:path";
import type { Client } from "pg";
import { functionEnvironment } from "../function-environment.ts";
import { ownerAccess } from "../scale/connect-as-owner.ts";
import type { BenchStage } from "../with-bench-stage.ts";
import type { BareLoadEvent } from "./bare-load.ts";
import { type FunctionClient, startFunction, startModule } from "./function-client.ts";
import { openPricePath, type PricePath } from "./price-path.ts";

/** As many as the stack lets run at once. */
const analysisProcesses = 5;

/** The functions of the pipeline in processes of their own, with a way of prices between them that the stage knows not. */
export type LoadStage = {
  readonly path: PricePath;
  readonly pathLinks: { readonly PricesIngested: { readonly arn: string } };
  readonly ingestion: FunctionClient;
  readonly analysis: readonly FunctionClient[];
  /** Takes the market's next listing in; gives when that was, and milliseconds. */
  readonly ingest: () => Promise<{ at: Date; ms: number }>;
  /** The provider's answer alone, the rows of a listing by COPY, and its messages to SNS: milliseconds of each. */
  readonly loadBare: (at: Date, coins: number) => Promise<BareTimes>;
  readonly stop: () => void;
};

type BareTimes = { readonly fetchMs: number; readonly copyMs: number; readonly publishMs: number };

export async function startLoadStage(bench: BenchStage): Promise<LoadStage> {
  const path = await openPricePath(bench, "bench-load");
  const barePath = await openPricePath(bench, "bench-bare");
  const pathLinks = { PricesIngested: { arn: path.topicArn } };
  const ingestion = await startFunction(bench, "DataIngestion", pathLinks);
  const analysis = await Promise.all(
    Array.from({ length: analysisProcesses }, () => startFunction(bench, "TrendAnalysis")),
  );
  const endpoints = { messaging: bench.stage.messagingEndpoint, secrets: bench.secretsUrl };
  const bare = await startModule(
    join(import.meta.dirname, "bare-load.ts"),
    functionEnvironment(bench.graph, ingestion.build, endpoints),
  );
  const runBare = async (event: BareLoadEvent) => (await bare.run(event)).ms;
  return {
    path,
    pathLinks,
    ingestion,
    analysis,
    ingest: async () => {
      const { feed, market } = bench;
      const next = feed.nextAt(market.now());
      if (next === null) throw new Error("The market has ended");
      market.advanceTo(next);
      const { ms } = await ingestion.run({ time: new Date(next).toISOString() });
      return { at: new Date(next), ms };
    },
    loadBare: async (at, coins) => {
      const database = ownerAccess(bench);
      await runBare({ kind: "prepare", database, topicArn: barePath.topicArn, at: at.toISOString() });
      const fetchMs = await runBare({ kind: "fetch", baseUrl: bench.market.url, coins });
      const copyMs = await runBare({ kind: "copy" });
      const publishMs = await runBare({ kind: "publish" });
      await barePath.empty();
      return { fetchMs, copyMs, publishMs };
    },
    stop: () => {
      for (const client of [ingestion, ...analysis, bare]) client.stop();
    },
  };
}

/** Takes away all coins but the first `coins` ones, with their prices: of listings that nobody analysed. */
export async function removeCoinsBeyond(owner: Client, coins: number): Promise<void> {
  await owner.query("BEGIN");
  for (const table of ["price_data", "anchor_prices"]) {
    await owner.query(
      `DELETE FROM ${table} USING cryptocurrencies coin WHERE coin.id = crypto_id AND coin.cmc_id > $1`,
      [coins],
    );
  }
  await owner.query("DELETE FROM cryptocurrencies WHERE cmc_id > $1", [coins]);
  await owner.query("COMMIT");
  await owner.query("VACUUM (ANALYZE)");
}
