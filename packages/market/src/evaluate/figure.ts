/** One line of the model card: what was measured, against what. */
export type Figure = {
  readonly what: string;
  readonly baseline: string;
  readonly goal: string;
  readonly reached: string;
  /** Null where the goal is not a number to pass. */
  readonly met: boolean | null;
};

export function share(value: number): string {
  return value.toFixed(3).replace(/^0\./, ".");
}

export function asTable(figures: readonly Figure[]): string {
  const rows = figures.map(
    ({ what, baseline, goal, reached, met }) =>
      `| ${what} | ${baseline} | ${goal} | ${reached} | ${met === null ? "" : met ? "yes" : "**no**"} |`,
  );
  return ["| what | simple baseline | goal | reached | met |", "|---|---|---|---|---|", ...rows].join("\n");
}
