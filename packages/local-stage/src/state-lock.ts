import { readFileSync } from "node:fs";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { z } from "zod";
import { LocalStageError } from "./local-stage-error.ts";

const LockOwner = z.object({ pid: z.int(), processStart: z.string().nullable() });
type LockOwner = z.infer<typeof LockOwner>;

export type StateLock = { release(): Promise<void> };

/** Creates the lock file, or takes it over from a process that is gone. */
export async function acquireLock(file: string, directory: string): Promise<StateLock> {
  const owner: LockOwner = { pid: process.pid, processStart: processStart(process.pid) };
  const text = JSON.stringify(owner);
  for (let attempt = 0; attempt < 5; attempt += 1) {
    try {
      await writeFile(file, text, { flag: "wx" });
      return { release: () => rm(file, { force: true }) };
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    }
    const current = await readOwner(file);
    if (current !== undefined && isAlive(current)) {
      throw new LocalStageError(
        `The local stage in ${directory} is already running, pid ${current.pid}. Stop it first, or use another state folder.`,
      );
    }
    // Renaming lets only one of two starts that saw the same stale lock remove it.
    const stale = `${file}.stale-${process.pid}`;
    await rename(file, stale).catch(() => undefined);
    await rm(stale, { force: true });
  }
  throw new LocalStageError(`${file} keeps changing hands: several processes start at once. Try again.`);
}

async function readOwner(file: string): Promise<LockOwner | undefined> {
  try {
    return LockOwner.parse(JSON.parse(await readFile(file, "utf8")));
  } catch {
    return undefined;
  }
}

function isAlive(owner: LockOwner): boolean {
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    // EPERM: it exists and belongs to somebody else.
    if (!(error instanceof Error && "code" in error && error.code === "EPERM")) return false;
  }
  const start = processStart(owner.pid);
  return start === null || owner.processStart === null || start === owner.processStart;
}

/** Start time in clock ticks since boot (Linux, proc(5) field 22): tells a reused pid from its predecessor. */
function processStart(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null;
  } catch {
    return null;
  }
}
