/** The values so far in order, kept between calls: allocating would cost as much as sorting. */
let sorted = new Float64Array(256);

/**
 * Kendall's tau-a of the first n values against time: each value finds its place among the earlier ones, and those
 * that it passes are larger. For paths of up to a few hundred points nothing is faster.
 */
export function kendallTau(values: Float64Array, n = values.length): number {
  if (sorted.length < n) sorted = new Float64Array(2 * n);
  let falling = 0;
  for (let i = 0; i < n; i += 1) {
    const value = values[i] ?? 0;
    const place = placeOf(value, i);
    for (let j = i; j > place; j -= 1) sorted[j] = sorted[j - 1] ?? 0;
    sorted[place] = value;
    falling += i - place;
  }
  const pairs = (n * (n - 1)) / 2;
  return (pairs - tiedPairs(n) - 2 * falling) / pairs;
}

/** How many of the first `count` sorted values are no larger. */
function placeOf(value: number, count: number): number {
  let place = 0;
  for (let left = count; left > 0; ) {
    const half = left >>> 1;
    if ((sorted[place + half] ?? 0) <= value) {
      place += half + 1;
      left -= half + 1;
    } else {
      left = half;
    }
  }
  return place;
}

function tiedPairs(n: number): number {
  let ties = 0;
  let run = 0;
  for (let i = 1; i < n; i += 1) {
    run = (sorted[i] ?? 0) === (sorted[i - 1] ?? 0) ? run + 1 : 0;
    ties += run;
  }
  return ties;
}
