import { expect, it } from "vitest";
import { figureTable } from "./figure-table.ts";

it("sets each figure beside what it is compared with, and their ratio", () => {
  const lines = figureTable([
    { what: "a listing", value: 812.345, unit: "ms", comparedTo: { what: "the goal", value: 1_000 } },
    { what: "a bundle", value: 1_234.5, unit: "KiB", comparedTo: { what: "an empty one", value: 0.123 } },
  ]).split("\n");
  expect(lines.filter(line => line.includes("a ")).map(readCells)).toEqual([
    ["a listing", "812 ms", "the goal", "1000 ms", "0.812 x"],
    ["a bundle", "1235 KiB", "an empty one", "0.123 KiB", "10037 x"],
  ]);
});

function readCells(line: string): readonly string[] {
  return line
    .split("│")
    .slice(1, -1)
    .map(cell => cell.trim());
}
