import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { readdir, readFile, realpath, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { LocalStageError } from "../local-stage-error.ts";

const FAST_SHUTDOWN_MS = 8_000;
const IMMEDIATE_SHUTDOWN_MS = 2_000;

/** Stops the servers that a killed process left running on the data folders in `parent`. */
export async function stopLeftoverPostgres(parent: string): Promise<void> {
  const names = await readdir(parent).catch(() => []);
  for (const name of names) {
    // A data folder may be a link; the server was started on what it points to.
    const path = await realpath(join(parent, name)).catch(() => undefined);
    if (path !== undefined) await stopLeftoverServer(path);
  }
}

/** Stops the server of one data folder, and removes a lock file that no server of ours holds. */
async function stopLeftoverServer(dataDirectory: string): Promise<void> {
  const lockFile = join(dataDirectory, "postmaster.pid");
  const lock = await readFile(lockFile, "utf8").catch(() => undefined);
  if (lock === undefined) return;
  const pid = Number.parseInt(lock, 10);
  if (isServerOf(pid, dataDirectory)) {
    const stopped =
      (await signalAndWait(pid, "SIGINT", FAST_SHUTDOWN_MS)) ||
      (await signalAndWait(pid, "SIGQUIT", IMMEDIATE_SHUTDOWN_MS)) ||
      (await signalAndWait(pid, "SIGKILL", IMMEDIATE_SHUTDOWN_MS));
    if (!stopped) {
      throw new LocalStageError(
        `A PostgreSQL server of an earlier run (pid ${pid}) on ${dataDirectory} does not stop; end it by hand.`,
      );
    }
  }
  await rm(lockFile, { force: true });
}

/** The pid may belong to somebody else by now: only a process whose command names our folder is ours. */
function isServerOf(pid: number, dataDirectory: string): boolean {
  if (!Number.isInteger(pid) || pid <= 1) return false;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").includes(dataDirectory);
  } catch {
    if (process.platform === "linux") return false;
  }
  try {
    const command = execFileSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" });
    return command.includes(dataDirectory);
  } catch {
    return false;
  }
}

async function signalAndWait(pid: number, signal: NodeJS.Signals, waitMs: number): Promise<boolean> {
  try {
    process.kill(pid, signal);
  } catch {
    return true;
  }
  const deadline = performance.now() + waitMs;
  while (performance.now() < deadline) {
    try {
      process.kill(pid, 0);
    } catch {
      return true;
    }
    await delay(10);
  }
  return false;
}
