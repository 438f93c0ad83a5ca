import { getSecret } from "@aws-lambda-powertools/parameters/secrets";
import type { z } from "zod";

/** Seconds that a secret is kept in memory; a rotated one is taken up after that. */
const secretMaxAgeSeconds = 300;

/**
 * Reads and parses a secret's JSON; null when it has no value yet. `fresh` asks for it anew, past the one in memory.
 * Throws when it is not of the schema.
 */
export async function readSecret<Schema extends z.ZodType>(
  arn: string,
  schema: Schema,
  { fresh = false }: { fresh?: boolean } = {},
): Promise<z.infer<Schema> | null> {
  const text = await getSecret(arn, { maxAge: secretMaxAgeSeconds, forceFetch: fresh }).catch(error => {
    if (isMissingValue(error)) return undefined;
    throw new Error(`The secret ${arn} cannot be read`, { cause: error });
  });
  if (text === undefined) return null;
  const result = schema.safeParse(parseJson(arn, text));
  if (result.success) return result.data;
  const fields = result.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join(", ");
  throw new Error(`The secret ${arn} is not as expected: ${fields}`);
}

function parseJson(arn: string, text: string | Uint8Array): unknown {
  try {
    return JSON.parse(text.toString());
  } catch {
    // The cause is left out: its message would quote the secret.
    throw new Error(`The secret ${arn} is not JSON`);
  }
}

/** A secret without a value: the SDK's error is wrapped by Powertools. */
function isMissingValue(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return error.name === "ResourceNotFoundException" || isMissingValue(error.cause);
}
