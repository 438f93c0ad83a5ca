/** A state of the automaton that a pattern is read into; it moves on single characters. */
export type PatternState = {
  id: number;
  free: PatternState[];
  on: [character: string, to: PatternState][];
  accepts: boolean;
};

type StateSource = () => PatternState;

/** States with ids of their own, which the sets of states are told apart by. */
export function stateSource(): StateSource {
  let id = 0;
  return () => ({ id: id++, free: [], on: [], accepts: false });
}

/**
 * Reads a pattern of the lexicon into states and returns the first. `(a|b)` is a choice, `(a|b)?` may be left
 * out; both work inside a word ("gainer(s)?") and across words ("(hit|found) (a |the )?bottom").
 */
export function readPattern(pattern: string, newState: StateSource): PatternState {
  const start = newState();
  const [end, at] = readChoice(pattern, 0, start, newState);
  if (at !== pattern.length) throw new Error(`Unbalanced ")" in the lexicon pattern "${pattern}".`);
  end.accepts = true;
  return start;
}

/** Reads `a|b|c` up to an unmatched `)` or the pattern's end. */
function readChoice(
  pattern: string,
  from: number,
  start: PatternState,
  newState: StateSource,
): [end: PatternState, at: number] {
  const end = newState();
  let current = start;
  let at = from;
  while (at < pattern.length && pattern[at] !== ")") {
    const character = pattern[at] ?? "";
    at += 1;
    if (character === "|") {
      current.free.push(end);
      current = start;
    } else if (character === "(") {
      const open = newState();
      current.free.push(open);
      const [close, closeAt] = readChoice(pattern, at, open, newState);
      if (pattern[closeAt] !== ")") throw new Error(`Unclosed "(" in the lexicon pattern "${pattern}".`);
      at = closeAt + 1;
      current = newState();
      close.free.push(current);
      if (pattern[at] === "?") {
        open.free.push(current);
        at += 1;
      }
    } else {
      const next = newState();
      current.on.push([character, next]);
      current = next;
    }
  }
  current.free.push(end);
  return [end, at];
}
