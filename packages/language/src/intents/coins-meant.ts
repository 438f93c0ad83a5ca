import type { CoinMention, Question } from "../clauses/question.ts";
import type { Request } from "../clauses/requests.ts";

/**
 * The coins of an earlier request that this one means by "it" or "which one": "Tell me about ADA. Is it calm?"
 * Empty where the request says itself what it is about.
 */
export function coinsMeant(
  { words }: Question,
  { segments }: Request,
  before: readonly Request[],
): readonly CoinMention[] {
  const namesOwn = segments.some(
    ({ coins, frame, subject }) =>
      [...frame, ...subject].some(({ means }) => means.kind === "item" || means.kind === "market") ||
      coins.length > 0,
  );
  if (namesOwn) return [];
  const earlier = before
    .map(request => request.segments.flatMap(({ coins }) => coins).filter(({ excluded }) => !excluded))
    .findLast(coins => coins.length > 0);
  if (!earlier) return [];
  const text = segments.map(({ start, end }) => words.slice(start, end).join(" ")).join(" , ");
  if (/(^| )(they|them|both|either)( |$)|(^| )(which|what) (one|of)( |$)/.test(text)) return earlier;
  return /(^| )(is|was|has|did|does|how|how is|about|of) (it|its)( |$)|^it( |$)/.test(text)
    ? earlier.slice(-1)
    : [];
}
