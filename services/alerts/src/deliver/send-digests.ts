import { alertDigest } from "@vibe-charting/contracts";
import {
  addToOutbox,
  type Database,
  listDueRecipients,
  lockRecipients,
  postponeHeldAlerts,
  type Queryable,
  takeHeldAlerts,
} from "@vibe-charting/database";
import type { ResolveHost } from "../recipients/resolve-endpoint.ts";
import { composeDigest } from "./compose-digest.ts";
import { reachable } from "./reachable.ts";

/** Puts one digest for each recipient whose held alerts are due at `now` into the outbox; gives their number. */
export async function sendDigests(
  { db, resolveHost }: { db: Database; resolveHost: ResolveHost },
  now: Date,
): Promise<number> {
  let sent = 0;
  for (const recipient of await listDueRecipients(db, now)) {
    const reach = await reachable(recipient, resolveHost);
    const blockedUntil = reach.kind === "reachable" ? reach.blockedUntil(now) : null;
    const isSent = await db.transaction(async tx => {
      await lockRecipients(tx, [recipient.id]);
      if (blockedUntil === null) return await sendDigest(tx, recipient, now, reach.kind === "reachable");
      await postponeHeldAlerts(tx, recipient.id, now, blockedUntil);
      return false;
    });
    if (isSent) sent++;
  }
  return sent;
}

/** What is held for a recipient that may not be reached any more is taken out all the same, and goes nowhere. */
async function sendDigest(
  tx: Queryable,
  recipient: { id: string },
  now: Date,
  isReachable: boolean,
): Promise<boolean> {
  const digest = composeDigest(await takeHeldAlerts(tx, recipient.id, now));
  if (!digest || !isReachable) return false;
  await addToOutbox(tx, [alertDigest(recipient, digest, now)]);
  return true;
}
