import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import type { RunReport } from "./run-once.ts";

type Lines = { readonly exitCode: number; readonly runs: readonly RunReport[] };

/** A process of its own: the suite takes over clock and timers, and outlives what its processes throw. */
async function chaos(...args: readonly string[]): Promise<Lines> {
  const { stdout, exitCode } = await promisify(execFile)(
    process.execPath,
    [join(import.meta.dirname, "main.ts"), ...args],
    { maxBuffer: 64 * 1024 * 1024 },
  ).then(
    ({ stdout }) => ({ stdout, exitCode: 0 }),
    error => ({ stdout: String(error.stdout), exitCode: Number(error.code) }),
  );
  const lines = stdout
    .split("\n")
    .filter(line => line !== "")
    .map(line => JSON.parse(line));
  return { exitCode, runs: lines.filter(line => "violations" in line) };
}

/** What a weakened product breaks, in the first of a few runs that shows it. */
async function invariantsBroken(mutation: string): Promise<readonly string[]> {
  const { exitCode, runs } = await chaos("--runs", "30", "--seed", "5", "--mutation", mutation);
  expect(exitCode).toBe(1);
  return runs.flatMap(({ violations }) => violations.map(({ invariant }) => invariant));
}

describe("the pipeline under faults", () => {
  it("loses nothing and does nothing twice", async () => {
    const { exitCode, runs } = await chaos("--runs", "3", "--seed", "3");
    expect(
      runs.flatMap(({ seed, violations }) => violations.map(violation => ({ seed, ...violation }))),
    ).toEqual([]);
    expect(runs.map(({ seed }) => seed)).toEqual(["3-1", "3-2", "3-3"]);
    expect(exitCode).toBe(0);
  });
});

/** What a guarantee is there for: without it, the suite finds a broken invariant. */
describe("the fault suite", () => {
  it("sees that events are lost when they are published without the outbox", async () => {
    expect(await invariantsBroken("outbox-off")).toContain("every event is delivered at least once");
  });

  it("sees that an alert is taken twice without the inbox", async () => {
    expect(await invariantsBroken("inbox-off")).toContain("a subscriber takes every alert exactly once");
  });

  it("sees that older trends overwrite newer ones without the guard", async () => {
    expect(await invariantsBroken("guard-off")).toContain("the same trends as without faults");
  });
});
