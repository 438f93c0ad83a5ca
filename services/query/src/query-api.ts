import { type OperationOf, openApiDocument } from "@vibe-charting/contracts";
import type { Database } from "@vibe-charting/database";
import { type ApiRequest, type ApiResponse, httpApi, ProblemError } from "@vibe-charting/runtime";
import { conditionalGet } from "./conditional-get.ts";
import { dataKeeper } from "./kept-data.ts";
import type { ReadQueueDepths } from "./market/check-queues.ts";
import { getHealth } from "./market/get-health.ts";
import { getMarket } from "./market/get-market.ts";
import { getPrices } from "./market/get-prices.ts";
import { getTrends } from "./market/get-trends.ts";
import { listCoins } from "./market/list-coins.ts";
import { listSignals } from "./market/list-signals.ts";
import { answerQuestion } from "./questions/answer-question.ts";

export type QueryApiSources = {
  readonly openDatabase: () => Promise<Database>;
  readonly readQueueDepths: ReadQueueDepths;
  readonly now: () => Date;
};

/** The handler of the HTTP API. */
export function queryApi(sources: QueryApiSources) {
  return httpApi("query", answerOperations(sources)).use(conditionalGet);
}

/** Answers each operation. What one request leaves behind for the next is kept here. */
function answerOperations(
  sources: QueryApiSources,
): (request: ApiRequest<OperationOf<"query">>) => Promise<ApiResponse> {
  const openKept = dataKeeper();
  const openDatabase = () =>
    sources.openDatabase().catch(cause => {
      const detail = "The database cannot be reached now. Try again in a few seconds.";
      throw new ProblemError("service.unavailable", detail, { cause });
    });
  let document: ReturnType<typeof openApiDocument> | undefined;
  return async ({ operation, parameters, body }) => {
    switch (operation) {
      case "askQuestion": {
        const db = await openDatabase();
        return { body: await answerQuestion({ db, openKept, now: sources.now }, body) };
      }
      case "listSignals":
        return { body: await listSignals(await openDatabase(), openKept, parameters) };
      case "getTrends":
        return { body: await getTrends(await openDatabase(), openKept, parameters) };
      case "getMarket":
        return { body: await getMarket(await openDatabase(), openKept, sources.now(), parameters) };
      case "listCoins":
        return { body: await listCoins(await openDatabase(), parameters) };
      case "getPrices":
        return { body: await getPrices(await openDatabase(), openKept, parameters) };
      case "getHealth":
        return { body: await getHealth({ ...sources, openKept }) };
      case "getOpenApi":
        document ??= openApiDocument();
        return { body: document };
    }
  };
}
