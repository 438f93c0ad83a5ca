import type { DatabaseAddress } from "@vibe-charting/database";
import { z } from "zod";
import { databaseToken, isRefusedSignIn } from "./database-connection.ts";
import { readSecret } from "./secrets.ts";

const DatabaseSecret = z.object({
  host: z.string().min(1),
  port: z.coerce.number().int().positive(),
  database: z.string().min(1),
  username: z.string().min(1),
  password: z.string().min(1),
});

type OwnerWork<Result> = (address: DatabaseAddress, password: string) => Promise<Result>;

/**
 * Does something as the user who owns the schema, with the password that is in memory. If the server refuses that,
 * once more with the secret as it is now; and with a token, where the secret is the same: a user whose roles sign in
 * by IAM may have to do so too.
 */
export async function asDatabaseOwner<Result>(secretArn: string, work: OwnerWork<Result>): Promise<Result> {
  const known = await readOwner(secretArn);
  try {
    return await work(known.address, known.password);
  } catch (error) {
    if (!isRefusedSignIn(error)) throw error;
    const { address, password } = await readOwner(secretArn, { fresh: true });
    return await work(address, password === known.password ? await databaseToken(address) : password);
  }
}

async function readOwner(
  secretArn: string,
  options: { fresh?: boolean } = {},
): Promise<{ address: DatabaseAddress; password: string }> {
  const secret = await readSecret(secretArn, DatabaseSecret, options);
  if (!secret) throw new Error(`The database's secret ${secretArn} has no value`);
  const { password, ...address } = secret;
  return { address, password };
}
