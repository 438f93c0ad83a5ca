import { describe, expect, it } from "vitest";
import { callPace } from "./call-pace.ts";
import { ProviderError } from "./provider-error.ts";

/** A pace on a clock that only waits move on. */
function pacedBy(callsPerMinute: number | null) {
  let nowMs = 0;
  const pace = callPace(callsPerMinute, () => nowMs);
  const takenAtMs: number[] = [];
  const take = async (timeMs = 600_000) => {
    await pace.take("CoinGecko", {
      deadlineMs: () => timeMs,
      wait: async ms => {
        nowMs += ms;
      },
    });
    takenAtMs.push(nowMs);
  };
  return { pace, take, takenAtMs };
}

describe("callPace", () => {
  it("keeps requests as far apart as the provider allows", async () => {
    const { take, takenAtMs } = pacedBy(10);
    for (let call = 0; call < 4; call++) await take();
    expect(takenAtMs).toEqual([0, 6_000, 12_000, 18_000]);
  });

  it("asks half as often after a refusal, and not slower than four times a minute", async () => {
    const { pace, take, takenAtMs } = pacedBy(10);
    await take();
    pace.slowDown();
    await take();
    await take();
    pace.slowDown();
    await take();
    await take();
    expect(takenAtMs).toEqual([0, 6_000, 18_000, 30_000, 45_000]);
  });

  it("gives two callers at once a turn each", async () => {
    const pace = callPace(10, () => 0);
    const waitsMs: number[] = [];
    const time = { deadlineMs: () => 60_000, wait: async (ms: number) => waitsMs.push(ms) };
    await Promise.all([
      pace.take("CoinGecko", time),
      pace.take("CoinGecko", time),
      pace.take("CoinGecko", time),
    ]);
    expect(waitsMs).toEqual([6_000, 12_000]);
  });

  it("never waits where there is no limit", async () => {
    const { pace, take, takenAtMs } = pacedBy(null);
    await take();
    pace.slowDown();
    await take();
    expect(takenAtMs).toEqual([0, 0]);
  });

  it("does not take a turn that comes too late", async () => {
    const { take } = pacedBy(10);
    await take();
    await expect(take(5_000)).rejects.toEqual(
      new ProviderError("There is no time left for another request to CoinGecko", {
        kind: "retry",
        waitMs: 6_000,
      }),
    );
  });
});
