import type { Token } from "./token.ts";

/** Units of time misspelt as another word, and the kind of that word. */
const misspeltUnits: Readonly<Record<string, { unit: string; is: "adjective" | "determiner" | "noun" }>> = {
  weak: { unit: "week", is: "adjective" },
  our: { unit: "hour", is: "determiner" },
  mouth: { unit: "month", is: "noun" },
  moth: { unit: "month", is: "noun" },
  ear: { unit: "year", is: "noun" },
};

/** "This weak", "the past our": a word that does not fit between "this" and what follows, but for a letter is a unit. */
export function misspeltUnit(tokens: readonly Token[], at: number): string | undefined {
  const text = tokens[at]?.text ?? "";
  const misspelt = Object.hasOwn(misspeltUnits, text) ? misspeltUnits[text] : undefined;
  if (!misspelt || !/^(this|last|past|previous|prior)$/.test(tokens[at - 1]?.text ?? "")) return undefined;
  const next = tokens[at + 1];
  const isLast = next?.kind !== "word" || /^(and|or|but|please|pls|so|then|if|thanks|vs)$/.test(next.text);
  if (misspelt.is === "determiner" && !isLast) return undefined;
  if (misspelt.is === "adjective" && (!(isLast || isPlaced(next.text)) || isSaidOf(tokens, at - 1)))
    return undefined;
  return misspelt.unit;
}

/** Whether the word cannot be what an adjective before it describes: a preposition, a verb, a plural. */
function isPlaced(word: string): boolean {
  return /^(in|on|for|by|with|without|from|at|of|except|excluding|not|no|which|what|is|are|was|were|did|do|has|have|only|coins|tokens|gainers|losers|movers)$/.test(
    word,
  );
}

/** "Why is the market this weak": the adjective is said of the subject right before it. */
function isSaidOf(tokens: readonly Token[], at: number): boolean {
  if (tokens[at]?.text !== "this") return false;
  const before = (offset: number): string => tokens[at - offset]?.text ?? "";
  const links = /^(is|are|was|were|be|been|being|look|looks|looked|seem|seems|so|'s)$/;
  return links.test(before(1)) || links.test(before(2)) || (links.test(before(3)) && before(2) === "the");
}
