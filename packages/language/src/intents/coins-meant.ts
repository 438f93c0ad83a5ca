import type { CoinMention, Question } from "../clauses/question.ts";
import type { Request } from "../clauses/requests.ts";
import type { Segment } from "../clauses/segments.ts";
import { asksInWords } from "../clauses/telling.ts";

/**
 * The coins of an earlier request that this one means by "it" or "which one": "Tell me about ADA. Is it calm?"
 * Empty where the request says itself what it is about.
 */
export function coinsMeant(
  question: Question,
  { segments }: Request,
  before: readonly Request[],
): readonly CoinMention[] {
  const { words } = question;
  const namesOwn = segments.some(
    ({ coins, frame, subject }) =>
      [...frame, ...subject].some(
        ({ means, start, end }) =>
          means.kind === "item" ||
          (means.kind === "market" &&
            !/^how (is it|are (we|things)|we|things)( |$)/.test(words.slice(start, end).join(" "))),
      ) || coins.length > 0,
  );
  if (namesOwn) return [];
  const named = before
    .map(request => request.segments.flatMap(({ coins }) => coins).filter(({ excluded }) => !excluded))
    .filter(coins => coins.length > 0);
  const earlier = named.at(-1);
  if (!earlier || trailsRefusal(question, segments, before)) return [];
  const text = segments.map(({ start, end }) => words.slice(start, end).join(" ")).join(" , ");
  if (/(^| )(they|them|both|either|whose)( |$)|(^| )(which|what) (one|of)( |$)/.test(text))
    return earlier.length > 1 ? earlier : named.flat();
  return /(^| )(is|was|has|did|does|how|how is|about|of) it( |$)|(^| )its( |$)|^it( |$)|^how (are )?(we|things)( |$)/.test(
    text,
  )
    ? earlier.slice(-1)
    : [];
}

/** "Would you put the lot into BTC, half of it, or nothing": the rest of a sentence that is refused. */
function trailsRefusal(
  question: Question,
  segments: readonly Segment[],
  before: readonly Request[],
): boolean {
  const [first] = segments;
  const refused = before.at(-1);
  return (
    first !== undefined &&
    refused?.refusal !== undefined &&
    refused.segments.at(-1)?.sentence === first.sentence &&
    (!asksInWords(question, first) || first.subject.length === 0)
  );
}
