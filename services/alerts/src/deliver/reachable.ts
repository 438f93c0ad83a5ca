import type { RecipientRecord } from "@vibe-charting/database";
import { logger } from "@vibe-charting/runtime";
import { type ResolveHost, resolveEndpoint } from "../recipients/resolve-endpoint.ts";

/** How long a message waits for a host that cannot be looked up now. */
const waitMs = 15 * 60 * 1_000;

export type Reach =
  | { readonly kind: "refused" }
  /** Gives the time before which nothing reaches the recipient, or null. */
  | { readonly kind: "reachable"; readonly blockedUntil: (now: Date) => Date | null };

/**
 * Whether a message may go to a recipient now. The host of an HTTPS endpoint is looked up before each message: its
 * name may have been led to another address since it was accepted.
 */
export async function reachable(
  { id, channel, address }: Pick<RecipientRecord, "id" | "channel" | "address">,
  resolveHost: ResolveHost,
): Promise<Reach> {
  if (channel !== "https") return { kind: "reachable", blockedUntil: () => null };
  const resolved = await resolveEndpoint(new URL(address).hostname, resolveHost);
  switch (resolved.kind) {
    case "public":
      return { kind: "reachable", blockedUntil: () => null };
    case "refused":
      logger.warn("an alert was not sent: its endpoint has no public address any more", {
        recipient: id,
        reason: resolved.reason,
      });
      return { kind: "refused" };
    case "unknown":
      logger.warn("an alert waits: its endpoint cannot be looked up", {
        recipient: id,
        reason: resolved.reason,
      });
      return { kind: "reachable", blockedUntil: now => new Date(now.getTime() + waitMs) };
  }
}
