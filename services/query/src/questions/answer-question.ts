import { randomUUID } from "node:crypto";
import { type Interpretation, QueryRequest, type QueryResponse } from "@vibe-charting/contracts";
import { type Database, findNewestListing, insertQueryLog } from "@vibe-charting/database";
import { helpText, parseQuestion, type Reading, refusal } from "@vibe-charting/language";
import { logger, parseInput } from "@vibe-charting/runtime";
import { newestListing } from "../market/newest-listing.ts";
import { isStale } from "../market/staleness.ts";
import { answerCoins } from "./answer-coins.ts";
import { answerCompare } from "./answer-compare.ts";
import { answerList } from "./answer-list.ts";
import { answerMarket } from "./answer-market.ts";
import { type AnswerPart, joinParts } from "./answer-part.ts";
import type { LoadLexicon } from "./coin-names.ts";
import { coverageOf, describeCoverage } from "./coverage.ts";
import { type Listing, loadFacts } from "./load-facts.ts";
import { makePlan, type Plan } from "./plan.ts";
import { redact } from "./redact.ts";

export type QuestionSources = {
  readonly db: Database;
  readonly loadLexicon: LoadLexicon;
  readonly now: () => Date;
};

/** `POST /query`: reads a question, answers it from the data, and keeps a log of how it was read. */
export async function answerQuestion(sources: QuestionSources, body: unknown): Promise<QueryResponse> {
  const startedAt = performance.now();
  const { db } = sources;
  const { query, asOf } = parseInput(QueryRequest, body, "body");
  const newest = await findNewestListing(db);
  const listing = asOf === undefined ? newest : await newestListing(db, new Date(asOf));
  const clock = listing?.observedAt ?? sources.now();
  const reading = parseQuestion({ text: query, now: clock, coins: await sources.loadLexicon(db) });
  const plan = makePlan(reading.intents, reading.slots, clock);
  const isPast = listing?.observedAt.getTime() !== newest?.observedAt.getTime();
  const part = await answer(db, reading, plan, listing, isPast);
  const stale = listing === null ? true : !isPast && (await isStale(db, listing, sources.now()));
  const coverage = coverageOf(part, listing, stale);
  const response: QueryResponse = {
    queryId: randomUUID(),
    answer: [part.text, isAnswered(reading) ? describeCoverage(coverage) : ""]
      .filter(text => text !== "")
      .join(" "),
    interpretation: toInterpretation(reading, plan),
    results: [...part.results],
    coverage,
  };
  await keepLog(db, query, response, performance.now() - startedAt);
  return response;
}

function isAnswered(reading: Reading): boolean {
  return !reading.intents.includes("unknown") && !reading.intents.includes("help");
}

async function answer(
  db: Database,
  reading: Reading,
  plan: Plan,
  listing: Listing | null,
  isPast: boolean,
): Promise<AnswerPart> {
  if (!isAnswered(reading)) {
    const text = reading.intents.includes("help") ? helpText() : refusal(reading);
    return { text, results: [], evaluated: 0, skipped: new Map() };
  }
  const coins = await loadFacts(db, plan, listing ?? (await newestListing(db)), isPast);
  const part = joinParts([
    ...(plan.market ? [answerMarket(plan, coins)] : []),
    ...(plan.named === "compare" ? [answerCompare(plan, coins)] : []),
    ...(plan.named === "symbol_overview" ? [answerCoins(plan, coins)] : []),
    ...(plan.screens.length > 0 ? [answerList(plan, coins)] : []),
  ]);
  return plan.timeframeNote === null ? part : { ...part, text: `${part.text} ${plan.timeframeNote}` };
}

function toInterpretation(reading: Reading, plan: Plan): Interpretation {
  return {
    intents: reading.intents,
    ...reading.slots,
    window: { from: plan.window.from.toISOString(), to: plan.window.to.toISOString() },
    confidence: reading.confidence,
    notUnderstood: reading.notUnderstood,
  };
}

/** An answer that is ready is given, whether its log can be kept or not. */
async function keepLog(
  db: Database,
  text: string,
  { interpretation, results }: QueryResponse,
  latencyMs: number,
): Promise<void> {
  try {
    await insertQueryLog(db, {
      text: redact(text),
      intent: interpretation.intents.join("+"),
      confidence: interpretation.confidence,
      resultCount: results.length,
      latencyMs,
    });
  } catch (error) {
    logger.warn("the question's log could not be kept", { error });
  }
}
