import type { Question } from "../clauses/question.ts";
import type { Segment } from "../clauses/segments.ts";
import { mayName } from "../text/ordinary-words.ts";
import { unreadAt } from "../text/unread-words.ts";

const auxiliaries = /^(is|are|was|were|has|have|had|did|does|do|'s)$/;
const linking =
  /^(is|are|was|were|has|have|had|keeps|keep|went|looks|look|looked|seems|seem|started|stopped|will)$/;
const determiners =
  /^(the|a|an|my|your|our|his|her|their|this|that|these|those|any|some|each|every|all|most|'s)$/;
const people =
  /^(boss|wife|husband|friend|brother|sister|mom|mum|dad|mother|father|colleague|uncle|aunt|neighbou?r|son|daughter|guy|girl|kid|teacher)s?$/;
const stated = /^(trend|signal|volatility|performance|climb|gain)$/;
const relations = /^(of|in|for|from|at|on|among|amongst|between|behind)$/;

/**
 * Whether the segment says its condition of something that is no coin, judged by where an unread noun stands:
 * as the subject ("how volatile is sodium", "traffic is consolidating") or right behind what is asked ("signals
 * from space", "the trend in fashion").
 */
export function hasOtherSubject(question: Question, segment: Segment): boolean {
  const { words } = question;
  const unread = new Set(unreadAt(question, segment.start, segment.end));
  const nouns = [...unread].filter(at => mayName(words[at] ?? ""));
  const isOfPerson = segment.subject.some(
    ({ start, means }) => stated.test(means.kind) && isSaidOfPerson(words, start),
  );
  if (isOfPerson) return true;
  if (nouns.length === 0) return false;
  const conditions = segment.subject.filter(({ means }) =>
    /^(trend|signal|volatility|performance|climb|gain|market|superlative)$/.test(means.kind),
  );
  return nouns.some(noun => {
    const lead = leadOf(words, unread, segment.start, noun);
    const after = words[noun + 1] ?? "";
    const isSubject =
      (auxiliaries.test(words[lead] ?? "") && !isOwnClause(words, segment, lead)) ||
      (linking.test(after) &&
        !(words[lead] ?? "").match(/^(which|what|who)$/) &&
        lead < noun &&
        isEarly(segment, lead));
    if (isSubject) return conditions.length > 0;
    const related = relations.test(words[lead] ?? "");
    return related && conditions.some(({ end }) => end === lead);
  });
}

/** "My boss is so volatile". */
function isSaidOfPerson(words: readonly string[], start: number): boolean {
  const at = /^(so|very|really|quite|too|always|pretty|this)$/.test(words[start - 1] ?? "")
    ? start - 1
    : start;
  return linking.test(words[at - 1] ?? "") && people.test(words[at - 2] ?? "");
}

/** Where the noun's phrase begins: the word before its determiners and the nouns that it is put together with. */
function leadOf(words: readonly string[], unread: ReadonlySet<number>, start: number, noun: number): number {
  let at = noun - 1;
  while (at >= start && (determiners.test(words[at] ?? "") || unread.has(at))) at -= 1;
  return at;
}

/** "There is": the noun behind it is what there is, and no subject of a condition. */
function isOwnClause(words: readonly string[], segment: Segment, at: number): boolean {
  return at > segment.start && /^(there|it|that|this|i|we|you)$/.test(words[at - 1] ?? "");
}

function isEarly(segment: Segment, lead: number): boolean {
  return lead < segment.start + 2;
}
