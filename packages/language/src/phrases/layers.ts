import { alerts } from "../lexicon/alerts.ts";
import type { LexiconEntry, Meaning } from "../lexicon/entry.ts";
import { idioms } from "../lexicon/idioms.ts";
import { outOfScope } from "../lexicon/out-of-scope.ts";
import { performance } from "../lexicon/performance.ts";
import { fillers, requests } from "../lexicon/requests.ts";
import { signals } from "../lexicon/signals.ts";
import { hoursByUnit } from "../lexicon/time-words.ts";
import { trends } from "../lexicon/trends.ts";
import { volatility } from "../lexicon/volatility.ts";
import { coinRest, coinWord } from "./coin-word.ts";
import { buildPhraseGraph, longestMatch, type PhraseGraph } from "./phrase-graph.ts";

/** A phrase found in the question: what it means and the tokens from `start` up to, not including, `end`. */
export type Span = { means: Meaning; start: number; end: number };

const frameKinds: ReadonlySet<Meaning["kind"]> = new Set([
  "ask",
  "which",
  "item",
  "oneItem",
  "not",
  "neverMind",
  "narrator",
]);

function graphOf(entries: readonly LexiconEntry[]): PhraseGraph<Meaning> {
  return buildPhraseGraph(
    entries.flatMap(({ means, say }) => say.map(pattern => ({ pattern, value: means }))),
  );
}

/**
 * The lexicon in four layers that are matched independently, because one word may play a part in each:
 * in "what should I skip", "what" asks, "should I" puts it out of scope and "skip" could exclude.
 */
const subject = graphOf([
  ...idioms,
  ...signals,
  ...trends,
  ...volatility,
  ...performance,
  ...requests.filter(({ means }) => !frameKinds.has(means.kind) && means.kind !== "exclude"),
]);
const frame = graphOf(requests.filter(({ means }) => frameKinds.has(means.kind)));
const exclusion = graphOf(requests.filter(({ means }) => means.kind === "exclude"));
const scope = graphOf([...alerts, ...outOfScope]);

const fillerWords: ReadonlySet<string> = new Set(fillers);

function spansIn(graph: PhraseGraph<Meaning>, words: readonly string[]): Span[] {
  const spans: Span[] = [];
  for (let at = 0; at < words.length; ) {
    const match = longestMatch(graph, words, at, word => word === coinRest || fillerWords.has(word));
    if (match) spans.push({ means: match.value, start: at, end: match.end });
    at = match?.end ?? at + 1;
  }
  return spans;
}

export type Layers = { subject: Span[]; frame: Span[]; exclusion: Span[]; scope: Span[] };

export function matchLayers(words: readonly string[]): Layers {
  const asked = withComparisons(spansIn(subject, words), words);
  const refusals = spansIn(scope, words).filter(span => !isPartOfTopic(span, asked, words));
  const exclusions = spansIn(exclusion, words);
  const wishes = refusals.filter(({ means }) => means.kind === "alert" || means.kind === "notify");
  return {
    // "Set an alert when": the alert is no signal that is asked for.
    subject: asked.filter(
      ({ start }) =>
        !wishes.some(wish => start >= wish.start && start < wish.end) &&
        // "Drop those two": leaves out, and falls nowhere.
        !exclusions.some(
          span =>
            span.start === start &&
            (words[span.end] === coinWord || /^(those|them|these|it|that|both)$/.test(words[span.end] ?? "")),
        ),
    ),
    frame: spansIn(frame, words),
    exclusion: exclusions,
    // What only keeps words from being refused says nothing itself.
    scope: refusals.filter(({ means }) => means.kind !== "filler"),
  };
}

const besideCoins: ReadonlySet<Meaning["kind"]> = new Set(["offTopic", "otherAsset", "definition"]);

/** "Dog coins", "gaming tokens": a word for other things that only says which kind of coins. */
function isPartOfTopic(
  { means, start, end }: Span,
  asked: readonly Span[],
  words: readonly string[],
): boolean {
  if (!besideCoins.has(means.kind) || end - start > 1) return false;
  if (/^(coins?|tokens?|cryptos?|altcoins?|memecoins?|alts)$/.test(words[end] ?? "")) return true;
  return asked.some(span => span.start <= start && span.end >= end && span.end - span.start > 1);
}

/** "More than" before a coin compares; elsewhere it bounds a number. */
function withComparisons(spans: readonly Span[], words: readonly string[]): Span[] {
  return spans.flatMap(span => {
    const { start, end, means } = span;
    // "Trailing 90 days" is a window.
    if (means.kind === "compare" && words[start] === "trailing" && isTimeAhead(words[end])) return [];
    const isBound = means.kind === "atLeast" || means.kind === "atMost";
    if (!isBound || words[end - 1] !== "than" || !isCoinAhead(words, end)) return [span];
    const value = /^(less|fewer|smaller|lower)$/.test(words[start] ?? "") ? "less" : "more";
    return [
      { means: { kind: "comparative", value }, start, end: end - 1 },
      { means: { kind: "than" }, start: end - 1, end },
    ];
  });
}

function isTimeAhead(word = ""): boolean {
  return /^(\d|twelve|six|three|two|one)/.test(word) || Object.hasOwn(hoursByUnit, word);
}

function isCoinAhead(words: readonly string[], at: number): boolean {
  const next = words[at] === "the" || words[at] === "did" ? at + 1 : at;
  return words[next] === coinWord;
}

/** Every word of the lexicon's phrases, the ones that ask for data apart from those that are refused. */
export const vocabulary: { answerable: ReadonlySet<string>; refused: ReadonlySet<string> } = {
  answerable: new Set([...wordsOf(subject), ...wordsOf(frame), ...wordsOf(exclusion)]),
  refused: wordsOf(scope),
};

function wordsOf(graph: PhraseGraph<Meaning>): Set<string> {
  const words = new Set<string>();
  const seen = new Set<PhraseGraph<Meaning>>();
  const visit = (node: PhraseGraph<Meaning>): void => {
    if (seen.has(node)) return;
    seen.add(node);
    for (const [word, next] of node.next) {
      words.add(word);
      visit(next);
    }
  };
  visit(graph);
  return words;
}
