/** With more of them wanted, sorting all is as fast. */
const mostSelected = 200;

/**
 * The first `count` values in an order, as a stable sort would give them. Of the thousands of coins of a market an
 * answer shows a few: those are found in one pass.
 */
export function firstInOrder<Value>(
  values: Iterable<Value>,
  compare: (a: Value, b: Value) => number,
  count: number,
): readonly Value[] {
  if (count > mostSelected) return [...values].sort(compare).slice(0, count);
  const first: Value[] = [];
  for (const value of values) {
    const last = first[count - 1];
    if (last !== undefined && compare(value, last) >= 0) continue;
    let place = first.length;
    for (let before = first[place - 1]; before !== undefined && compare(value, before) < 0; ) {
      place -= 1;
      before = first[place - 1];
    }
    first.splice(place, 0, value);
    if (first.length > count) first.pop();
  }
  return first;
}
