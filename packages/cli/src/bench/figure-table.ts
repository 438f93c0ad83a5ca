import Table from "cli-table3";

/** One line of the report: what was measured, and what it is to be compared with. */
export type Figure = {
  readonly what: string;
  readonly value: number;
  readonly unit: "ms" | "KiB" | "MiB" | "tables";
  readonly comparedTo: { readonly what: string; readonly value: number };
};

/** The figures as a table, each with the ratio to what it is compared with. */
export function figureTable(figures: readonly Figure[]): string {
  const table = new Table({
    head: ["figure", "value", "compared to", "value", "ratio"],
    colAligns: ["left", "right", "left", "right", "right"],
    style: { head: [], border: [] },
  });
  for (const { what, value, unit, comparedTo } of figures) {
    table.push([
      what,
      `${format(value)} ${unit}`,
      comparedTo.what,
      `${format(comparedTo.value)} ${unit}`,
      `${format(value / comparedTo.value)} x`,
    ]);
  }
  return table.toString();
}

/** Three digits tell enough; noise is larger than the fourth. */
function format(value: number): string {
  return value >= 1_000 ? Math.round(value).toString() : Number(value.toPrecision(3)).toString();
}
