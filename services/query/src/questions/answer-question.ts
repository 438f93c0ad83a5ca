import { randomUUID } from "node:crypto";
import { type Interpretation, QueryRequest, type QueryResponse } from "@vibe-charting/contracts";
import { type Database, findNewestListing, findPastMoment, insertQueryLog } from "@vibe-charting/database";
import { parseQuestion, type Reading } from "@vibe-charting/language";
import { logger, parseInput } from "@vibe-charting/runtime";
import type { OpenKeptData } from "../kept-data.ts";
import { newestListing } from "../market/newest-listing.ts";
import { isStale } from "../market/staleness.ts";
import { answerWithoutData, composeAnswer, isAnswerable } from "./compose-answer.ts";
import { coverageOf, describeCoverage } from "./coverage.ts";
import type { Listing } from "./load-facts.ts";
import { makePlan, type Plan } from "./plan.ts";
import { proposeAlert } from "./propose-alert.ts";
import { redact } from "./redact.ts";
import { loadEvidence } from "./signals/load-evidence.ts";

export type QuestionSources = {
  readonly db: Database;
  readonly openKept: OpenKeptData;
  readonly now: () => Date;
};

/** `POST /query`: reads a question, answers it from the data, and keeps a log of how it was read. */
export async function answerQuestion(sources: QuestionSources, body: unknown): Promise<QueryResponse> {
  const startedAt = performance.now();
  const { db } = sources;
  const { query, asOf } = parseInput(QueryRequest, body, "body");
  // Read before everything else: what comes in after it only makes a later request read again.
  const kept = await sources.openKept(db);
  const listing = await findListing(db, asOf === undefined ? undefined : new Date(asOf));
  // Every relative time in the question is seen from the listing: with a simulated market, that is its present.
  const clock = listing?.observedAt ?? sources.now();
  const known = await kept.knownCoins();
  const reading = parseQuestion({ text: query, now: clock, coins: known.lexicon });
  const plan = makePlan(reading, query, clock);
  const part = isAnswerable(reading)
    ? await composeAnswer({ db, kept }, query, reading, plan, listing ?? (await noListing(db)))
    : answerWithoutData(query, reading, known);
  const wish = reading.alert ? await proposeAlert(db, plan, clock) : null;
  const stale = listing === null || (!listing.isPast && (await isStale(db, listing, sources.now())));
  const coverage = coverageOf(part, listing, stale);
  const response: QueryResponse = {
    queryId: randomUUID(),
    answer: [part.text, wish?.text ?? "", isAnswerable(reading) ? describeCoverage(coverage) : ""]
      .filter(text => text !== "")
      .join(" "),
    interpretation: toInterpretation(reading, plan),
    results: [...(await loadEvidence(db, part.results))],
    coverage,
    ...(wish && { proposedAlert: wish.proposedAlert }),
  };
  await keepLog(db, query, response, performance.now() - startedAt);
  return response;
}

async function findListing(db: Database, asOf: Date | undefined): Promise<Listing | null> {
  const newest = await findNewestListing(db);
  if (newest === null || asOf === undefined || asOf >= newest.observedAt) {
    return newest && { ...newest, isPast: false, kind: "listing" };
  }
  const past = await findNewestListing(db, asOf);
  if (past) return { ...past, isPast: true, kind: "listing" };
  const moment = await findPastMoment(db, asOf);
  return { ...(moment ?? (await newestListing(db, asOf))), isPast: true, kind: "past_prices" };
}

/** Throws the problem that there is no data yet. */
async function noListing(db: Database): Promise<Listing> {
  return { ...(await newestListing(db)), isPast: false, kind: "listing" };
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
