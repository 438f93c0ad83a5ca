import type { Reading } from "./reading.ts";

const askable =
  'trends ("coins in an uptrend this week"), signals ("what bottomed out?"), top gainers and losers, volatility, one coin ("how is BTC doing?"), two coins against each other, or the whole market';

/** The sentence that answers what cannot be answered: what can be asked instead. */
export function refusal(reading: Pick<Reading, "notUnderstood">): string {
  const words = reading.notUnderstood.slice(0, 3).map(word => `"${word.slice(0, 30)}"`);
  const about = words.length > 0 ? ` (not understood: ${words.join(", ")})` : "";
  return `That is not something I can answer from market data${about}; ask about ${askable}.`;
}

/** What the product does, for questions about itself. */
export function helpText(): string {
  return `I answer questions about crypto market data. Ask about ${askable}.`;
}
