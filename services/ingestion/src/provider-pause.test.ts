import { finishRun, startRun } from "@vibe-charting/database";
import { createTestDatabase, type TestDatabase } from "@vibe-charting/database/testing";
import type { TaskResult } from "@vibe-charting/runtime";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ProviderError } from "./provider-error.ts";
import { unlessPaused } from "./provider-pause.ts";

let test: TestDatabase;
beforeEach(async () => {
  test = await createTestDatabase();
});
afterEach(() => test.drop());

const done: TaskResult = { recordsProcessed: 50, details: {} };
const usedUp = new ProviderError("CoinMarketCap answered 429, code 1009: No more today.", { kind: "pause" });

/** A run as the platform makes it: with its row among the runs. */
async function run(now: string, outcome: TaskResult | Error, ignorePause = false) {
  let asked = 0;
  const id = await startRun(test.database, "data_ingestion");
  const result = await unlessPaused(test.database, { now: new Date(now), ignorePause }, async () => {
    asked++;
    if (outcome instanceof Error) throw outcome;
    return outcome;
  });
  await finishRun(test.database, id, result);
  return { asked, result };
}

describe("unlessPaused", () => {
  it("gives up without a failure when the allowance is used up, and says until when", async () => {
    expect(await run("2026-03-01T12:00:00Z", usedUp)).toEqual({
      asked: 1,
      result: {
        recordsProcessed: 0,
        details: { pausedUntil: "2026-03-02T00:00:00.000Z" },
        error:
          'CoinMarketCap answered 429, code 1009: No more today. Nothing is asked of the provider before 2026-03-02T00:00:00.000Z; invoke with {"ignorePause": true} to ask at once.',
      },
    });
  });

  it("asks nothing of the provider for the rest of the day, however often it runs", async () => {
    await run("2026-03-01T12:00:00Z", usedUp);
    for (const time of ["12:05", "18:00", "23:59"]) {
      const { asked, result } = await run(`2026-03-01T${time}:00Z`, done);
      expect({ asked, ...result }).toMatchObject({
        asked: 0,
        recordsProcessed: 0,
        details: { pausedUntil: "2026-03-02T00:00:00.000Z" },
      });
    }
    expect(await run("2026-03-02T00:00:00Z", done)).toEqual({ asked: 1, result: done });
  });

  it("asks at once where somebody says so, and goes on from then", async () => {
    await run("2026-03-01T12:00:00Z", usedUp);
    expect(await run("2026-03-01T12:05:00Z", done, true)).toEqual({ asked: 1, result: done });
    expect(await run("2026-03-01T12:10:00Z", done)).toEqual({ asked: 1, result: done });
  });

  it("throws on what another try may mend, or somebody must", async () => {
    const refused = new ProviderError("a wrong key", { kind: "fail" });
    await expect(run("2026-03-01T12:00:00Z", refused)).rejects.toBe(refused);
    await expect(run("2026-03-01T12:00:00Z", new TypeError("a bug"))).rejects.toThrow("a bug");
  });
});
