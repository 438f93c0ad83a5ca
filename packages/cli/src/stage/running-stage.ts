import { existsSync, readFileSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { stateDirectoryPath } from "./project.ts";

const file = join(stateDirectoryPath, "running.json");

const RunningStage = z.object({
  pid: z.int(),
  apiUrl: z.url(),
  /** Where functions are invoked, as AWS's Invoke call does. */
  lambdaUrl: z.url(),
  messagingUrl: z.url(),
  region: z.string(),
});
/** How other commands reach the stage that runs. */
export type RunningStage = z.infer<typeof RunningStage>;

export async function announceStage(stage: RunningStage): Promise<void> {
  await writeFile(file, `${JSON.stringify(stage, null, 2)}\n`);
}

export async function withdrawStage(): Promise<void> {
  await rm(file, { force: true });
}

/** The stage that runs on this machine. Throws with what to do when none does. */
export function findRunningStage(): RunningStage {
  const stage = existsSync(file) ? RunningStage.safeParse(JSON.parse(readFileSync(file, "utf8"))) : undefined;
  if (!stage?.success || !isAlive(stage.data.pid)) {
    throw new Error("The local stage does not run here. Start it with `npm start`.");
  }
  return stage.data;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, and is another user's.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
