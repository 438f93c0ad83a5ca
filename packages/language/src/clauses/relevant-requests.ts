import type { Question } from "./question.ts";
import type { Request } from "./requests.ts";
import type { Segment } from "./segments.ts";

/** From this many tokens on, a message tells a story around what it asks. */
const longMessageTokens = 70;

/** The requests that ask, without those that only tell. Of a long message only what plainly asks counts. */
export function relevantRequests(question: Question, requests: readonly Request[]): Request[] {
  const asking = requests.filter(request => asks(question, request));
  const told = (request: Request): boolean => isTold(question, request);
  if (asking.length === 0) return requests.filter(request => !isAboutSpeaker(question, request));
  if (question.words.length >= longMessageTokens) return asking;
  // A statement beside a question is its background: "the market is boring, any coins pumping?"
  const hasQuestion = asking.some(request => !request.refusal);
  return requests.filter(
    request =>
      asking.includes(request) || !(isAboutSpeaker(question, request) || (hasQuestion && told(request))),
  );
}

const askingWords =
  /^(compare|how|what|which|who|whose|is|are|has|have|did|does|do|was|were|any|top|best|worst|tell|can|could|show|list|give|find|get|please|rank|where|why|when|should|will)$/;

function asks(question: Question, request: Request): boolean {
  return request.segments.some(segment => segmentAsks(question, segment));
}

function segmentAsks({ words }: Question, segment: Segment): boolean {
  const first = words[segment.start] ?? "";
  if (segment.isQuestion || askingWords.test(first)) return true;
  // "I would like to see", "what I need is": an asking phrase near the start; mere "need" within a story is none.
  const reach = /^(i|we|so|and|just|anyway|now|completely|ok|right|first|second|third)$/.test(first) ? 5 : 1;
  return segment.frame.some(
    ({ means, start, end }) =>
      ((means.kind === "ask" &&
        !(reach === 5 && /^(what|which|who|some|after)$/.test(words[start] ?? "") && end - start === 1)) ||
        (means.kind === "item" && start - segment.start <= 1)) &&
      start - segment.start <= reach,
  );
}

/** Whether the request is about the speaker or somebody they know: "I bought SOL last year", "she holds ADA". */
function isAboutSpeaker({ words }: Question, { segments }: Request): boolean {
  const [first] = segments;
  if (!first || segments.some(segment => segment.frame.some(({ means }) => means.kind === "item")))
    return false;
  const [subject = "", verb = "", next = ""] = words.slice(first.start, first.start + 3);
  if (/^(he|she|they)$/.test(subject)) return true;
  if (!/^(i|we|my|our|his|her|their)$/.test(subject)) return false;
  return /^(my|our|his|her|their)$/.test(subject) || verbsOfTelling.test(verb) || verbsOfTelling.test(next);
}

const verbsOfTelling =
  /^(had|have|hold|own|bought|sold|lost|was|were|got|am|been|missed|already|did|used|made|think|thought|love|hate|like|keep|just|heard|read|saw|promised|told|put|know|believe|run|went|feel|hear|tried)$/;

/** Whether the request states something: a subject and then a verb, "the market is boring". */
function isTold({ words }: Question, { segments }: Request): boolean {
  return segments.every(segment => {
    const verb = words
      .slice(segment.start + 1, segment.start + 6)
      .findIndex(word => /^(is|was|are|were|has|have|went|looks|seems|keeps|'s)$/.test(word));
    return verb >= 0 && !segment.frame.some(({ means }) => means.kind === "item");
  });
}
