import { nameIdioms } from "../lexicon/name-idioms.ts";
import type { Token } from "../text/token.ts";

/** Whether a coin's name stands where English uses it as a word: "a stellar month", "in harmony". */
export function isNameIdiom(tokens: readonly Token[], start: number, end: number): boolean {
  const first = tokens[start];
  if (!first || end - start > 1) return false;
  const idiom = nameIdioms.get(first.text);
  if (!idiom) return false;
  const before = tokens[start - 1]?.text ?? "";
  const after = tokens[end]?.text ?? "";
  return idiom.after.includes(before) || idiom.before.includes(after);
}
