import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";
import { expect, it } from "vitest";
import { connectDatabase } from "./connect.ts";
import { migrateDatabase } from "./migrate.ts";
import { verifiedTls } from "./verified-tls.ts";

it("holds a server elsewhere to the authority of its region, and to its name", () => {
  const { ca = [], ...rest } = verifiedTls("vibe-charting-db.abc.us-east-2.rds.amazonaws.com") ?? {};
  // checkServerIdentity is not replaced, so that Node.js compares the certificate's names with the host.
  expect(rest).toEqual({ rejectUnauthorized: true });
  const [authority] = ca
    .map(pem => new X509Certificate(pem))
    .filter(({ subject }) => subject.includes("CN=Amazon RDS us-east-2 Root CA RSA2048 G1"));
  expect(Number(new Date(authority?.validTo ?? 0))).toBeGreaterThan(Date.UTC(2050));
});

it("asks nothing of a server on this machine", () => {
  expect(["127.0.0.1", "localhost", "::1"].map(verifiedTls)).toEqual([undefined, undefined, undefined]);
});

it("hands no password to a server that does not speak TLS", async () => {
  const received: Buffer[] = [];
  const server = createServer(socket => {
    socket.on("data", bytes => {
      received.push(bytes);
      // "No" to the request for TLS, the first eight bytes that a client sends.
      socket.write("N");
    });
  }).listen(0, "127.0.0.2");
  await once(server, "listening");
  const listening = server.address();
  const port = typeof listening === "object" && listening ? listening.port : 0;
  const address = { host: "127.0.0.2", port, database: "any", username: "any" };
  try {
    const password = async () => "the-password";
    await expect(
      connectDatabase({ address, password, maxPoolSize: 1, statementTimeoutMs: 1_000 }),
    ).rejects.toThrow();
    await expect(migrateDatabase(address, "the-password", "migrations")).rejects.toThrow(/SSL/);
    const requestForTls = "0000000804d2162f";
    expect(new Set(received.map(bytes => bytes.toString("hex")))).toEqual(new Set([requestForTls]));
  } finally {
    server.close();
  }
});
