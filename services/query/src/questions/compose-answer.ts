import type { Queryable } from "@vibe-charting/database";
import { helpText, type Reading, refusal } from "@vibe-charting/language";
import type { KeptData, KnownCoins } from "../kept-data.ts";
import { type AnswerPart, joinParts } from "./answer-part.ts";
import type { CoinFacts } from "./coin-facts.ts";
import { answerCoins } from "./coins/answer-coins.ts";
import { answerCompare } from "./coins/answer-compare.ts";
import { namedCoins } from "./coins/named-coins.ts";
import { completeResults } from "./complete-results.ts";
import { answerList } from "./list/answer-list.ts";
import { isInScope } from "./list/scope.ts";
import { type Listing, loadAbsent, loadFacts } from "./load-facts.ts";
import { answerMarket } from "./market/answer-market.ts";
import { memoryNote, needsMemory } from "./needs-memory.ts";
import type { Plan } from "./plan.ts";
import { describeQuotedChanges } from "./quoted-changes.ts";
import { mostRecomputed } from "./recompute-trends.ts";
import { loadExplanations } from "./signals/load-explanations.ts";
import { skipReasons } from "./skip-reason.ts";
import { describeUnknownCoins } from "./unknown-coins.ts";

/** Coins that are looked at, best rank first, for how near they are to a signal that none of them has. */
const mostExplained = 20;

const pastPricesNote =
  "No listing was taken in then: these are the coins known today, at the prices of then.";

const pastTrendsNote = `Trends of the past are worked out for the ${mostRecomputed} best-ranked coins that are asked about.`;

/** Whether a reading asks for something that the data can answer. */
export function isAnswerable({ intents }: Pick<Reading, "intents">): boolean {
  return !intents.includes("unknown") && !intents.includes("help");
}

/** The answer to what cannot be answered from data: help, or a refusal that says what can be asked. */
export function answerWithoutData(text: string, reading: Reading, known: KnownCoins): AnswerPart {
  const answer = reading.intents.includes("help") ? helpText() : refusal(reading);
  const unknown = describeUnknownCoins(text, reading.notUnderstood, known.names);
  const parts = [unknown, answer, needsMemory(text, reading) ? memoryNote : ""];
  return { text: said(parts), results: [], evaluated: 0, skipped: new Map() };
}

function said(parts: readonly string[]): string {
  return parts.filter(part => part !== "").join(" ");
}

type Sources = { readonly db: Queryable; readonly kept: KeptData };

/** Answers each part of a question from the listing's data, and puts the parts together. */
export async function composeAnswer(
  { db, kept }: Sources,
  text: string,
  reading: Reading,
  plan: Plan,
  listing: Listing,
): Promise<AnswerPart> {
  const coins = await loadFacts(db, kept, plan, listing);
  const parts = [
    ...(plan.market ? [answerMarket(plan, coins)] : []),
    ...(plan.named === null ? [] : [await answerNamed(db, plan, listing, coins)]),
    ...(plan.screens.length === 0 ? [] : [await answerScreens({ db, kept }, plan, listing, coins)]),
  ];
  const part = joinParts(parts);
  const { names } = await kept.knownCoins();
  const notes = [
    plan.timeframeNote ?? "",
    describeQuotedChanges(plan, part.results),
    describeUnknownCoins(text, reading.notUnderstood, names),
    needsMemory(text, reading) ? memoryNote : "",
    listing.kind === "past_prices" ? pastPricesNote : "",
    part.skipped.has(skipReasons.noTrendOfThen) && listing.isPast ? pastTrendsNote : "",
  ];
  const results = await completeResults({ db, kept }, plan, listing, part.results);
  return { ...part, results, text: said([part.text, ...notes]) };
}

async function answerNamed(
  db: Queryable,
  plan: Plan,
  listing: Listing,
  coins: readonly CoinFacts[],
): Promise<AnswerPart> {
  const asked = plan.signals.length > 0 ? namedCoins(plan, coins) : [];
  const explanations = await loadExplanations(db, asked, listing.observedAt);
  const absent = await loadAbsent(db, plan, coins, listing);
  const answer = plan.named === "compare" ? answerCompare : answerCoins;
  return answer(plan, coins, absent, explanations);
}

/** A list that comes out empty for want of a signal is answered again with how near the coins are to it. */
async function answerScreens(
  { db, kept }: Sources,
  plan: Plan,
  listing: Listing,
  coins: readonly CoinFacts[],
): Promise<AnswerPart> {
  const answer = answerList(plan, coins);
  const lacksSignal = plan.screens.includes("signal") && plan.negates !== "signal";
  if (answer.results.length > 0 || answer.evaluated === 0 || !lacksSignal) return answer;
  const candidates = coins
    .filter(coin => coin.kind === "native" && isInScope(coin, plan))
    .slice(0, mostExplained);
  const key = JSON.stringify([listing.observedAt, candidates.map(({ cryptoId }) => cryptoId)]);
  const explanations = await kept.explanations(key, () =>
    loadExplanations(db, candidates, listing.observedAt),
  );
  return answerList(plan, coins, explanations);
}
