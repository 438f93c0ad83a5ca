import { isPastTense } from "../text/ordinary-words.ts";
import { type Question, spansOf } from "./question.ts";
import { openingOf, type Segment } from "./segments.ts";

const askingWords =
  /^(compare|how|what|which|who|whose|is|are|has|have|did|does|do|was|were|any|top|best|worst|tell|can|could|show|list|give|find|get|please|rank|where|why|when|should|will|here)$/;

/** Whether the segment's words ask: a question word, an imperative, or a wish. */
export function asksInWords(question: Question, segment: Segment): boolean {
  const { words } = question;
  const opening = openingOf(question, segment);
  const first = words[opening] ?? "";
  if (askingWords.test(first)) return true;
  if (segment.scope.some(({ means }) => means.kind === "alert")) return true;
  // "I would like to see", "what I need is": an asking phrase near the start; mere "need" within a story is none.
  const reach = /^(i|we|all|only|so|and|just|anyway|now|completely|ok|right|first|second|third)$/.test(first)
    ? 5
    : 1;
  const isLeftOut = (at: number): boolean =>
    [...question.layers.exclusion, ...spansOf(segment.frame, "neverMind")].some(
      span => at > span.start && at < span.end,
    );
  return segment.frame.some(
    ({ means, start, end }) =>
      !isLeftOut(start) &&
      ((means.kind === "ask" &&
        !(reach === 5 && /^(what|which|who|some|after)$/.test(words[start] ?? "") && end - start === 1)) ||
        (means.kind === "item" && start - opening <= 1)) &&
      start - opening <= reach,
  );
}

/** Whether the segment tells of the speaker or of somebody they know. */
export function isOfSpeaker(question: Question, segment: Segment): boolean {
  const opening = openingOf(question, segment);
  const [subject = "", verb = "", next = ""] = question.words.slice(opening, opening + 3);
  if (/^(he|she|they)$/.test(subject)) return true;
  if (subject === "you" && isPastTense(verb)) return true;
  if (/^(i|we)$/.test(subject) && /^(do|did)$/.test(verb) && next === "not")
    return /^(need|want|care|mean|ask)$/.test(question.words[opening + 3] ?? "");
  if (!/^(i|we|my|our|his|her|their)$/.test(subject)) return false;
  return (
    /^(my|our|his|her|their)$/.test(subject) ||
    [verb, next].some(word => verbsOfTelling.test(word) || isPastTense(word))
  );
}

const verbsOfTelling =
  /^(had|have|hold|own|bought|sold|lost|was|were|got|am|been|missed|already|did|used|made|think|thought|love|hate|like|keep|just|heard|read|saw|promised|told|put|know|believe|run|went|feel|hear|tried)$/;
