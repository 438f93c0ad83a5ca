/** The colours that charts are drawn in, as the style sheet has them for the theme in use. */
export type ChartColors = {
  readonly ink: string;
  readonly faint: string;
  readonly line: string;
  readonly fill: string;
  readonly volume: string;
  readonly mark: string;
  readonly otherMark: string;
  readonly series: readonly string[];
};

export function readChartColors(element: Element): ChartColors {
  const style = getComputedStyle(element);
  const color = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    ink: color("soft-ink"),
    faint: color("rule"),
    line: color("chart-line"),
    fill: color("chart-fill"),
    volume: color("chart-volume"),
    mark: color("chart-mark"),
    otherMark: color("chart-other-mark"),
    series: [1, 2, 3, 4, 5].map(place => color(`series-${place}`)),
  };
}
