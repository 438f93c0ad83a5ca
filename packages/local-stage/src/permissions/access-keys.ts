import { createHash } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

/** The key of the local stage itself and of the `vibe` command, which stand outside the roles. */
export const LOCAL_STAGE_ACCESS_KEY_ID = "LOCALSTAGE0000000000";

/** Twenty characters like a real key, one per function, so that a call tells which role makes it. */
export function functionAccessKeyId(functionName: string): string {
  const digest = createHash("sha256").update(functionName).digest("hex").toUpperCase();
  return `ASIA${digest.slice(0, 16)}`;
}

/** The key id in a request's signature (version 4); empty when it is not signed. */
export function accessKeyIdOf(request: { headers: IncomingHttpHeaders }): string {
  return /Credential=([^/,\s]+)\//.exec(request.headers.authorization ?? "")?.[1] ?? "";
}
