import { describe, expect, it } from "vitest";
import { parseQuestion } from "../parse-question.ts";
import { buildCoinLexicon } from "./coin-lexicon.ts";

const now = new Date("2026-03-18T12:00:00Z");

/** Names of consonants and vowels, all different. */
function manyCoins(count: number): Record<string, string[]> {
  const syllables = ["ba", "ke", "di", "mo", "tu", "ra", "se", "vi", "no", "lu"];
  const nameOf = (index: number) =>
    [...String(index).padStart(5, "0")].map(digit => syllables[Number(digit)]).join("");
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`T${index}`, [nameOf(index)]]));
}

describe("buildCoinLexicon", () => {
  it("finds a misspelt name among ten thousand coins", () => {
    const coins = buildCoinLexicon({ ...manyCoins(10_000), DOGE: ["dogecoin"] });
    expect(parseQuestion({ text: "dogecoiin price", now, coins }).slots.symbols).toEqual(["DOGE"]);
  });

  it("gives a shared name to the coin that is listed first", () => {
    const coins = buildCoinLexicon({ AAA: ["zarquon"], BBB: ["zarquon"] });
    expect(parseQuestion({ text: "zarquon price", now, coins }).slots.symbols).toEqual(["AAA"]);
  });

  it("does not take the words of a question for coins that bear them", () => {
    const coins = buildCoinLexicon({
      TOP: [],
      COIN: [],
      UP: [],
      THE: [],
      THIS: [],
      WEEK: [],
      BTC: ["bitcoin"],
    });
    expect(parseQuestion({ text: "top 5 coins that are up this week", now, coins }).slots.symbols).toEqual(
      [],
    );
  });
});
