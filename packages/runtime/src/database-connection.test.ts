import { createServer, type Server } from "node:http";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { connectDatabase } from "@vibe-charting/database";
import { createTestDatabase, type TestDatabase } from "@vibe-charting/database/testing";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { databasePool, databaseToken } from "./database-connection.ts";
import { asDatabaseOwner } from "./database-owner.ts";

let secrets: Server;
let asked = 0;
let secret: Record<string, unknown>;

beforeAll(async () => {
  secrets = createServer((_request, response) => {
    asked += 1;
    response.setHeader("content-type", "application/x-amz-json-1.1");
    response.end(JSON.stringify({ Name: "database", SecretString: JSON.stringify(secret) }));
  }).listen(0, "127.0.0.1");
  await new Promise(resolve => secrets.once("listening", resolve));
  // A server that listens on a port has an address of this shape.
  const { port } = secrets.address() as AddressInfo;
  vi.stubEnv("AWS_ENDPOINT_URL_SECRETS_MANAGER", `http://127.0.0.1:${port}`);
  vi.stubEnv("AWS_REGION", "us-east-2");
  vi.stubEnv("AWS_ACCESS_KEY_ID", "ASIA0123456789ABCDEF");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "local");
});
afterAll(() => {
  secrets.close();
});

describe("the owner's password", () => {
  let test: TestDatabase;
  let user: string;
  const signIns: string[] = [];
  beforeEach(async () => {
    test = await createTestDatabase();
    // Roles are of the whole server.
    user = `owner_of_${test.address.database}`;
    await test.query(`CREATE ROLE ${user} LOGIN PASSWORD 'first'`);
    secret = { ...test.address, username: user, password: "first" };
    asked = 0;
    signIns.length = 0;
  });
  afterEach(async () => {
    await test.query(`DROP ROLE ${user}`);
    await test.drop();
  });

  /** A secret of each test's own: a process keeps what it has read. */
  const arn = () => `arn:aws:secretsmanager:us-east-2:000000000000:secret:${test.address.database}`;
  const signIn = () =>
    asDatabaseOwner(arn(), async (address, password) => {
      signIns.push(password);
      const options = { maxPoolSize: 1, statementTimeoutMs: 1_000 };
      const pool = await connectDatabase({ address, password: async () => password, ...options });
      await pool.end();
      return address.username;
    });

  it("is read once, and kept", async () => {
    expect([await signIn(), await signIn()]).toEqual([user, user]);
    expect({ asked, signIns }).toEqual({ asked: 1, signIns: ["first", "first"] });
  });

  it("is read anew when the server refuses the one in memory, after a rotation", async () => {
    await signIn();
    await test.query(`ALTER ROLE ${user} PASSWORD 'second'`);
    secret = { ...secret, password: "second" };
    expect(await signIn()).toBe(user);
    expect(await signIn()).toBe(user);
    expect({ asked, signIns }).toEqual({ asked: 2, signIns: ["first", "first", "second", "second"] });
  });

  it("gives way to a token where the secret is the same, once", async () => {
    await signIn();
    await test.query(`ALTER ROLE ${user} PASSWORD 'lost'`);
    await expect(signIn()).rejects.toMatchObject({ code: "28P01" });
    const token = expect.stringContaining(`Action=connect&DBUser=${user}`);
    expect({ asked, signIns }).toEqual({ asked: 2, signIns: ["first", "first", token] });
  });
});

describe("a token for the database", () => {
  it("is signed for one user of one server, for a quarter of an hour", async () => {
    const token = await databaseToken({
      host: "db.example.com",
      port: 5432,
      database: "any",
      username: "vibe_query",
    });
    const url = new URL(`https://${token}`);
    expect({ host: url.host, ...Object.fromEntries(url.searchParams) }).toMatchObject({
      host: "db.example.com:5432",
      Action: "connect",
      DBUser: "vibe_query",
      "X-Amz-Expires": "900",
    });
  });

  it("that is refused is signed once more, and no further", async () => {
    const shown: string[] = [];
    // As much of PostgreSQL as asks for a password, and refuses it as RDS does.
    const server = createTcpServer(socket => {
      socket.on("error", () => undefined);
      socket.once("data", () => {
        socket.write(Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 3]));
        socket.once("data", bytes => {
          shown.push(bytes.subarray(5, -1).toString());
          const fields = Buffer.from('SFATAL\0C28000\0MPAM authentication failed for user "vibe_query"\0\0');
          const head = Buffer.from([0x45, 0, 0, 0, fields.length + 4]);
          socket.end(Buffer.concat([head, fields]));
        });
      });
    }).listen(0, "127.0.0.1");
    await new Promise(resolve => server.once("listening", resolve));
    // A server that listens on a port has an address of this shape.
    const { port } = server.address() as AddressInfo;
    const address = { host: "127.0.0.1", port, database: "any", username: "vibe_query" };
    try {
      const open = databasePool(address, { maxPoolSize: 1, statementTimeoutMs: 1_000 });
      await expect(open()).rejects.toMatchObject({ code: "28000" });
      const token = expect.stringContaining(`127.0.0.1:${port}/?Action=connect&DBUser=vibe_query`);
      expect(shown).toEqual([token, token]);
    } finally {
      server.close();
    }
  });
});
