import {
  type AlertFired,
  alertFired,
  type SignalChange,
  type SignalsDetected,
  staleSignalMs,
} from "@vibe-charting/contracts";
import {
  type AlertRecord,
  addToOutbox,
  countSentAlerts,
  type Database,
  findCoinByCmcId,
  findNewestListing,
  insertAlertDelivery,
  listOpenAlerts,
  lockRecipients,
  type Queryable,
  type RecipientRecord,
  readTrendsOfTimeframes,
  receiveOnce,
} from "@vibe-charting/database";
import type { TopicSubscriptions } from "@vibe-charting/runtime";
import { statusOf } from "../recipients/recipient.ts";
import { refreshRecipients } from "../recipients/refresh-recipients.ts";
import type { ResolveHost } from "../recipients/resolve-endpoint.ts";
import { dayZone, holdUntil } from "../rules/hold-until.ts";
import { matches } from "../rules/matches.ts";
import { dayStart } from "../rules/quiet-time.ts";
import { reachable } from "./reachable.ts";

const consumer = "alerts";
const dayMs = 24 * 60 * 60 * 1_000;
/** A recipient that did not confirm within this is asked about no more. */
const forgottenAfterMs = 7 * dayMs;

export type DeliverySources = {
  readonly db: Database;
  readonly subscriptions: Pick<TopicSubscriptions, "list">;
  readonly resolveHost: ResolveHost;
  readonly now: () => Date;
};

export type DeliveryOutcome =
  | { readonly kind: "delivered"; readonly sent: number; readonly held: number }
  | { readonly kind: "skipped"; readonly reason: string };

/** A recipient with those of its alerts that ask for one change of a signal. */
type Group = { readonly recipient: RecipientRecord; readonly alerts: readonly AlertRecord[] };

/**
 * Decides once for each recipient that asks for a change of a signal: one message now, or a place in the next digest.
 * Decisions and their outbox rows are written in one transaction, or nothing is; a second delivery finds them.
 */
export async function deliverSignal(
  sources: DeliverySources,
  event: SignalsDetected,
): Promise<DeliveryOutcome> {
  const { db } = sources;
  const signal = event.data;
  const now = await productTime(db, sources.now());
  const ageMs = now.getTime() - Date.parse(signal.detectedAt);
  if (ageMs > staleSignalMs) return { kind: "skipped", reason: "stale: it happened more than 48 hours ago" };
  const asking = (await listOpenAlerts(db)).filter(alert => matches(alert, signal));
  const groups = await reachableGroups(sources, groupByRecipient(await confirmed(sources, asking)));
  if (groups.length === 0) return { kind: "skipped", reason: "nobody asks for it" };
  const facts = {
    signal,
    signalEventId: event.id,
    ...(await priceChanges(db, signal)),
    ageSeconds: Math.max(0, ageMs / 1_000),
  };

  return await db.transaction(async tx => {
    if (!(await receiveOnce(tx, consumer, event.id))) return { kind: "skipped", reason: "received before" };
    // A recipient that was ended meanwhile is gone: nothing is recorded for it.
    const present = new Set(
      await lockRecipients(
        tx,
        groups.map(({ recipient }) => recipient.id),
      ),
    );
    let [sent, held] = [0, 0];
    for (const group of groups.filter(({ recipient }) => present.has(recipient.id))) {
      const heldUntil = group.blockedUntil(now) ?? (await earliestRelease(tx, group, now));
      const isNew = await record(tx, group, facts, now, heldUntil);
      if (isNew && heldUntil === null) sent++;
      if (isNew && heldUntil !== null) held++;
    }
    return { kind: "delivered", sent, held };
  });
}

/** The clock's time, or, where the market is simulated, the market's own. */
async function productTime(db: Queryable, clock: Date): Promise<Date> {
  const newest = await findNewestListing(db);
  return newest && newest.source !== "coinmarketcap" ? newest.observedAt : clock;
}

/** The alerts whose recipients have confirmed; SNS is asked about those that had not when it was asked last. */
async function confirmed(
  { db, subscriptions, now }: DeliverySources,
  alerts: readonly AlertRecord[],
): Promise<readonly AlertRecord[]> {
  const unsure = alerts
    .map(({ recipient }) => recipient)
    .filter(
      ({ confirmedAt, askedAt }) => !confirmedAt && now().getTime() - askedAt.getTime() < forgottenAfterMs,
    );
  await refreshRecipients(db, subscriptions, unsure);
  const ids = new Set(alerts.map(({ id }) => id));
  const known = unsure.length === 0 ? alerts : (await listOpenAlerts(db)).filter(({ id }) => ids.has(id));
  return known.filter(({ recipient }) => statusOf(recipient, now()) === "confirmed");
}

function groupByRecipient(alerts: readonly AlertRecord[]): readonly Group[] {
  return [...Map.groupBy(alerts, ({ recipient }) => recipient.id).values()].flatMap(ofOne => {
    const [first] = ofOne;
    return first ? [{ recipient: first.recipient, alerts: ofOne }] : [];
  });
}

/** The groups that may be reached, each with the time before which it cannot be. */
async function reachableGroups(
  { resolveHost }: DeliverySources,
  groups: readonly Group[],
): Promise<readonly (Group & { blockedUntil: (now: Date) => Date | null })[]> {
  const checked = await Promise.all(
    groups.map(async group => ({ ...group, reach: await reachable(group.recipient, resolveHost) })),
  );
  return checked.flatMap(({ reach, ...group }) =>
    reach.kind === "refused" ? [] : [{ ...group, blockedUntil: reach.blockedUntil }],
  );
}

/** The change goes at once where one of the recipient's alerts lets it; else with the digest that is due first. */
async function earliestRelease(tx: Queryable, { recipient, alerts }: Group, now: Date): Promise<Date | null> {
  let earliest: Date | null = null;
  for (const alert of alerts) {
    const sentToday = await countSentAlerts(tx, recipient.id, dayStart(now, dayZone(alert)));
    const release = holdUntil(alert, now, sentToday);
    if (release === null) return null;
    if (earliest === null || release < earliest) earliest = release;
  }
  return earliest;
}

async function record(
  tx: Queryable,
  { recipient, alerts }: Group,
  facts: Omit<AlertFired["data"], "alertIds">,
  now: Date,
  heldUntil: Date | null,
): Promise<boolean> {
  const alertIds = alerts.map(({ id }) => id);
  const isNew = await insertAlertDelivery(tx, {
    recipientId: recipient.id,
    eventId: facts.signalEventId,
    alertIds,
    signal: facts.signal,
    decidedAt: now,
    heldUntil,
  });
  if (isNew && heldUntil === null) await addToOutbox(tx, [alertFired(recipient, { alertIds, ...facts })]);
  return isNew;
}

async function priceChanges(
  db: Queryable,
  signal: SignalChange,
): Promise<Pick<AlertFired["data"], "changePct24h" | "changePct7d">> {
  const coin = "cmcId" in signal ? await findCoinByCmcId(db, signal.cmcId) : null;
  const trends = coin ? await readTrendsOfTimeframes(db, ["24h", "7d"], [coin.id]) : [];
  const over = (timeframe: string) => trends.find(trend => trend.timeframe === timeframe)?.changePct ?? null;
  return { changePct24h: over("24h"), changePct7d: over("7d") };
}
