// Everything that must hold before a change lands: `npm test`, or `npm run check` for all but the tests.
import { spawnSync } from "node:child_process";

const withoutTests = process.argv.includes("--without-tests");
const steps = [
  ["format and lint", "biome", ["check", "--error-on-warnings", "."]],
  ["types", "tsc", ["--project", "."]],
  ["types of the stacks", "tsc", ["--project", "stacks"]],
  ["types of the page", "tsc", ["--project", "packages/web"]],
  ["dead code", "knip", ["--no-config-hints"]],
  ...(withoutTests ? [] : [["tests", "vitest", ["run", "--config", "vitest.workspace.ts"]]]),
];

const failed = [];
for (const [title, command, args] of steps) {
  process.stdout.write(`\n== ${title} ==\n`);
  const startedAt = Date.now();
  const { status } = spawnSync(command, args, { stdio: "inherit", shell: process.platform === "win32" });
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  process.stdout.write(`== ${title}: ${status === 0 ? "ok" : "FAILED"} (${seconds} s) ==\n`);
  if (status !== 0) failed.push(title);
}

if (failed.length > 0) process.stdout.write(`\nFailed: ${failed.join(", ")}\n`);
process.exit(failed.length > 0 ? 1 : 0);
