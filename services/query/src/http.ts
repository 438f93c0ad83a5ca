import { databasePool, readLinks, readQueueDepths } from "@vibe-charting/runtime";
import { queryApi } from "./query-api.ts";

const links = readLinks("QueryDatabase", "Queues");
const { analysis, alertSignals, deadLetters } = links.Queues;

/** Answers the HTTP API. */
export const handler = queryApi({
  openDatabase: databasePool(links.QueryDatabase, { maxPoolSize: 3, statementTimeoutMs: 10_000 }),
  readQueueDepths: async () => ({
    ...(await readQueueDepths({ analysis, alertSignals })),
    deadLetters: await readQueueDepths(deadLetters),
  }),
  now: () => new Date(),
});
