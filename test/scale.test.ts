import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const bench = join(import.meta.dirname, "../packages/cli/src/bench/main.ts");

it("answers every route of a multiplied market by indexes, and reads no partition of prices from end to end", async () => {
  const size = ["--coins", "200", "--days", "10", "--runs", "1"];
  // It fails where a plan does, and says which.
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [bench, "scale", ...size]);
  expect(stderr).toContain("the market has 200 coins and 48200 prices");
  expect(stdout).toContain("GET /health: p99");
});
