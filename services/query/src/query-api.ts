import type { Database } from "@vibe-charting/database";
import type { ApiRequest, ApiResponse } from "@vibe-charting/runtime";
import { getHealth } from "./market/get-health.ts";
import { getPrices } from "./market/get-prices.ts";
import { getTrends } from "./market/get-trends.ts";
import { listCoins } from "./market/list-coins.ts";
import { listSignals } from "./market/list-signals.ts";
import { openApiDocument } from "./open-api.ts";
import { answerQuestion } from "./questions/answer-question.ts";
import { lexiconLoader } from "./questions/lexicon-loader.ts";

export type QueryApiSources = {
  readonly openDatabase: () => Promise<Database>;
  readonly readQueueDepths: () => Promise<readonly number[]>;
  readonly now: () => Date;
};

/** Answers each operation of the HTTP API. */
export function queryApi(sources: QueryApiSources): (request: ApiRequest) => Promise<ApiResponse> {
  const loadLexicon = lexiconLoader();
  return async ({ operation, parameters, body }) => {
    switch (operation) {
      case "askQuestion": {
        const db = await sources.openDatabase();
        return { body: await answerQuestion({ db, loadLexicon, now: sources.now }, body) };
      }
      case "listSignals":
        return { body: await listSignals(await sources.openDatabase(), parameters) };
      case "getTrends":
        return { body: await getTrends(await sources.openDatabase(), parameters) };
      case "listCoins":
        return { body: await listCoins(await sources.openDatabase(), parameters) };
      case "getPrices":
        return { body: await getPrices(await sources.openDatabase(), parameters) };
      case "getHealth":
        return { body: await getHealth(sources) };
      case "getOpenApi":
        return { body: openApiDocument };
    }
  };
}
