import type { SignalState } from "@vibe-charting/contracts";
import { describe, expect, it } from "vitest";
import { coinSignal, marketSignal } from "../../test/signals.ts";
import { composeDigest, mostChanges } from "./compose-digest.ts";

const held = (
  signal: Parameters<typeof composeDigest>[0][number]["signal"],
  stateNow: SignalState = signal.state,
) => ({ eventId: `signal:${signal.episodeId}:${signal.state}`, alertIds: ["a"], signal, stateNow });

describe("composeDigest", () => {
  it("groups by coin, the coin of the latest change first, and each coin's changes in the order of time", () => {
    const [early, late] = ["2026-03-01T10:00:00.000Z", "2026-03-01T12:00:00.000Z"];
    const digest = composeDigest([
      { ...held(coinSignal({ detectedAt: late })), alertIds: ["b", "a"] },
      held(marketSignal({ detectedAt: "2026-03-01T11:00:00.000Z" })),
      held(coinSignal({ state: "suspected", detectedAt: early }), "confirmed"),
    ]);
    expect(
      digest?.coins.map(({ symbol, changes }) => [symbol, changes.map(change => change.detectedAt)]),
    ).toEqual([
      ["LTC", [early, late]],
      ["MARKET", ["2026-03-01T11:00:00.000Z"]],
    ]);
    expect(digest?.coins[0]?.changes[0]).toMatchObject({ state: "suspected", stateNow: "confirmed" });
    expect(digest).toMatchObject({ alertIds: ["a", "b"], omitted: 0, marketSource: "coinmarketcap" });
  });

  it("keeps two coins of one symbol apart", () => {
    const digest = composeDigest([held(coinSignal()), held(coinSignal({ cmcId: 99, name: "Other" }))]);
    expect(digest?.coins.map(({ name }) => name)).toEqual(["Litecoin", "Other"]);
  });

  it("leaves the oldest out where there are too many, and says how many", () => {
    const many = Array.from({ length: mostChanges + 3 }, (_, index) =>
      held(coinSignal({ cmcId: index + 1 })),
    );
    const digest = composeDigest(many);
    expect([digest?.coins.length, digest?.omitted]).toEqual([mostChanges, 3]);
  });

  it("is nothing of nothing", () => {
    expect(composeDigest([])).toBeNull();
  });
});
