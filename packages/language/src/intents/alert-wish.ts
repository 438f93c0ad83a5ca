import { type Question, spansOf } from "../clauses/question.ts";
import type { Request } from "../clauses/requests.ts";
import type { Segment } from "../clauses/segments.ts";

/** Whether the request wishes to be told later: "ping me when SOL bottoms out", "if it falls, tell me". */
export function wishesAlert(question: Question, segments: readonly Segment[], request: Request): boolean {
  return request.segments.some(
    segment =>
      spansOf(segment.scope, "alert").some(span => isWish(question, segment, span)) ||
      (opensWithCondition(question, segment) &&
        segments.some(
          other => other.sentence === segment.sentence && spansOf(other.scope, "notify").length > 0,
        )),
  );
}

/** "Tell me if BTC is in an uptrend" asks about now. */
function isWish({ words }: Question, segment: Segment, { start, end }: { start: number; end: number }) {
  const asksNow = words[end - 1] === "if" && words.slice(start, end).includes("tell");
  return !(asksNow && words.slice(end, segment.end).some(word => states.test(word)));
}

/** Verbs of what is the case already. */
const states = /^(is|are|was|were|has|have|had|did|does|do)$/;

function opensWithCondition({ words }: Question, { start }: Segment): boolean {
  const [first = "", next = ""] = words.slice(start, start + 2);
  return /^(if|when|whenever|once|should)$/.test(first) || (first === "as" && next === "soon");
}
