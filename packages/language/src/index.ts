export { buildCoinLexicon, type CoinLexicon } from "./coins/coin-lexicon.ts";
export { wellKnownCoins } from "./lexicon/well-known-coins.ts";
export { parseQuestion, type QuestionInput } from "./parse-question.ts";
export type { Reading } from "./reading.ts";
export { helpText, refusal } from "./replies.ts";
export { readWindow, type Window } from "./slots/read-window.ts";
