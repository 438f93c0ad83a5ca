import { PricesIngested, pricesIngested } from "@vibe-charting/contracts";
import { at } from "./market.ts";
import type { Random } from "./random.ts";

const good = PricesIngested.parse(
  JSON.parse(
    pricesIngested({
      cmcId: 999,
      symbol: "PUMP",
      from: at(0).toISOString(),
      to: at(0).toISOString(),
      reason: "listing",
    }).json,
  ),
);

/** Messages that can never be processed: each must be parked with its reason. */
const poisons: readonly ((tag: string) => string)[] = [
  tag => `no JSON ${tag}`,
  tag => JSON.stringify({ ...good, id: tag, type: "signals.detected" }),
  tag => JSON.stringify({ ...good, id: tag, specversion: "2.0" }),
  tag => JSON.stringify({ ...good, id: tag, data: { ...good.data, cmcId: 424_242 } }),
  tag => JSON.stringify({ ...good, id: tag, data: { ...good.data, to: "yesterday" } }),
  tag => JSON.stringify({ id: tag, text: "x".repeat(256 * 1024) }),
  tag => JSON.stringify([tag]),
];

export function drawPoison(random: Random, tag: string): string {
  return random.pick(poisons)(tag);
}
