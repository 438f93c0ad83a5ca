import { execFile } from "node:child_process";
import { relative } from "node:path";
import { promisify } from "node:util";
import { textOf } from "./cloud-context.ts";

const run = promisify(execFile);

/**
 * Runs what a `command:local:Command` would run at its creation: how SST's sites are built, whose components read the
 * built files while they are evaluated. The one kind of resource that is really made. Throws with what it printed.
 */
export async function runBuildCommand(name: string, inputs: Record<string, unknown>): Promise<void> {
  const command = textOf(inputs, "create");
  if (command === undefined) return;
  const cwd = textOf(inputs, "dir") ?? process.cwd();
  // The provider's schema gives the shape.
  const environment = (inputs.environment ?? {}) as Record<string, string>;
  try {
    // Pulumi's own way to run it.
    await run("/bin/sh", ["-c", command], { cwd, env: { ...process.env, ...environment } });
  } catch (error) {
    const printed = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : "";
    throw new Error(
      `${name}: \`${command}\` failed in ${relative(process.cwd(), cwd) || "."}. ${printed || String(error)}`,
      { cause: error },
    );
  }
}
