import { Signer } from "@aws-sdk/rds-signer";
import { connectDatabase, type Database, type DatabaseAddress } from "@vibe-charting/database";

/**
 * Gives the sandbox's one pool, opened at the first call. A pool that could not be opened is tried again at the
 * next call.
 */
export function databasePool(
  address: DatabaseAddress,
  options: { maxPoolSize: number; statementTimeoutMs: number },
): () => Promise<Database> {
  let pool: Promise<Database> | undefined;
  return () => {
    pool ??= open(address, options).catch(error => {
      pool = undefined;
      throw error;
    });
    return pool;
  };
}

/** A frozen sandbox may hand on a token that has meanwhile served its time: it is then refused, and signed anew. */
async function open(
  address: DatabaseAddress,
  options: { maxPoolSize: number; statementTimeoutMs: number },
): Promise<Database> {
  const connect = () => connectDatabase({ address, password: () => databaseToken(address), ...options });
  return await connect().catch(error => {
    if (!isRefusedSignIn(error)) throw error;
    return connect();
  });
}

/** Signs the function's right to connect as the address's user: good for 15 minutes, and for nothing else. */
export async function databaseToken({ host, port, username }: DatabaseAddress): Promise<string> {
  return await new Signer({ hostname: host, port, username }).getAuthToken();
}

/** PostgreSQL's words for a wrong password (28P01), and for a token that IAM does not confirm (28000). */
const refusals = ["28P01", "28000"];

/** Whether an error, or what caused it, is that the server does not accept who asks. */
export function isRefusedSignIn(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ("code" in error && refusals.includes(String(error.code))) return true;
  return isRefusedSignIn(error.cause);
}
