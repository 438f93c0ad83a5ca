import type { CoinMention } from "../clauses/question.ts";
import type { Layers } from "../phrases/layers.ts";

const articles = new Set([
  "the",
  "any",
  "my",
  "for",
  "of",
  "all",
  "those",
  "these",
  "coins",
  "coin",
  "like",
  "tokens",
  "stuff",
  ":",
  "a",
  "an",
  "in",
  "about",
  "show",
  "me",
  "please",
  "count",
  "with",
  "both",
  "either",
  "usual",
  "suspects",
  "majors",
  "obvious",
  "boring",
  "silly",
  "stupid",
  "damn",
  "pegged",
  "own",
  "what",
  "i",
  "we",
  "hold",
  "have",
  "already",
  "bags",
  "holdings",
  "positions",
  "names",
  "(",
]);
const joiners = new Set([",", "or", "and", "nor", "/", "plus", "&", "the", "any"]);
const backReference = new Set(["those", "them", "that", "it", "these", "both", "ones"]);

type Exclusions = { coins: CoinMention[]; groups: string[] };

/** Marks the coins, and collects the groups of coins, that are to be left out. */
export function markExclusions(
  words: readonly string[],
  mentions: readonly CoinMention[],
  layers: Layers,
): Exclusions {
  const excluded = new Set<CoinMention>();
  const groups = new Set<string>();
  const groupSpans = layers.subject.filter(
    ({ means }) => means.kind === "stablecoins" || means.kind === "memecoins",
  );
  const groupName = (kind: string): string => `@${kind}`;

  const mentionAt = new Map(mentions.map(mention => [mention.start, mention]));
  const groupAt = new Map(groupSpans.map(span => [span.start, span]));
  const excludeListFrom = (start: number): void => {
    let at = start;
    while (at < words.length && articles.has(words[at] ?? "")) at += 1;
    for (;;) {
      const mention = mentionAt.get(at);
      const group = groupAt.get(at);
      if (!mention && !group) return;
      if (mention) excluded.add(mention);
      if (group) groups.add(groupName(group.means.kind));
      at = mention?.end ?? group?.end ?? at + 1;
      const next = at;
      while (at < words.length && joiners.has(words[at] ?? "")) at += 1;
      // "No stablecoins BTC": what follows a group without a joint is no part of the list.
      if (group && at === next) return;
    }
  };

  for (const span of layers.exclusion) {
    const word = words[span.start] ?? "";
    // "Isn't BTC up?" asks; it leaves nothing out.
    if (
      word === "not" &&
      /^(is|has|does|did|are|was|have|do|were|will)$/.test(words[span.start - 1] ?? "") &&
      isClauseStart(words, span.start - 1)
    )
      continue;
    excludeListFrom(span.end);
    // "BTC and ETH everybody shows me, so those two I do not want to see".
    const pointsBack = /(^| )(those|these|them|both|the) (two|three|four|ones|coins|both)? ?(i|we)$/.test(
      words.slice(Math.max(0, span.start - 4), span.start).join(" "),
    );
    if (pointsBack || backReference.has(words[span.end] ?? "")) {
      for (const mention of mentions) if (mention.end <= span.start) excluded.add(mention);
      for (const group of groupSpans) if (group.end <= span.start) groups.add(groupName(group.means.kind));
    }
  }
  // "I own BTC, leave it out": what is named before.
  const leftOut = words.findIndex(
    (word, at) =>
      /^(leave|keep|take|drop|cut|filter)$/.test(word) &&
      backReference.has(words[at + 1] ?? "") &&
      /^(out|aside|off|alone|away)$/.test(words[at + 2] ?? ""),
  );
  for (const mention of mentions) if (mention.end <= leftOut) excluded.add(mention);
  const mentionEndingAt = (at: number): CoinMention | undefined => mentions.find(({ end }) => end === at);
  const isOut = (start: number, end: number): boolean => {
    const after = words[end] ?? "";
    const next = words[end + 1] ?? "";
    if (/^(excluded|excepted|exempted|excl|aside|omitted|exempt|ignored|removed)$/.test(after)) return true;
    if (/^(left|kept|taken|filtered|cut)$/.test(after) && /^(out|aside|off|away)$/.test(next)) return true;
    if (/^(not|do|does|are|is)$/.test(after) && /^(included|counted|count|not|excluded)$/.test(next)) {
      return (
        /^(count|counted|included)$/.test(words[end + 2] ?? "") || /^(included|counted|excluded)$/.test(next)
      );
    }
    // The verb stands before the whole list: "keep DOGE, SHIB and PEPE out of it".
    let listStart = start;
    while (mentionEndingAt(listStart - 1) !== undefined && joiners.has(words[listStart - 1] ?? ""))
      listStart = mentionEndingAt(listStart - 1)?.start ?? 0;
    const verbs = words.slice(Math.max(0, listStart - 4), listStart);
    return (
      after === "out" &&
      verbs.some(verb => /^(leave|leaving|take|taking|keep|keeping|cut|filter)$/.test(verb))
    );
  };
  for (const mention of mentions) {
    if (!isOut(mention.start, mention.end)) continue;
    excluded.add(mention);
    // "Leave BTC and ETH out": the rest of the list before it.
    let listed = mention;
    for (;;) {
      const other = mentionEndingAt(listed.start - 1) ?? mentionEndingAt(listed.start - 2);
      if (!other || !words.slice(other.end, listed.start).every(word => joiners.has(word))) break;
      excluded.add(other);
      listed = other;
    }
  }
  for (const group of groupSpans) if (isOut(group.start, group.end)) groups.add(groupName(group.means.kind));
  return {
    coins: mentions.map(mention => ({ ...mention, excluded: excluded.has(mention) })),
    groups: [...groups],
  };
}

function isClauseStart(words: readonly string[], at: number): boolean {
  return at === 0 || /^(why|how|and|but|so|,|\.|\?|;|:)$/.test(words[at - 1] ?? "");
}
