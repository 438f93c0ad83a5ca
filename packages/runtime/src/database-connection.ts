import { connectDatabase, type Database, type DatabaseAddress } from "@vibe-charting/database";
import { z } from "zod";
import { readSecret } from "./secrets.ts";

const DatabaseSecret = z.object({
  host: z.string().min(1),
  port: z.coerce.number().int().positive(),
  database: z.string().min(1),
  username: z.string().min(1),
  password: z.string().min(1),
});

/** The address and the password of the database, from its secret. */
export async function readDatabaseSecret(
  secretArn: string,
): Promise<{ address: DatabaseAddress; password: string }> {
  const secret = await readSecret(secretArn, DatabaseSecret);
  if (!secret) throw new Error(`The database's secret ${secretArn} has no value`);
  const { password, ...address } = secret;
  return { address, password };
}

/**
 * Gives the sandbox's one pool, opened at the first call. A pool that could not be opened is tried again at the
 * next call.
 */
export function databasePool(
  secretArn: string,
  options: { maxPoolSize: number; statementTimeoutMs: number },
): () => Promise<Database> {
  let pool: Promise<Database> | undefined;
  return () => {
    pool ??= open(secretArn, options).catch(error => {
      pool = undefined;
      throw error;
    });
    return pool;
  };
}

async function open(
  secretArn: string,
  options: { maxPoolSize: number; statementTimeoutMs: number },
): Promise<Database> {
  const { address } = await readDatabaseSecret(secretArn);
  const password = async () => (await readDatabaseSecret(secretArn)).password;
  return await connectDatabase({ address, password, ...options });
}
