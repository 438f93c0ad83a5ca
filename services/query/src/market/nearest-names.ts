type Near = { readonly symbol: string; readonly distance: number };

/** Symbols whose symbol or name is nearest to what was typed, by edits, best rank first among equals. */
export function nearestNames(
  typed: string,
  coins: readonly { readonly symbol: string; readonly name: string }[],
  limit: number,
): readonly string[] {
  const wanted = typed.toLowerCase();
  const farthest = Math.max(1, Math.floor(wanted.length / 2));
  const near: Near[] = [];
  for (const { symbol, name } of coins) {
    const bySymbol = editsWithin(farthest, wanted, symbol.toLowerCase());
    const distance = Math.min(
      bySymbol,
      editsWithin(Math.min(farthest, bySymbol), wanted, name.toLowerCase()),
    );
    if (distance <= farthest) near.push({ symbol, distance });
  }
  near.sort((a, b) => a.distance - b.distance);
  return [...new Set(near.map(({ symbol }) => symbol))].slice(0, limit);
}

/** The row of the last comparison, overwritten by each: thousands of names are compared for one answer. */
const row = new Uint16Array(1024);

/**
 * Levenshtein's distance of two texts (insertions, deletions and replacements of one letter), infinite where it is
 * more than `farthest`. Only the cells that near a distance can pass through are worked out.
 */
function editsWithin(farthest: number, a: string, b: string): number {
  if (Math.abs(a.length - b.length) > farthest || b.length >= row.length) return Number.POSITIVE_INFINITY;
  for (let j = 0; j <= b.length; j++) row[j] = j;
  for (let i = 1; i <= a.length; i++) {
    const [from, to] = [Math.max(1, i - farthest), Math.min(b.length, i + farthest)];
    // Left of the band every cell is further than `farthest`; so is the one right of the row before.
    let diagonal = row[from - 1] ?? 0;
    row[from - 1] = from === 1 ? i : farthest + 1;
    if (to === i + farthest) row[to] = farthest + 1;
    let least = row[from - 1] ?? 0;
    for (let j = from; j <= to; j++) {
      const replaced = diagonal + (a.charCodeAt(i - 1) === b.charCodeAt(j - 1) ? 0 : 1);
      diagonal = row[j] ?? 0;
      const edits = Math.min(replaced, diagonal + 1, (row[j - 1] ?? 0) + 1);
      row[j] = edits;
      if (edits < least) least = edits;
    }
    if (least > farthest) return Number.POSITIVE_INFINITY;
  }
  const distance = row[b.length] ?? 0;
  return distance <= farthest ? distance : Number.POSITIVE_INFINITY;
}
