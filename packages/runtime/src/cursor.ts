import type { z } from "zod";
import { ProblemError } from "./http-api.ts";

/** Packs the place where a page ended into an opaque text. */
export function encodeCursor(place: Readonly<Record<string, string | number>>): string {
  return Buffer.from(JSON.stringify(place)).toString("base64url");
}

/** Unpacks a cursor that this API gave. Throws a problem for any other text. */
export function decodeCursor<Schema extends z.ZodType>(schema: Schema, cursor: string): z.infer<Schema> {
  const result = schema.safeParse(parseJson(Buffer.from(cursor, "base64url").toString("utf8")));
  if (result.success) return result.data;
  throw new ProblemError(
    "request.invalid_cursor",
    "Take the cursor from `nextCursor` of the page before, as it is.",
    {
      errors: [{ field: "cursor", message: "is not a cursor of this API" }],
    },
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
