import type { Question } from "../clauses/question.ts";
import type { Segment } from "../clauses/segments.ts";
import type { Meaning } from "../lexicon/entry.ts";
import type { Span } from "../phrases/layers.ts";

/** Why a clause is not answered. `soft` still lets a stated screen through: "which uptrend coins should I buy". */
export type Refusal = "hard" | "soft";

const hardKinds: ReadonlySet<Meaning["kind"]> = new Set([
  "prediction",
  "otherAsset",
  "howTo",
  "definition",
  "offTopic",
  "injection",
]);

export function refusalOf(question: Question, segment: Segment): Refusal | undefined {
  const kinds = segment.scope
    .filter(span => !findsListed(question, segment, span))
    .map(({ means }) => means.kind);
  if (kinds.some(kind => hardKinds.has(kind)) || definesCoin(question, segment)) return "hard";
  if (isNotWished(question, segment) || isOfPastYear(question, segment)) return "hard";
  return kinds.includes("advice") || asksForAdvice(question, segment) ? "soft" : undefined;
}

const trades =
  /^(buy|sell|keep|hold|own|dump|invest|exit|cut|swap|convert|accumulate|hodl|bail|cash|short|stake|rebalance|diversify|liquidate|unload|offload|ape|average|load|trade|hang|pile|bet|gamble)$/;

/** "Do I cut it", "should a retired couple keep any XRP", "if I sell now": what somebody is to do with coins. */
function asksForAdvice({ words }: Question, { start, end }: Segment): boolean {
  const said = words.slice(start, end);
  return said.some((word, at) => {
    if (/^(should|shall|ought)$/.test(word))
      return said.slice(at + 1, at + 7).some(next => trades.test(next));
    if (/^(do|would|if|could|must|can)$/.test(word) && /^(i|we|one)$/.test(said[at + 1] ?? ""))
      return said.slice(at + 2, at + 4).some(next => trades.test(next) && next !== "trade");
    return false;
  });
}

/** "Where can I find volatile coins": what is looked for is a list that can be given. */
function findsListed({ words }: Question, { subject }: Segment, { start, end }: Span): boolean {
  return (
    words[start] === "where" &&
    /^(find|see|look|get)$/.test(words[end - 1] ?? "") &&
    subject.some(span => span.start >= end && /^(trend|signal|volatility|performance)$/.test(span.means.kind))
  );
}

/** "Why did it collapse in 2022": history, which no window of prices tells. */
function isOfPastYear({ words, year }: Question, { start, end }: Segment): boolean {
  return words
    .slice(start, end)
    .some(
      (word, at, said) =>
        /^(19|20)\d\d$/.test(word) && Number(word) < year && /^(in|during)$/.test(said[at - 1] ?? ""),
    );
}

/** "Don't tell me when coins crash". */
function isNotWished({ words }: Question, segment: Segment): boolean {
  return segment.scope.some(
    ({ means, start }) => means.kind === "alert" && /^(not|never|stop)$/.test(words[start - 1] ?? ""),
  );
}

/** "What is bitcoin?", "explain solana", "what does link do": the definition of a coin, not its market. */
function definesCoin({ words }: Question, segment: Segment): boolean {
  const coin = segment.coins[0];
  if (!coin || segment.coins.length > 1) return false;
  const before = words
    .slice(segment.start, coin.start)
    .filter(word => word !== "exactly" && word !== "even" && word !== "the");
  const after = words
    .slice(coin.end, segment.end)
    .filter(word => !/^(exactly|please|really|even|actually|coin|token|crypto|anyway)$/.test(word));
  const opening = before.join(" ");
  if (/(^|\s)(what|who) (is|are|was)( a| an)?$/.test(opening))
    return after.length === 0 || /^(used|for|about|good|made|backed|called)$/.test(after[0] ?? "");
  // "Describe how bitcoin works", but "tell me how bitcoin is doing".
  if (/(^|\s)how$/.test(opening))
    return (
      /^(works?|functions?|operates?)$/.test(after[0] ?? "") ||
      (/^(is|are|was|gets)$/.test(after[0] ?? "") &&
        /^(made|mined|created|minted|secured|issued|different|used|stored)$/.test(after[1] ?? ""))
    );
  if (
    /(^|\s)(explain|define|describe|know|understand|wonder|wondering|clarify|me)( to me)? what$/.test(opening)
  )
    return (
      (/^(is|means|does|are)$/.test(after[0] ?? "") && after.length === 1) ||
      /^(is|are) (for|used|about|made|good|based)$/.test(after.slice(0, 2).join(" "))
    );
  if (/(^|\s)(explain|define|describe)( to me)?$/.test(opening))
    return (
      after.length === 0 || /^(is|works?|does)$/.test(after[0] ?? "") || /^(to|like)$/.test(after[0] ?? "")
    );
  if (/what (does|do)$/.test(opening))
    return (after[0] === "do" && after.length === 1) || after[0] === "stand" || after[0] === "mean";
  if (/how (does|do)$/.test(opening)) return /^(work|works)$/.test(after[0] ?? "");
  return false;
}
