import type { SerializableValue } from "slonik";

/** PostgreSQL's text and jsonb have no NUL and no half of a surrogate pair: a mark stands for them. */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll("\0", "\u{fffd}");
}

/** A JSON value with its texts as jsonb takes them. */
export function storableJson<Value extends SerializableValue>(value: Value): Value {
  const text = JSON.stringify(value, (_key, part: unknown) =>
    typeof part === "string" ? storableText(part) : part,
  );
  // The same shape with other texts in it.
  return JSON.parse(text) as Value;
}
