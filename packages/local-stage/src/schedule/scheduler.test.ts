import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { functionBuild, graphOf, resource, schedule } from "../../test/graph-fixture.ts";
import { planSchedules } from "./schedule-plan.ts";
import { type StageClock, startScheduler } from "./scheduler.ts";

const noon = Date.UTC(2026, 10, 23, 12, 0);
const hourMs = 3_600_000;

/** A scheduler over a host that only notes what it is asked to run. */
function scheduled(clock: StageClock, input?: string) {
  const invoked: { functionName: string; event: unknown }[] = [];
  const startMs = clock.kind === "market" ? clock.startMs : Date.now();
  const graph = graphOf(
    [
      schedule("IngestionSchedule", "cron(0 12 * * ? *)", "data-ingestion", input),
      schedule("DrainSchedule", "rate(12 hours)", "outbox-drain"),
      { ...schedule("OffSchedule", "rate(1 minute)", "outbox-drain") },
    ].map(each =>
      each.name === "OffSchedule" ? { ...each, outputs: { ...each.outputs, state: "DISABLED" } } : each,
    ),
    [functionBuild("data-ingestion", "plain.ts#echo"), functionBuild("outbox-drain", "plain.ts#echo")],
  );
  const scheduler = startScheduler({
    schedules: planSchedules(graph, startMs),
    clock,
    region: "us-east-2",
    log: () => undefined,
    host: {
      invoke: async (functionName, event) => {
        invoked.push({ functionName, event });
        return { ok: true, requestId: "1", payload: "null" };
      },
    },
  });
  return { scheduler, invoked };
}

describe("under the market's clock", () => {
  it("fires what falls due in between, in order of time, and nothing twice", async () => {
    const { scheduler } = scheduled({ kind: "market", startMs: noon - hourMs });
    const first = await scheduler.advanceTo(noon + 24 * hourMs);
    const second = await scheduler.advanceTo(noon + 24 * hourMs);
    expect({ first: first.map(({ schedule: name, timeMs }) => [name, timeMs - noon]), second }).toEqual({
      first: [
        ["IngestionSchedule", 0],
        ["DrainSchedule", 11 * hourMs],
        ["DrainSchedule", 23 * hourMs],
        ["IngestionSchedule", 24 * hourMs],
      ],
      second: [],
    });
  });

  it("fires a schedule once for the last of the times it missed, when asked to", async () => {
    const { scheduler } = scheduled({ kind: "market", startMs: noon - hourMs });
    const fired = await scheduler.advanceTo(noon + 24 * hourMs, "latest");
    expect(fired.map(({ schedule: name, timeMs }) => [name, timeMs - noon])).toEqual([
      ["DrainSchedule", 23 * hourMs],
      ["IngestionSchedule", 24 * hourMs],
    ]);
  });

  it("says in the event what time it is", async () => {
    const { scheduler, invoked } = scheduled({ kind: "market", startMs: noon - hourMs }, '{"mode":"full"}');
    await scheduler.advanceTo(noon);
    expect(invoked).toEqual([
      { functionName: "data-ingestion", event: { mode: "full", time: "2026-11-23T12:00:00Z" } },
    ]);
  });

  it("does not fire a schedule that is switched off", async () => {
    const { scheduler } = scheduled({ kind: "market", startMs: noon - hourMs });
    scheduler.setEnabled("ingestion", false);
    const fired = await scheduler.advanceTo(noon + 11 * hourMs);
    expect(fired.map(firing => firing.schedule)).toEqual(["DrainSchedule"]);
  });

  it("names the schedules when asked for one that does not exist", () => {
    const { scheduler } = scheduled({ kind: "market", startMs: noon });
    expect(() => scheduler.setEnabled("Nightly", false)).toThrow(
      'There is no schedule "Nightly"; the stacks declare IngestionSchedule, DrainSchedule.',
    );
  });
});

describe("under the machine's clock", () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: noon - 10_000 });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("fires at the schedule's time with the input as it is, and not after stop", async () => {
    const { scheduler, invoked } = scheduled({ kind: "wall" }, '{"at":"<aws.scheduler.scheduled-time>"}');
    await vi.advanceTimersByTimeAsync(9_999);
    const before = invoked.length;
    await vi.advanceTimersByTimeAsync(1);
    scheduler.stop();
    await vi.advanceTimersByTimeAsync(48 * hourMs);
    expect({ before, invoked }).toEqual({
      before: 0,
      invoked: [{ functionName: "data-ingestion", event: { at: "2026-11-23T12:00:00Z" } }],
    });
  });

  it("cannot be advanced", async () => {
    const { scheduler } = scheduled({ kind: "wall" });
    await expect(scheduler.advanceTo(noon)).rejects.toThrow(
      "The schedules follow the machine's clock, which cannot be advanced.",
    );
    scheduler.stop();
  });
});

describe("planSchedules", () => {
  it("refuses a schedule whose function the stacks do not declare", () => {
    expect(() => planSchedules(graphOf([schedule("Nightly", "rate(1 day)", "gone")]), 0)).toThrow(
      'Schedule "Nightly" starts arn:aws:lambda:us-east-2:000000000000:function:gone, which is no function of the stacks.',
    );
  });

  it("names the schedule whose expression cannot be read", () => {
    const graph = graphOf(
      [schedule("Nightly", "cron(99 3 ? * SUN *)", "outbox-drain"), resource("x:y:Z", "Other", {})],
      [functionBuild("outbox-drain", "plain.ts#echo")],
    );
    expect(() => planSchedules(graph, 0)).toThrow(/^Schedule "Nightly": .*99/);
  });
});
