import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const bench = join(import.meta.dirname, "../packages/cli/src/bench/main.ts");

it("measures the load of a small market: every part runs to its end, and every function has its figure", async () => {
  const size = ["--coins", "60", "--days", "3", "--runs", "1"];
  // It fails where a coin is not analysed, a message is refused, or a function of the stacks is given nothing to do.
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [
    bench,
    "load",
    "functions",
    ...size,
  ]);
  expect(stderr).toContain("a listing was taken in and published in");
  const figures = stdout.match(/^│ [^│]+/gm)?.map(line => line.slice(2).trim()) ?? [];
  const ofMemory = figures.filter(what => what.endsWith(": peak memory"));
  expect(ofMemory.map(what => what.replace(": peak memory", "")).toSorted()).toEqual([
    "Alerts",
    "AnalysisCatchUp",
    "DataCleanUp",
    "DataIngestion",
    "DatabaseMigrator",
    "HistoryBackfill",
    "OutboxDrain",
    "QueryProcessor",
    "SignalRecord",
    "TrendAnalysis",
  ]);
  expect(figures).toEqual(
    expect.arrayContaining([
      "a listing of 60 coins taken in and published, median of 5",
      "analysis of one coin of 60, drained by 5 processes",
      'POST /query "how is BN7 doing?", p50, with 60 coins',
      expect.stringMatching(/^dropping price_data_2026_02 with \d+ prices$/),
    ]),
  );
});
