import { databasePool, readLinks, readQueueDepths } from "@vibe-charting/runtime";
import { queryApi } from "./query-api.ts";

const links = readLinks("QueryDatabase", "AnalysisQueues");
const { analysisUrl, deadLettersUrl } = links.AnalysisQueues;

/** Answers the HTTP API. */
export const handler = queryApi({
  openDatabase: databasePool(links.QueryDatabase, { maxPoolSize: 3, statementTimeoutMs: 10_000 }),
  readQueueDepths: () => readQueueDepths([analysisUrl, deadLettersUrl]),
  now: () => new Date(),
});
