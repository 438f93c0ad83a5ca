/** Symbols whose symbol or name is nearest to what was typed, by edits, best rank first among equals. */
export function nearestNames(
  typed: string,
  coins: readonly { readonly symbol: string; readonly name: string }[],
  limit: number,
): readonly string[] {
  const wanted = typed.toLowerCase();
  const farthest = Math.max(1, Math.floor(wanted.length / 2));
  const near = coins
    .map(({ symbol, name }) => ({
      symbol,
      distance: Math.min(...[symbol, name].map(known => editsWithin(farthest, wanted, known.toLowerCase()))),
    }))
    .filter(({ distance }) => distance <= farthest)
    .sort((a, b) => a.distance - b.distance);
  return [...new Set(near.map(({ symbol }) => symbol))].slice(0, limit);
}

/** The distance of two texts, infinite where their lengths alone put them further apart than `farthest`. */
function editsWithin(farthest: number, a: string, b: string): number {
  return Math.abs(a.length - b.length) > farthest ? Number.POSITIVE_INFINITY : edits(a, b);
}

/** Levenshtein's distance: insertions, deletions and replacements of one letter. */
function edits(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const current = [i + 1];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (previous[j - 1] ?? 0) + (letter === b[j - 1] ? 0 : 1);
      current.push(Math.min(replaced, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
