import { helpTopics } from "./lexicon/help-topics.ts";
import type { Reading } from "./reading.ts";

const askable =
  'trends ("coins in an uptrend this week"), signals ("what bottomed out?"), top gainers and losers, volatility, one coin ("how is BTC doing?"), two coins against each other, or the whole market';

/** Words of the question that a refusal repeats, at most. */
const maxRepeatedWords = 3;

/** The sentence that answers what cannot be answered: what can be asked instead. */
export function refusal(reading: Pick<Reading, "notUnderstood">): string {
  const words = reading.notUnderstood.slice(0, maxRepeatedWords).map(word => `"${word.slice(0, 30)}"`);
  const about = words.length > 0 ? ` (not understood: ${words.join(", ")})` : "";
  return `That is not something I can answer from market data${about}; ask about ${askable}.`;
}

/** What the product does or, where the question names one of its terms, what that means. */
export function helpText(question = ""): string {
  const topic = helpTopics.find(({ asks }) => asks.test(question));
  return topic?.says ?? `I answer questions about the crypto market from its data. Ask about ${askable}.`;
}
