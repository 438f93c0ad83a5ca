import { describe, expect, it } from "vitest";
import { loadPast, type PastProgress, timeLeft } from "./load-past.ts";

const asOf = "2026-03-01T12:00:00Z";

function result(done: number, remaining: number, prices = 10) {
  const details = {
    source: "demo",
    notice: null,
    asOf,
    done,
    remaining,
    refusedCount: 0,
    refused: [],
    failed: [],
    announced: 0,
  };
  return { recordsProcessed: prices, details };
}

/** Runs a load over invocations that give these results; what it asked for, and what it gave. */
async function load(results: readonly unknown[], coins?: number) {
  const [events, progress]: [object[], PastProgress[]] = [[], []];
  const left = [...results];
  const invoke = async (event: object) => {
    events.push(event);
    return left.shift();
  };
  for await (const part of loadPast(invoke, { days: 90, coins })) progress.push(part);
  return { events, progress: progress.map(({ done, remaining, prices }) => [done, remaining, prices]) };
}

describe("loadPast", () => {
  it("invokes until nothing remains, and goes on with the first part's market time", async () => {
    expect(await load([result(0, 3), result(2, 1), result(3, 0)], 3)).toEqual({
      events: [
        { days: 90, coins: 3, seconds: 15 },
        { days: 90, coins: 3, seconds: 15, asOf },
        { days: 90, coins: 3, seconds: 15, asOf },
      ],
      progress: [
        [0, 3, 10],
        [2, 1, 20],
        [3, 0, 30],
      ],
    });
  });

  it("ends with a part that brought nothing", async () => {
    const { progress } = await load([result(1, 2), result(2, 1), result(2, 1, 0), result(3, 0)]);
    expect(progress.at(-1)).toEqual([2, 1, 20]);
  });

  it("throws for a result that is not of the function", async () => {
    await expect(load([{ done: 1 }])).rejects.toThrow("recordsProcessed");
  });
});

describe("timeLeft", () => {
  it.each([
    [10_000, 0, 5, null],
    [10_000, 5, 5, "10 s left"],
    [60_000, 10, 40, "4 min left"],
    [1_000, 1, 0, "0 s left"],
  ])("after %d ms with %d done and %d to go is %s", (elapsedMs, done, remaining, words) => {
    expect(timeLeft(elapsedMs, done, remaining)).toBe(words);
  });
});
