import { evaluateRealBottoms, evaluateWalkBottoms } from "./evaluate-bottoms.ts";
import { evaluateConfirmation } from "./evaluate-confirmation.ts";
import { evaluatePumpWorld, evaluateRealPumps } from "./evaluate-pumps.ts";
import { evaluateSpeed } from "./evaluate-speed.ts";
import { evaluateStreaming } from "./evaluate-streaming.ts";
import { evaluateTops } from "./evaluate-tops.ts";
import { evaluateTrends } from "./evaluate-trends.ts";
import { evaluateVolume } from "./evaluate-volume.ts";
import { asTable, type Figure } from "./figure.ts";
import { hasMarketData } from "./market-data.ts";

/** Prints the figures of docs/engine.md: each part from its own seeds, in a few minutes on one core. */
const parts: readonly (readonly [string, () => Figure[]])[] = [
  ["trends", () => evaluateTrends(6000)],
  ["volume", () => evaluateVolume(60)],
  ["pumps", () => evaluatePumpWorld(200)],
  ["double tops", () => evaluateTops(600)],
  ["confirmation", () => evaluateConfirmation(1000)],
  ["bottoms on walks", () => evaluateWalkBottoms(150)],
  ["streaming", () => evaluateStreaming(100_000)],
  ["speed", evaluateSpeed],
];
const realParts: typeof parts = [
  ["real pumps", evaluateRealPumps],
  ["real bottoms", evaluateRealBottoms],
];

const figures: Figure[] = [];
for (const [name, evaluate] of hasMarketData() ? [...parts, ...realParts] : parts) {
  process.stderr.write(`${name} ...\n`);
  figures.push(...evaluate());
}
process.stdout.write(`${asTable(figures)}\n`);
if (!hasMarketData()) {
  process.stdout.write(
    "\nReal history (../shared/market beside the repository) is absent: its figures are left out.\n",
  );
}
