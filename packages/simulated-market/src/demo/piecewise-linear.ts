/** `[hours or days, value]`, ascending by the first. */
export type Knot = readonly [number, number];

/** The value at `x` on the straight lines between the knots; before the first and after the last, theirs. */
export function piecewiseLinear(knots: readonly Knot[], x: number): number {
  let previous = knots[0];
  if (previous === undefined) return 0;
  if (x <= previous[0]) return previous[1];
  for (const knot of knots) {
    if (x < knot[0]) {
      const share = (x - previous[0]) / (knot[0] - previous[0]);
      return previous[1] + share * (knot[1] - previous[1]);
    }
    previous = knot;
  }
  return previous[1];
}
