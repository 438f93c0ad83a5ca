// Signatures by which Pulumi marks special values on the wire (@pulumi/pulumi runtime/rpc).
const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";
const resourceSignature = "5cf8f73096256a8f31e491e813e4eb8e";
const outputSignature = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Unwraps what Pulumi sends: secrets become their values, resource references their ids, unknowns null. */
function plainValue(value: unknown): unknown {
  if (value === unknownValue) return null;
  if (Array.isArray(value)) return value.map(plainValue);
  if (typeof value !== "object" || value === null) return value;
  const fields = new Map(Object.entries(value));
  const signature = fields.get(signatureKey);
  if (signature === secretSignature || signature === outputSignature) return plainValue(fields.get("value"));
  if (signature === resourceSignature) return plainValue(fields.get("id") || fields.get("urn"));
  // What is left are assets and archives, whose path or text is all there is to them, and plain objects.
  fields.delete(signatureKey);
  return Object.fromEntries([...fields].map(([key, entry]) => [key, plainValue(entry)]));
}

/** Unwraps the fields of one message. */
export function plainRecord(message: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(message)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key, plainValue(value)]),
  );
}
