/** A message as a Publish or PublishBatch call has it, by its flattened names. */
export type PublishedMessage = {
  /** What a subscriber's protocol reads of it. */
  bodyFor(protocol: string): string;
  readonly subject: string;
  readonly attributes: Readonly<Record<string, { DataType: string; StringValue?: string }>>;
};

/** The messages of a Publish or PublishBatch call. */
export function publishedMessages(form: Readonly<Record<string, string>>): PublishedMessage[] {
  if (form.Action === "Publish") return [readMessage(form, "")];
  if (form.Action !== "PublishBatch") return [];
  const prefixes = Object.keys(form).flatMap(name => {
    const [prefix] = /^PublishBatchRequestEntries\.member\.\d+\.(?=Id$)/.exec(name) ?? [];
    return prefix === undefined ? [] : [prefix];
  });
  return prefixes.map(prefix => readMessage(form, prefix));
}

function readMessage(form: Readonly<Record<string, string>>, prefix: string): PublishedMessage {
  const text = form[`${prefix}Message`] ?? "";
  const structure = form[`${prefix}MessageStructure`] === "json" ? parseStructure(text) : undefined;
  return {
    bodyFor: protocol => structure?.[protocol] ?? structure?.default ?? text,
    subject: form[`${prefix}Subject`] ?? "",
    attributes: readAttributes(form, `${prefix}MessageAttributes.entry.`),
  };
}

function readAttributes(form: Readonly<Record<string, string>>, prefix: string) {
  const attributes: Record<string, { DataType: string; StringValue?: string }> = {};
  for (let entry = 1; form[`${prefix}${entry}.Name`] !== undefined; entry++) {
    const name = form[`${prefix}${entry}.Name`] ?? "";
    const StringValue = form[`${prefix}${entry}.Value.StringValue`];
    attributes[name] = {
      DataType: form[`${prefix}${entry}.Value.DataType`] ?? "String",
      ...(StringValue !== undefined && { StringValue }),
    };
  }
  return attributes;
}

function parseStructure(text: string): Record<string, string> | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
