import type { Interpretation } from "@vibe-charting/contracts";
import { expect, it } from "vitest";
import { alertPath } from "./alert-path.ts";

const about = (part: Partial<Interpretation>): Interpretation => ({
  intents: ["signal"],
  symbols: [],
  excludeSymbols: [],
  timeframe: null,
  limit: null,
  trend: null,
  signal: null,
  direction: null,
  minChangePct: null,
  maxRank: null,
  minConfidence: null,
  minMarketCap: null,
  negated: false,
  window: { from: "2026-03-11T00:00:00.000Z", to: "2026-03-18T00:00:00.000Z" },
  confidence: 1,
  notUnderstood: [],
  ...part,
});

it.each([
  ["any signals", about({}), "/signals"],
  [
    "a kind of signal",
    about({ signal: "bottomed_out", minConfidence: 0.7 }),
    "/signals?type=bottomed_out&minConfidence=0.7",
  ],
  ["two kinds", about({ signal: ["bottomed_out", "volume_anomaly"] }), "/signals"],
  [
    "a signal of one coin",
    about({ intents: ["symbol_overview"], symbols: ["BTC"], signal: "pump_and_dump" }),
    "/signals?type=pump_and_dump&symbol=BTC",
  ],
  ["two coins", about({ intents: ["symbol_overview"], symbols: ["BTC", "ETH"] }), "/signals"],
  ["what rose most", about({ intents: ["performance"] }), null],
])("leads from a question about %s to the signals that it is about", (_, interpretation, path) => {
  expect(alertPath(interpretation)).toBe(path);
});
