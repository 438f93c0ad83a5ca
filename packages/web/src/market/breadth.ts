import type { MarketResponse } from "@vibe-charting/contracts";

type Changed = Pick<MarketResponse["coins"][number], "changePct">;

/** How many coins rose and fell, and how far. */
export type Breadth = {
  readonly up: number;
  readonly down: number;
  readonly flat: number;
  readonly medianPct: number | null;
  /** Counts by change, the worst first. */
  readonly bins: readonly { readonly name: string; readonly count: number }[];
};

/** Steps that suit the usual size of changes over a day and over a season alike. */
const edges = [-20, -10, -5, -2, 0, 2, 5, 10, 20] as const;

/** The breadth of the coins whose change is known. */
export function breadthOf(coins: readonly Changed[]): Breadth {
  const changes = coins.flatMap(({ changePct }) => changePct ?? []).sort((a, b) => a - b);
  return {
    up: changes.filter(change => change > 0).length,
    down: changes.filter(change => change < 0).length,
    flat: changes.filter(change => change === 0).length,
    medianPct: median(changes),
    bins: binNames.map((name, bin) => ({
      name,
      count: changes.filter(change => edges.filter(edge => change >= edge).length === bin).length,
    })),
  };
}

const binNames = [
  "below −20%",
  ...edges.slice(0, -1).map((edge, place) => `${signed(edge)} to ${signed(edges[place + 1] ?? 0)}%`),
  "above +20%",
];

function signed(edge: number): string {
  return edge > 0 ? `+${edge}` : String(edge).replace("-", "−");
}

function median(ascending: readonly number[]): number | null {
  const upper = ascending[Math.floor(ascending.length / 2)];
  const lower = ascending[Math.floor((ascending.length - 1) / 2)];
  return upper === undefined || lower === undefined ? null : (upper + lower) / 2;
}
