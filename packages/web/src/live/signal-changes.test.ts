import type { Signal } from "@vibe-charting/contracts";
import { expect, it } from "vitest";
import { signalChanges } from "./signal-changes.ts";

const signal = (episodeId: string, state: Signal["state"]): Signal => ({
  episodeId,
  symbol: "LTC",
  name: "Litecoin",
  cmcId: 2,
  type: "volume_anomaly",
  state,
  confidence: 0.9,
  openedAt: "2026-03-18T12:00:00.000Z",
  detectedAt: "2026-03-18T12:00:00.000Z",
  price: 100,
  record: null,
  detectorVersion: "volume_anomaly@1",
  evidence: { conditions: [], points: [], levels: {}, notes: [] },
});

it("finds new episodes and changed states, and nothing in what stayed", () => {
  const before = [signal("stays", "confirmed"), signal("ends", "confirmed"), signal("leaves", "resolved")];
  const now = [signal("new", "suspected"), signal("ends", "resolved"), signal("stays", "confirmed")];
  expect(signalChanges(before, now).map(({ id, text }) => [id, text])).toEqual([
    ["new:suspected", "LTC: volume anomaly suspected"],
    ["ends:resolved", "LTC: volume anomaly over"],
  ]);
});
