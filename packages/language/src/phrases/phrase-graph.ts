import { coinWord } from "./coin-word.ts";
import { type PatternState, readPattern, stateSource } from "./pattern.ts";

/** Phrases by their words, each with a value; following a phrase costs one map look-up a word. */
export type PhraseGraph<T> = {
  readonly next: ReadonlyMap<string, PhraseGraph<T>>;
  readonly value: T | undefined;
};

type Phrase<T> = { pattern: string; value: T };

/**
 * Compiles patterns into one graph. Choices that come to the same states share their node, so that a pattern
 * with thousands of expansions stays as small as it is written. Where two patterns say the same, the first wins.
 */
export function buildPhraseGraph<T>(phrases: readonly Phrase<T>[]): PhraseGraph<T> {
  const newState = stateSource();
  const valueAt = new Map<PatternState, { order: number; value: T }>();
  const starts = phrases.map(({ pattern, value }, order) => {
    const start = readPattern(pattern.replaceAll("@coin", coinWord), () => {
      const state = newState();
      valueAt.set(state, { order, value });
      return state;
    });
    return start;
  });

  const built = new Map<string, PhraseGraph<T>>();
  const build = (states: ReadonlySet<PatternState>): PhraseGraph<T> => {
    const key = [...states]
      .map(state => state.id)
      .sort((left, right) => left - right)
      .join();
    const known = built.get(key);
    if (known) return known;
    const accepted = [...states].filter(state => state.accepts).map(state => valueAt.get(state));
    accepted.sort((left, right) => (left?.order ?? 0) - (right?.order ?? 0));
    const next = new Map<string, PhraseGraph<T>>();
    const node = { next, value: accepted[0]?.value };
    built.set(key, node);
    for (const [word, to] of wordsFrom(states)) next.set(word, build(to));
    return node;
  };
  return build(closure(starts, true));
}

/** The states reached without reading; at a word's start a space reads nothing either. */
function closure(states: Iterable<PatternState>, atWordStart: boolean): Set<PatternState> {
  const reached = new Set<PatternState>(states);
  for (const state of reached) {
    for (const to of state.free) reached.add(to);
    if (atWordStart) for (const [character, to] of state.on) if (character === " ") reached.add(to);
  }
  return reached;
}

/** Every word that can be read next, with the states after it. */
function wordsFrom(states: ReadonlySet<PatternState>): Map<string, Set<PatternState>> {
  const words = new Map<string, Set<PatternState>>();
  const read = (within: ReadonlySet<PatternState>, word: string): void => {
    const byCharacter = new Map<string, PatternState[]>();
    const after: PatternState[] = [];
    for (const state of within) {
      if (word !== "" && state.accepts) after.push(state);
      for (const [character, to] of state.on) {
        if (character === " ") {
          if (word !== "") after.push(to);
        } else {
          const known = byCharacter.get(character);
          if (known) known.push(to);
          else byCharacter.set(character, [to]);
        }
      }
    }
    if (after.length > 0) words.set(word, closure(after, true));
    for (const [character, to] of byCharacter) read(closure(to, false), word + character);
  };
  read(states, "");
  return words;
}

type PhraseMatch<T> = { value: T; end: number };

/** Words that may stand inside a phrase without changing it: "hit the very bottom". */
const maxSkippedWords = 2;

/**
 * The longest phrase that starts at `start`. Between a phrase's words up to two words that `maySkip` names may
 * stand, so that the lexicon need not list "really", "just" or "the".
 */
export function longestMatch<T>(
  graph: PhraseGraph<T>,
  words: readonly string[],
  start: number,
  maySkip: (word: string) => boolean,
): PhraseMatch<T> | undefined {
  let best: PhraseMatch<T> | undefined;
  const visit = (node: PhraseGraph<T>, at: number, skipped: number, justSkipped: boolean): void => {
    if (!justSkipped && node.value !== undefined && at > (best?.end ?? start))
      best = { value: node.value, end: at };
    const word = words[at];
    if (word === undefined || node.next.size === 0) return;
    const next = node.next.get(word);
    if (next) visit(next, at + 1, skipped, false);
    if (at > start && skipped < maxSkippedWords && maySkip(word)) visit(node, at + 1, skipped + 1, true);
  };
  visit(graph, start, 0, false);
  return best;
}
