import type { HealthResponse } from "@vibe-charting/contracts";
import { type Database, findNewestListing, readOutboxBacklog } from "@vibe-charting/database";
import type { KeptData, OpenKeptData } from "../kept-data.ts";
import { checkQueues, type ReadQueueDepths } from "./check-queues.ts";
import { isStale } from "./staleness.ts";

/** An event that waits longer than this to be published means that publishing fails. */
const outboxAlarmSeconds = 15 * 60;

export type HealthSources = {
  readonly openDatabase: () => Promise<Database>;
  readonly openKept: OpenKeptData;
  readonly readQueueDepths: ReadQueueDepths;
  readonly now: () => Date;
};

/** `GET /health`: which part works, and which does not. A part that cannot be asked is reported, never thrown. */
export async function getHealth({
  openDatabase,
  openKept,
  readQueueDepths,
  now,
}: HealthSources): Promise<HealthResponse> {
  const [database, queues] = await Promise.all([
    readDatabase({ openDatabase, openKept }, now()),
    checkQueues(readQueueDepths),
  ]);
  const checks = { ...database.checks, queues };
  const ok = Object.values(checks).every(check => check.ok);
  return { status: ok ? "ok" : "degraded", source: database.source, checks };
}

async function readDatabase(
  { openDatabase, openKept }: Pick<HealthSources, "openDatabase" | "openKept">,
  now: Date,
): Promise<{ source: HealthResponse["source"]; checks: Omit<HealthResponse["checks"], "queues"> }> {
  try {
    const db = await openDatabase();
    // Read before everything else: what comes in after it only makes a later request read again.
    const kept = await openKept(db);
    const listing = await findNewestListing(db);
    const [stale, behind, backlog] = await Promise.all([
      listing ? isStale(db, listing, now) : true,
      listing ? countUnanalyzed(kept, listing.observedAt) : 0,
      readOutboxBacklog(db),
    ]);
    const isSimulated = listing !== null && listing.source !== "coinmarketcap";
    const publishing = (backlog.oldestSeconds ?? 0) < outboxAlarmSeconds;
    return {
      source: listing?.source ?? null,
      checks: {
        database: { ok: true, detail: "answers" },
        data: {
          ok: !stale,
          detail: listing
            ? `the newest listing is of ${listing.observedAt.toISOString()}`
            : "no listing has been taken in yet",
          newestAt: listing?.observedAt.toISOString() ?? null,
          // A simulated market keeps its own time: its newest listing is its present.
          ageSeconds:
            listing && !isSimulated
              ? (now.getTime() - listing.observedAt.getTime()) / 1_000
              : listing
                ? 0
                : null,
        },
        analysis: {
          ok: true,
          detail: behind === 0 ? "every coin is analysed" : `${behind} coins wait for analysis`,
          behind,
        },
        outbox: {
          ok: publishing,
          detail: publishing ? "events are published" : "events wait for too long: publishing fails",
          pending: backlog.pending,
          oldestSeconds: backlog.oldestSeconds,
        },
      },
    };
  } catch {
    const unknown = { ok: false, detail: "unknown: the database does not answer" };
    return {
      source: null,
      checks: {
        database: { ok: false, detail: "does not answer" },
        data: { ...unknown, newestAt: null, ageSeconds: null },
        analysis: { ...unknown, behind: null },
        outbox: { ...unknown, pending: null, oldestSeconds: null },
      },
    };
  }
}

/** How many coins of a listing have a price there that no analysis has taken in. */
async function countUnanalyzed(kept: KeptData, observedAt: Date): Promise<number> {
  // An analysis takes in all timeframes of a coin.
  const [{ coins }, times] = await Promise.all([kept.listing(observedAt), kept.analysisTimes("7d")]);
  return coins.filter(coin => (times.get(coin.cryptoId) ?? 0) < coin.observedAt.getTime()).length;
}
