/** What a subscriber's protocol reads of a message with `MessageStructure: json`: its own entry, else `default`. */
const protocol = "sqs";

/**
 * Puts in the place of each structured message what a queue receives of it, as SNS does; fauxqs hands the whole
 * structure on. `form` is the body of a Publish or PublishBatch call, by its flattened names, and is changed.
 * Gives what SNS says of a structure that it refuses.
 */
export function deliverStructuredMessages(form: unknown): string | undefined {
  if (typeof form !== "object" || form === null) return undefined;
  const fields = form as Record<string, unknown>;
  for (const [name, value] of Object.entries(fields)) {
    if (!name.endsWith("MessageStructure") || value !== "json") continue;
    const messageName = name.replace(/MessageStructure$/, "Message");
    const message = messageFor(String(fields[messageName]));
    if (message === undefined)
      return "Invalid parameter: Message Structure - No default entry in JSON message body";
    fields[messageName] = message;
  }
  return undefined;
}

function messageFor(text: string): string | undefined {
  try {
    const structure = JSON.parse(text);
    const message = structure?.[protocol] ?? structure?.default;
    return typeof structure?.default === "string" && typeof message === "string" ? message : undefined;
  } catch {
    return undefined;
  }
}
