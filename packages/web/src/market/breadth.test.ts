import { expect, it } from "vitest";
import { breadthOf } from "./breadth.ts";

const coins = (...changes: (number | null)[]) => changes.map((changePct, cmcId) => ({ cmcId, changePct }));

it("counts what rose, fell and stayed, and finds the middle", () => {
  const { up, down, flat, medianPct } = breadthOf(coins(3, 0.25, 0, -0.25, -12, 7, null));
  expect({ up, down, flat, medianPct }).toEqual({ up: 3, down: 2, flat: 1, medianPct: 0.125 });
});

it("puts each change into one bin, whose lower edge belongs to it", () => {
  const { bins } = breadthOf(coins(-25, -20, -2, 0, 1.9, 2, 20, 900));
  expect(bins.filter(({ count }) => count > 0)).toEqual([
    { name: "below −20%", count: 1 },
    { name: "−20 to −10%", count: 1 },
    { name: "−2 to 0%", count: 1 },
    { name: "0 to +2%", count: 2 },
    { name: "+2 to +5%", count: 1 },
    { name: "above +20%", count: 2 },
  ]);
});

it("has no middle without coins", () => {
  expect(breadthOf([])).toMatchObject({ up: 0, down: 0, flat: 0, medianPct: null });
});
