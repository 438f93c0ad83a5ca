import { recordRun } from "@vibe-charting/database";
import { databasePool, fifoConsumer, readLinks, snsPublisher } from "@vibe-charting/runtime";
import { marketLoader } from "./load-history.ts";
import { pricesReceiver } from "./receive-prices.ts";

const links = readLinks("AnalysisDatabase", "SignalsDetected");
const openDatabase = databasePool(links.AnalysisDatabase, { maxPoolSize: 1, statementTimeoutMs: 10_000 });
const publish = snsPublisher({ "signals.detected": links.SignalsDetected.arn });
const receive = pricesReceiver({ openDatabase, publish, loadMarket: marketLoader() });

/** Works out trends and signals of the coins with new prices. */
export const handler = fifoConsumer(receive, async ({ startedAt, ...counts }) => {
  await recordRun(await openDatabase(), "trend_analysis", startedAt, {
    recordsProcessed: counts.done,
    details: counts,
  });
});
