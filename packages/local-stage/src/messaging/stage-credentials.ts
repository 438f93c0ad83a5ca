import { createHash } from "node:crypto";

/** The key of the local stage itself and of the `vibe` command, which stand outside the roles. */
export const LOCAL_STAGE_ACCESS_KEY_ID = "LOCALSTAGE0000000000";

/** Twenty characters like a real key, one per function, so that a call tells which role makes it. */
export function functionAccessKeyId(functionName: string): string {
  const digest = createHash("sha256").update(functionName).digest("hex").toUpperCase();
  return `ASIA${digest.slice(0, 16)}`;
}
