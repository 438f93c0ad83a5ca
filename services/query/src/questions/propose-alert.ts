import {
  type AlertFilter,
  defaultAlertStates,
  defaultDailyCap,
  type ProposedAlert,
} from "@vibe-charting/contracts";
import {
  countMarketMoves,
  countSignalChanges,
  findCoinsBySymbols,
  findFirstSnapshot,
  type Queryable,
} from "@vibe-charting/database";
import { count, listed, share, signalWords } from "./figures.ts";
import type { Plan } from "./plan.ts";

const dayMs = 24 * 60 * 60 * 1_000;
/** How far back it is counted how often an alert would have come. */
const lookbackDays = 90;

/** What a wish to be told later comes to; `text` says it in the answer. */
export type AlertWish = { readonly proposedAlert: ProposedAlert | null; readonly text: string };

/** Makes an alert of a question's signals, and counts how often it would have come in the 90 days before `now`. */
export async function proposeAlert(db: Queryable, plan: Plan, now: Date): Promise<AlertWish> {
  const isOfSignals = plan.signals.length > 0 || plan.screens.includes("signal");
  if (!isOfSignals || plan.negates !== null) {
    const kinds = listed(Object.values(signalWords), "or");
    return {
      proposedAlert: null,
      text: `Alerts come with signals (${kinds}, or moves of the whole market), and this asks for none: no alert can tell it.`,
    };
  }
  const coins = await namedCoins(db, plan.symbols);
  const { filter, cryptoIds } = coins;
  const asked: AlertFilter = {
    ...filter,
    ...(plan.signals.length > 0 && { signalTypes: [...plan.signals] }),
    states: [...defaultAlertStates],
    ...(plan.minConfidence !== null && { minConfidence: plan.minConfidence }),
  };
  const history = await countPast(db, asked, cryptoIds, now);
  if (history === null) return { proposedAlert: null, text: "" };
  return {
    proposedAlert: { request: { filter: asked, dailyCap: defaultDailyCap }, history },
    text: [describe(asked, history), describeLeftOut(plan)].filter(text => text !== "").join(" "),
  };
}

async function namedCoins(
  db: Queryable,
  symbols: readonly string[],
): Promise<{ filter: Pick<AlertFilter, "symbols">; cryptoIds: readonly number[] | null }> {
  if (symbols.length === 0) return { filter: {}, cryptoIds: null };
  const known = await findCoinsBySymbols(db, symbols);
  const coins = symbols.flatMap(
    symbol => known.find(coin => coin.symbol.toUpperCase() === symbol.toUpperCase()) ?? [],
  );
  return {
    filter: { symbols: coins.map(({ symbol }) => symbol.toUpperCase()) },
    cryptoIds: coins.map(({ cryptoId }) => cryptoId),
  };
}

async function countPast(
  db: Queryable,
  { symbols, signalTypes, states = [...defaultAlertStates], minConfidence = 0 }: AlertFilter,
  cryptoIds: readonly number[] | null,
  now: Date,
): Promise<ProposedAlert["history"] | null> {
  const first = await findFirstSnapshot(db);
  if (first === null || first >= now) return null;
  const days = Math.min(lookbackDays, (now.getTime() - first.getTime()) / dayMs);
  const window = { states, minConfidence, after: new Date(now.getTime() - lookbackDays * dayMs), upTo: now };
  const types = signalTypes?.flatMap(type => (type === "market_move" ? [] : [type])) ?? null;
  const ofCoins = await countSignalChanges(db, { ...window, cryptoIds, types });
  const withMarket = symbols === undefined && signalTypes === undefined;
  const fired = ofCoins + (withMarket ? await countMarketMoves(db, window) : 0);
  return { days: Number(days.toFixed(2)), fired, perWeek: Number(((7 * fired) / days).toFixed(2)) };
}

function describe(
  { symbols, signalTypes, minConfidence }: AlertFilter,
  history: ProposedAlert["history"],
): string {
  const kinds = signalTypes
    ? listed(
        signalTypes.flatMap(type => (type === "market_move" ? [] : [signalWords[type]])),
        "or",
      )
    : "any";
  const of = symbols ? ` of ${listed(symbols)}` : "";
  const sure = minConfidence === undefined ? "" : ` with a confidence of at least ${share(minConfidence)}`;
  const days = Math.floor(history.days);
  const over =
    history.days < lookbackDays
      ? `in the ${days < 1 ? "hours" : count(days, "day")} on record, which is less than the ${lookbackDays} days that are counted`
      : `in the past ${lookbackDays} days`;
  return `An alert on ${kinds} signals${of}${sure}, once confirmed, would have come ${count(history.fired, "time")} ${over}: ${history.perWeek} a week. It needs a recipient to be made.`;
}

/** An alert has no part for these; it would come without them. */
function describeLeftOut(plan: Plan): string {
  const parts = [
    plan.trends.length > 0 ? "the trend" : "",
    plan.minChangePct === null ? "" : "the change",
    plan.maxRank === null ? "" : "the rank",
    plan.minMarketCap === null ? "" : "the market cap",
    plan.excludeSymbols.length === 0 ? "" : "the coins to leave out",
  ].filter(part => part !== "");
  return parts.length === 0 ? "" : `It cannot look at ${listed(parts)}: it comes without that condition.`;
}
