import { once } from "node:events";
import type { Socket } from "node:net";

// The messages of PostgreSQL's protocol 3.0 that pass before a session is open. See "Message Formats" in its manual.

/** What a client opens a connection with: a session, or a request that is no session. */
export type Opening = { readonly kind: "session"; readonly user: string } | { readonly kind: "other" };
/** A message with its one-letter type; `bytes` is all of it. */
export type WireMessage = { readonly type: string; readonly body: Buffer; readonly bytes: Buffer };

const tlsRequests = new Set([80877103, 80877104]);
/** No opening and no password is longer; what is, is not PostgreSQL. */
const longestMessage = 100_000;

/** Reads a client's opening, after refusing TLS, which nothing on this machine needs; gives its bytes too. */
export async function readOpening(socket: Socket): Promise<Opening & { readonly bytes: Buffer }> {
  for (;;) {
    const length = await readBytes(socket, 4);
    const body = await readBytes(socket, bodyLength(length));
    const code = body.readUInt32BE(0);
    if (tlsRequests.has(code)) {
      socket.write("N");
      continue;
    }
    const bytes = Buffer.concat([length, body]);
    if (code >>> 16 !== 3) return { kind: "other", bytes };
    const fields = body.subarray(4).toString("utf8").split("\0");
    return { kind: "session", user: fields[fields.indexOf("user") + 1] ?? "", bytes };
  }
}

/** Reads one message with a type. */
export async function readMessage(socket: Socket): Promise<WireMessage> {
  const head = await readBytes(socket, 5);
  const body = await readBytes(socket, bodyLength(head.subarray(1)));
  return { type: String.fromCharCode(head[0] ?? 0), body, bytes: Buffer.concat([head, body]) };
}

/** Whether the server asks for the password as it is, which it does of those who sign in by a token. */
export function asksForPassword({ type, body }: WireMessage): boolean {
  return type === "R" && body.readUInt32BE(0) === 3;
}

/** The text in a client's password message. */
export function passwordOf({ body }: WireMessage): string {
  return body.subarray(0, -1).toString("utf8");
}

export function passwordMessage(password: string): Buffer {
  return message("p", `${password}\0`);
}

/** A refusal to open the session, in the fields in which PostgreSQL gives it. */
export function refusalMessage(code: string, text: string): Buffer {
  return message("E", `SFATAL\0VFATAL\0C${code}\0M${text}\0\0`);
}

function message(type: string, text: string): Buffer {
  const body = Buffer.from(text);
  const head = Buffer.alloc(5, type);
  head.writeUInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

function bodyLength(length: Buffer): number {
  const body = length.readUInt32BE(0) - 4;
  if (body < 0 || body > longestMessage)
    throw new Error("The connection does not speak PostgreSQL's protocol");
  return body;
}

/** What comes after these bytes stays with the socket. */
async function readBytes(socket: Socket, count: number): Promise<Buffer> {
  if (count === 0) return Buffer.alloc(0);
  for (;;) {
    const chunk: Buffer | null = socket.read(count);
    if (chunk?.length === count) return chunk;
    if (chunk !== null || socket.readableEnded || socket.destroyed)
      throw new Error("The connection was closed");
    await once(socket, "readable");
  }
}
