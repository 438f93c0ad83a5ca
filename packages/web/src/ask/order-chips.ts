import type { Direction } from "@vibe-charting/contracts";
import type { Chip } from "./chip.ts";
import { composeQuestion, type Reading } from "./compose-question.ts";
import { listOf, sidesOf } from "./slot-lists.ts";

const names = { best: "Best first", worst: "Worst first", high: "Most first", low: "Least first" } as const;
const changes = ["best", "worst"] as const;
const volatilities = ["high", "low"] as const;

/** What a list ranks by: the side of changes, the side of volatilities, or both. */
export function orderChips(reading: Reading): Chip[] {
  const { change, volatility } = sidesOf(reading);
  return [
    change.length > 0 &&
      sideChip("direction", "Order", change, changes, side => [side, ...volatility], reading),
    volatility.length > 0 &&
      sideChip("volatility", "Volatility", volatility, volatilities, side => [...change, side], reading),
  ].filter(chip => chip !== false);
}

function sideChip<Side extends Direction>(
  id: string,
  label: string,
  now: readonly Side[],
  sides: readonly Side[],
  directionsWith: (side: Side) => Direction[],
  reading: Reading,
): Chip {
  return {
    id,
    label,
    value: listOf(now.map(side => names[side])),
    options: sides.map(side => ({
      name: names[side],
      question: composeQuestion({ ...reading, direction: oneOrMany(directionsWith(side)) }),
    })),
    without: null,
  };
}

/** One direction stands by itself, as readings have it. */
function oneOrMany(directions: Direction[]): Reading["direction"] {
  const [only, ...others] = directions;
  return only !== undefined && others.length === 0 ? only : directions;
}
