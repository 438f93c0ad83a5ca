/** A message of PostgreSQL's protocol after the start of a session: a type, a length, and what it says. */
export type Frame = { readonly type: string; readonly bytes: Buffer };

/** Cuts a stream of bytes into messages. */
export function frameReader(): (chunk: Buffer) => readonly Frame[] {
  let rest: Buffer = Buffer.alloc(0);
  return chunk => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const frames: Frame[] = [];
    while (rest.length >= 5) {
      const length = 1 + rest.readUInt32BE(1);
      if (rest.length < length) break;
      frames.push({ type: rest.toString("latin1", 0, 1), bytes: rest.subarray(0, length) });
      rest = rest.subarray(length);
    }
    return frames;
  };
}

/** A `Query` message: one statement in the simple protocol. */
export function simpleQuery(text: string): Buffer {
  return frame("Q", Buffer.from(`${text}\0`));
}

/** What `ReadyForQuery` says of the session: idle, in a transaction, or in a failed one. */
export function transactionStatus({ bytes }: Frame): string {
  return bytes.toString("latin1", 5, 6);
}

export const readyAndIdle = frame("Z", Buffer.from("I"));

/** The server process of a session, from its `BackendKeyData`. */
export function backendOf({ bytes }: Frame): number {
  return bytes.readUInt32BE(5);
}

/** The statement of a `Parse` or `Query` message. */
export function statementOf({ type, bytes }: Frame): string | null {
  if (type === "Q") return bytes.toString("utf8", 5, bytes.length - 1);
  if (type !== "P") return null;
  const start = bytes.indexOf(0, 5) + 1;
  return bytes.toString("utf8", start, bytes.indexOf(0, start));
}

/** A `Parse` message with another statement; other messages stay as they are. */
export function withStatement(original: Frame, rewrite: (statement: string) => string): Buffer {
  const statement = original.type === "P" ? statementOf(original) : null;
  if (statement === null) return original.bytes;
  const nameEnd = original.bytes.indexOf(0, 5) + 1;
  const parameters = original.bytes.indexOf(0, nameEnd) + 1;
  return frame(
    "P",
    Buffer.concat([
      original.bytes.subarray(5, nameEnd),
      Buffer.from(`${rewrite(statement)}\0`),
      original.bytes.subarray(parameters),
    ]),
  );
}

function frame(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.write(type, 0, "latin1");
  head.writeUInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}
