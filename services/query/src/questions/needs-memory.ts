import type { Reading } from "@vibe-charting/language";

/** Openings and words that only mean something after an earlier question. */
const followUps = [
  /^\W*(?:and|but|so|ok(?:ay)?,?|then)?\s*(?:what|how) about\b/iu,
  /^\W*(?:and|what|how)\s+(?:for\s+)?(?:the\s+)?(?:others?|rest|next|same|second|third|last one)\b/iu,
  /\b(?:the )?same (?:for|but|question|thing|again|with)\b/iu,
  /\b(?:is|are|was|were|does|do|did|has|have|why is|why did) (?:it|they|that one|this one|them|those)\b/iu,
  /\b(?:of|about|for|among|from|sort|rank|compare|show me) (?:it|them|those|these|that one|this one)\b(?! coins)/iu,
  /^\W*(?:more|again|next|why\??|why not\??|the (?:first|second|third|last) one)\W*$/iu,
];

export const memoryNote =
  "Earlier questions are not remembered: ask again with the coins and the time in one question.";

/** Whether a question leans on one before it: nothing in it says which coins it is about. */
export function needsMemory(text: string, { intents, slots }: Pick<Reading, "intents" | "slots">): boolean {
  if (intents.includes("help") || intents.includes("market_overview")) return false;
  if (slots.symbols.length > 0 || slots.excludeSymbols.length > 0) return false;
  return followUps.some(followUp => followUp.test(text));
}
