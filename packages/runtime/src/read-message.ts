import { z } from "zod";

export type ReadMessage<Event> =
  | { readonly kind: "event"; readonly event: Event }
  | { readonly kind: "unreadable"; readonly reason: string };

/** Reads a message's body as an event; what cannot be read never will be, so the reason is returned, not thrown. */
export function readMessage<Schema extends z.ZodType>(
  body: string,
  schema: Schema,
): ReadMessage<z.infer<Schema>> {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return { kind: "unreadable", reason: "the body is not JSON" };
  }
  const result = schema.safeParse(json);
  return result.success
    ? { kind: "event", event: result.data }
    : { kind: "unreadable", reason: `the body is not the expected event: ${z.prettifyError(result.error)}` };
}
