import { asksForHelp } from "../intents/help.ts";
import { type Refusal, refusalOf } from "../intents/refusals.ts";
import { hasCore } from "./contents.ts";
import { opensRequest } from "./opens-request.ts";
import type { Question } from "./question.ts";
import {
  asksOfOwn,
  belongsToRefused,
  choosesAmong,
  describesNamed,
  dragsDown,
  followsStory,
  listsBesideMarket,
  namesCandidates,
} from "./relations.ts";
import type { Segment } from "./segments.ts";

/** Segments that ask for one thing together, and why that is not answered, if it is not. */
export type Request = {
  segments: readonly Segment[];
  refusal: Refusal | undefined;
  help: "strong" | "weak" | undefined;
};

/** "..., are we", "..., isn't it": asks for nothing beyond what stands before it. */
function isTag({ words }: Question, { start, end, joint }: Segment): boolean {
  return (
    joint === "," &&
    /^(is|are|was|were|has|have|had|did|does|do|will|would)( not)? (it|we|they|he|she|you|there)$/.test(
      words.slice(start, end).join(" "),
    )
  );
}

/** "Forget it", "never mind that": what was said before does not count any more. */
function takesBack({ words }: Question, { start, end }: Segment): boolean {
  return /^((just|please|so|ok|oh) )?(forget|never mind|scratch|ignore|skip) (about )?(it|that|this|all that|what i said)( please)?$/.test(
    words.slice(start, end).join(" "),
  );
}

/** Groups the segments into requests; a refused segment stands alone, so that it takes nothing else down. */
export function groupRequests(question: Question, segments: readonly Segment[]): Request[] {
  const requests: { segments: Segment[]; refusal: Refusal | undefined; help: Request["help"] }[] = [];
  let sentence = -1;
  for (const segment of segments) {
    if (takesBack(question, segment)) {
      // Its coins may still be meant: "scratch that, just give me its price".
      for (const request of requests) Object.assign(request, { refusal: "hard", help: undefined });
      continue;
    }
    if (requests.length > 0 && isTag(question, segment)) continue;
    const help = asksForHelp(question, segment);
    // "Can you handle questions in German": the product is asked about, and nothing of the other subject.
    const refusal = help === "strong" ? undefined : refusalOf(question, segment);
    const current = requests.at(-1);
    const isNew = segment.sentence !== sentence && !continuesSentence(question, segment);
    const currentHasCore = current?.segments.some(hasCore) ?? false;
    const joins =
      current !== undefined &&
      !isNew &&
      !(current.help === "strong" && opensRequest(question, segment)) &&
      (segment.sentence === sentence || currentHasCore) &&
      refusal === current.refusal &&
      !followsStory(question, current.segments, segment) &&
      (help === current.help || current.help === "strong") &&
      !(
        currentHasCore &&
        (opensRequest(question, segment) || listsBesideMarket(question, current.segments, segment)) &&
        segment.joint !== ":" &&
        !namesCandidates(question, current.segments, segment) &&
        !choosesAmong(question, current.segments, segment) &&
        !asksOfOwn(question, current.segments, segment) &&
        !describesNamed(question, current.segments, segment)
      );
    if (joins) current.segments.push(segment);
    else if (current?.refusal && !isNew && namesCandidates(question, current.segments, segment)) {
      // "Which should I buy, A or B?"
      current.segments.push(segment);
    } else if (
      current?.refusal === "hard" &&
      !isNew &&
      refusal === undefined &&
      belongsToRefused(question, current.segments.at(-1), segment)
    ) {
      current.segments.push(segment);
    } else if (current && !isNew && refusal !== undefined && dragsDown(question, current.segments, segment)) {
      current.segments.push(segment);
      current.refusal = "hard";
    } else requests.push({ segments: [segment], refusal, help });
    sentence = segment.sentence;
  }
  return requests;
}

/** A sentence that only narrows what was asked before: "Only the top 50. No stablecoins." */
function continuesSentence(question: Question, segment: Segment): boolean {
  return (
    !hasCore(segment) &&
    segment.scope.length === 0 &&
    !/^(i|whose)$/.test(question.words[segment.start] ?? "")
  );
}
