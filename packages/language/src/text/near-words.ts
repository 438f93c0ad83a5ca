/**
 * Words by their spellings with letters left out, so that a misspelt word finds its neighbours without a scan:
 * two words within distance one share a spelling with one letter left out of each, and so on.
 */
export type NearWords = { readonly byDeletion: Map<string, string[]> };

/** Letters that may be wrong in a word of this length. */
function allowedErrors(length: number): 0 | 1 | 2 {
  if (length < 4) return 0;
  return length < 7 ? 1 : 2;
}

function deletions(word: string, depth: number): Set<string> {
  let layer = [word];
  const all = new Set(layer);
  for (let step = 0; step < depth; step++) {
    const next: string[] = [];
    for (const spelling of layer) {
      for (let at = 0; at < spelling.length; at++) {
        const shorter = spelling.slice(0, at) + spelling.slice(at + 1);
        if (all.has(shorter)) continue;
        all.add(shorter);
        next.push(shorter);
      }
    }
    layer = next;
  }
  return all;
}

/** Longer words are too rare to be worth their many deletions. */
const maxIndexedLength = 16;

/** With more words than this, only spellings with one letter left out are indexed, to keep the index small. */
const maxDeeplyIndexedWords = 4_000;

export function buildNearWords(words: readonly string[]): NearWords {
  const maxDepth = words.length > maxDeeplyIndexedWords ? 1 : 2;
  const byDeletion = new Map<string, string[]>();
  for (const word of words) {
    const errors = allowedErrors(word.length);
    if (errors === 0 || word.length > maxIndexedLength) continue;
    for (const spelling of deletions(word, Math.min(errors, maxDepth))) {
      const known = byDeletion.get(spelling);
      if (!known) byDeletion.set(spelling, [word]);
      else if (!known.includes(word)) known.push(word);
    }
  }
  return { byDeletion };
}

/** The nearest indexed word within the errors allowed, the earliest indexed on a tie. */
export function nearestWord(near: NearWords, typed: string): { word: string; distance: number } | undefined {
  const errors = allowedErrors(typed.length + 1);
  if (errors === 0 || typed.length > maxIndexedLength + 2) return undefined;
  let best: { word: string; distance: number } | undefined;
  for (const spelling of deletions(typed, errors)) {
    for (const word of near.byDeletion.get(spelling) ?? []) {
      const limit = Math.min(allowedErrors(word.length), (best?.distance ?? 3) - 1);
      if (limit < 1 || !sameStart(word, typed)) continue;
      const distance = editDistance(word, typed);
      if (distance <= limit) best = { word, distance };
    }
  }
  return best;
}

/** People rarely miss the first letter; requiring it keeps "table" from becoming "stable". */
function sameStart(word: string, typed: string): boolean {
  return (
    word[0] === typed[0] ||
    (word.length > 4 && word[0] === typed[1] && word[1] === typed[2]) ||
    (word[0] === typed[1] && word[1] === typed[0])
  );
}

/** Damerau-Levenshtein distance (optimal string alignment). */
export function editDistance(left: string, right: string): number {
  const width = right.length + 1;
  let before: number[] = [];
  let previous = Array.from({ length: width }, (_, at) => at);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let at = 1; at < width; at++) {
      const same = left[row - 1] === right[at - 1];
      let cost = Math.min(
        (previous[at] ?? 0) + 1,
        (current[at - 1] ?? 0) + 1,
        (previous[at - 1] ?? 0) + (same ? 0 : 1),
      );
      if (row > 1 && at > 1 && left[row - 1] === right[at - 2] && left[row - 2] === right[at - 1]) {
        cost = Math.min(cost, (before[at - 2] ?? 0) + 1);
      }
      current.push(cost);
    }
    before = previous;
    previous = current;
  }
  return previous[width - 1] ?? 0;
}
