import { createTestDatabase, type TestDatabase } from "@vibe-charting/database/testing";
import type { Context } from "aws-lambda";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { logger } from "./logger.ts";
import { scheduledTask, type TaskContext, type TaskResult } from "./scheduled-task.ts";

let test: TestDatabase;
beforeEach(async () => {
  test = await createTestDatabase();
  vi.restoreAllMocks();
  for (const level of ["info", "error"] as const) vi.spyOn(logger, level).mockImplementation(() => undefined);
});
afterEach(async () => {
  vi.useRealTimers();
  await test.drop();
});

/** Only what a task reads of the context. */
const context = { awsRequestId: "request-1", getRemainingTimeInMillis: () => 12_345 } as Context;

const task = (run: (event: unknown, context: TaskContext) => Promise<TaskResult>) =>
  scheduledTask("cleanup", async () => test.database, run);
const runs = () =>
  test.query(
    `SELECT run_type, records_processed, details, error, completed_at >= started_at AS completed
     FROM analysis_runs ORDER BY id`,
  );

describe("scheduledTask", () => {
  it("records what a run did, and gives it back", async () => {
    const result = { recordsProcessed: 3, details: { symbols: ["BTC"] } };
    expect(await task(async () => result)({}, context)).toEqual(result);
    expect(await runs()).toEqual([
      {
        run_type: "cleanup",
        records_processed: 3,
        details: { symbols: ["BTC"] },
        error: null,
        completed: true,
      },
    ]);
  });

  it("records why a run failed, and throws it on", async () => {
    const failing = task(() => Promise.reject(new Error("the provider is down")));
    await expect(failing({}, context)).rejects.toThrow("the provider is down");
    expect(await runs()).toEqual([
      {
        run_type: "cleanup",
        records_processed: 0,
        details: {},
        error: "Error: the provider is down",
        completed: true,
      },
    ]);
  });

  it("records what was noted of a run that fails later", async () => {
    const failing = task(async (_event, { note }) => {
      note({ credits: 25 });
      throw new Error("the second page is missing");
    });
    await expect(failing({}, context)).rejects.toThrow("the second page is missing");
    expect(await runs()).toMatchObject([
      { details: { credits: 25 }, error: "Error: the second page is missing" },
    ]);
  });

  it("records why a run gave up, and has nobody try again", async () => {
    const givingUp = task(async (_event, { note }) => {
      note({ credits: 0 });
      return { recordsProcessed: 0, details: { until: "tomorrow" }, error: "the day's limit is used up" };
    });
    expect(await givingUp({}, context)).toMatchObject({ error: "the day's limit is used up" });
    expect(await runs()).toMatchObject([
      { details: { credits: 0, until: "tomorrow" }, error: "the day's limit is used up" },
    ]);
    expect(logger.info).not.toHaveBeenCalledWith("cleanup completed", expect.anything());
    expect(logger.error).toHaveBeenCalledWith("cleanup gave up", expect.anything());
  });

  it("throws the run's own failure when that cannot be recorded", async () => {
    const failing = task(async () => {
      await test.query("DROP TABLE analysis_runs");
      throw new Error("the provider is down");
    });
    await expect(failing({}, context)).rejects.toThrow("the provider is down");
  });

  it("leaves the row of a killed run without an end", async () => {
    const running = task(async () => {
      expect(await runs()).toMatchObject([{ run_type: "cleanup", completed: null }]);
      return { recordsProcessed: 0, details: {} };
    });
    await running({}, context);
  });

  it.each([
    ["the schedule's time", { time: "2021-05-20T13:00:00Z" }, "2021-05-20T13:00:00.000Z"],
    ["the clock where no time is given", {}, "2026-01-02T03:04:05.000Z"],
    ["the clock where the time is none", { time: "noon" }, "2026-01-02T03:04:05.000Z"],
    ["the clock for no event", null, "2026-01-02T03:04:05.000Z"],
  ])("takes %s as now", async (_, event, expected) => {
    vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-01-02T03:04:05Z") });
    const seen: unknown[] = [];
    await task(async (_event, { now, remainingMs }) => {
      seen.push(now.toISOString(), remainingMs());
      return { recordsProcessed: 0, details: {} };
    })(event, context);
    expect(seen).toEqual([expected, 12_345]);
  });
});
