import { chmod, mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Signer } from "@aws-sdk/rds-signer";
import { Client } from "pg";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { findFreePort } from "../free-port.ts";
import { type DatabaseGate, startDatabaseGate } from "./database-gate.ts";
import { type PostgresServer, startPostgresServer } from "./postgres-server.ts";

const owner = { databaseName: "fixture", username: "fixture_owner", password: "a-password-of-some-length" };
const allowedKey = "ASIAALLOWED000000000";

let directory: string;
let postgres: PostgresServer;
let serverPort: number;
let port: number;
let gate: DatabaseGate;
const refused: string[] = [];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "vibe-gate-"));
  // As root, the server's own user has to get in.
  await chmod(directory, 0o755);
  serverPort = await findFreePort();
  postgres = await startPostgresServer({
    ...owner,
    parentDirectory: join(directory, "postgres"),
    instanceName: "Gate",
    logFile: join(directory, "postgres.log"),
    port: serverPort,
    majorVersion: undefined,
    isDurable: false,
    onUnexpectedExit: () => undefined,
  });
  port = await findFreePort(new Set([serverPort]));
  gate = await startDatabaseGate({
    port,
    server: { ...owner, port: serverPort },
    userArnPrefix: "arn:aws:rds-db:us-east-2:000000000000:dbuser:db-1",
    roleCheck: (accessKeyId, action, resourceArn) =>
      accessKeyId === allowedKey && resourceArn.endsWith("dbuser:db-1/reader")
        ? undefined
        : `not authorized to perform: ${action} on resource: ${resourceArn}`,
    log: message => refused.push(message),
  });
  await signIn("fixture_owner", owner.password, [
    "CREATE ROLE rds_iam",
    "CREATE ROLE reader LOGIN IN ROLE rds_iam",
    "CREATE ROLE writer LOGIN IN ROLE rds_iam",
  ]);
});
afterEach(() => {
  refused.length = 0;
});
afterAll(async () => {
  await gate?.stop();
  await postgres?.stop();
  await rm(directory, { recursive: true });
});

/** Runs statements in a session of the user's and gives the last one's only value. */
async function signIn(user: string, password: string, statements: string[], at = port): Promise<unknown> {
  const client = new Client({ host: "127.0.0.1", port: at, user, password, database: "fixture" });
  await client.connect();
  try {
    let value: unknown;
    for (const statement of statements)
      value = Object.values((await client.query(statement)).rows[0] ?? {})[0];
    return value;
  } finally {
    await client.end();
  }
}

async function tokenOf(username: string, accessKeyId = allowedKey): Promise<string> {
  const credentials = { accessKeyId, secretAccessKey: "local", sessionToken: "local" };
  const signer = new Signer({ hostname: "127.0.0.1", port, region: "us-east-2", username, credentials });
  return await signer.getAuthToken();
}

it("lets in who shows a token that its role allows, again and again, at once too", async () => {
  const token = await tokenOf("reader");
  const sessions = Array.from({ length: 8 }, () => signIn("reader", token, ["SELECT current_user"]));
  expect(await Promise.all(sessions)).toEqual(Array.from({ length: 8 }, () => "reader"));
});

it("carries what a session sends, however long", async () => {
  const length = 3_000_000;
  const token = await tokenOf("reader");
  expect(await signIn("reader", token, [`SELECT length('${"x".repeat(length)}')`])).toBe(length);
});

it.each([
  ["a role that does not allow it", "writer", () => tokenOf("writer"), /dbuser:db-1\/writer$/],
  [
    "the key of another function",
    "reader",
    () => tokenOf("reader", "ASIAOTHER00000000000"),
    /not authorized/,
  ],
  ["another user's token", "writer", () => tokenOf("reader"), /its token is for the user reader$/],
  ["a password", "reader", async () => owner.password, /is no token of IAM$/],
])("refuses %s, in RDS's words", async (_what, user, password, reason) => {
  await expect(signIn(user, await password(), [])).rejects.toMatchObject({
    code: "28000",
    message: `PAM authentication failed for user "${user}"`,
  });
  expect(refused).toEqual([expect.stringMatching(reason)]);
});

it("lets the owner in by its password, and by nothing else", async () => {
  expect(await signIn("fixture_owner", owner.password, ["SELECT current_user"])).toBe("fixture_owner");
  await expect(signIn("fixture_owner", await tokenOf("fixture_owner"), [])).rejects.toMatchObject({
    code: "28P01",
  });
});

it("leaves no way past it: the server takes no token, and no password that is known", async () => {
  await signIn("reader", await tokenOf("reader"), []);
  for (const password of [await tokenOf("reader"), owner.password, ""]) {
    await expect(signIn("reader", password, [], serverPort)).rejects.toThrow();
  }
});

it("outlives a client that says nothing, or nothing sensible", async () => {
  for (const bytes of [Buffer.alloc(0), Buffer.from("GET / HTTP/1.1\r\n\r\n")]) {
    const socket = connect(port, "127.0.0.1");
    socket.on("error", () => undefined);
    socket.end(bytes);
    await new Promise(resolve => socket.once("close", resolve));
  }
  expect(await signIn("reader", await tokenOf("reader"), ["SELECT 1"])).toBe(1);
});
