import { describe, expect, it } from "vitest";
import { ProviderError } from "./provider-error.ts";
import { withRetries } from "./retry.ts";

const passing = (retryAfterMs: number | null = null) =>
  new ProviderError("answered 503", { kind: "retry", waitMs: retryAfterMs });

/** Fails with these errors, one after the other, then succeeds; time passes only in waits. */
async function attempt(errors: readonly Error[], options: { random?: number; timeMs?: number } = {}) {
  const left = [...errors];
  const waitsMs: number[] = [];
  let calls = 0;
  let remainingMs = options.timeMs ?? 60_000;
  const result = await withRetries(
    async () => {
      calls++;
      const error = left.shift();
      if (error) throw error;
      return "listing";
    },
    {
      deadlineMs: () => remainingMs,
      random: () => options.random ?? 1,
      wait: async ms => {
        waitsMs.push(ms);
        remainingMs -= ms;
      },
    },
  ).catch(error => ({ error }));
  return { result, calls, waitsMs };
}

describe("withRetries", () => {
  it("calls once when that succeeds", async () => {
    expect(await attempt([])).toEqual({ result: "listing", calls: 1, waitsMs: [] });
  });

  it("doubles its waits", async () => {
    expect(await attempt([passing(), passing(), passing()])).toEqual({
      result: "listing",
      calls: 4,
      waitsMs: [500, 1_000, 2_000],
    });
  });

  it("draws a wait from its upper half", async () => {
    expect((await attempt([passing(), passing()], { random: 0 })).waitsMs).toEqual([250, 500]);
    expect((await attempt([passing(), passing()], { random: 0.5 })).waitsMs).toEqual([375, 750]);
  });

  it("waits as long as the provider asks", async () => {
    expect((await attempt([passing(7_000), passing()])).waitsMs).toEqual([7_000, 1_000]);
  });

  it("gives up after four attempts, with the last error", async () => {
    const errors = [1, 2, 3, 4, 5].map(() => passing());
    expect(await attempt(errors)).toEqual({
      result: { error: errors[3] },
      calls: 4,
      waitsMs: [500, 1_000, 2_000],
    });
  });

  it("does not start a wait that would pass the deadline", async () => {
    const errors = [passing(), passing(), passing()];
    expect(await attempt(errors, { timeMs: 1_500 })).toEqual({
      result: { error: errors[1] },
      calls: 2,
      waitsMs: [500],
    });
    const asked = passing(90_000);
    expect(await attempt([asked])).toEqual({ result: { error: asked }, calls: 1, waitsMs: [] });
  });

  it("does not repeat what stays wrong", async () => {
    const refused = new ProviderError("answered 401", { kind: "fail" });
    const usedUp = new ProviderError("answered 429", { kind: "pause" });
    const bug = new TypeError("undefined is not a function");
    expect(await attempt([refused])).toEqual({ result: { error: refused }, calls: 1, waitsMs: [] });
    expect(await attempt([usedUp])).toEqual({ result: { error: usedUp }, calls: 1, waitsMs: [] });
    expect(await attempt([bug])).toEqual({ result: { error: bug }, calls: 1, waitsMs: [] });
  });
});
