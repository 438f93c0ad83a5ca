/** A piece of the question. `text` is lower case, without contractions and with the spelling put right. */
export type Token = {
  kind: "word" | "number" | "mark" | "emoji";
  text: string;
  /** As typed. */
  raw: string;
  /** Whether white space, or the text's start, stands before it. */
  spaced: boolean;
  /** `$` directly before the word or number. */
  dollar: boolean;
  /** The number's value with its magnitude (`100m` is 100,000,000); NaN for what is no number. */
  value: number;
  /** What is written directly after a number: `%`, `h`, `d`, `x`, `+`, `m` ...; otherwise empty. */
  unit: string;
};
