import { describe, expect, it } from "vitest";
import { buildPhraseGraph, longestMatch } from "./phrase-graph.ts";

const isArticle = (word: string): boolean => word === "the";

function match(
  patterns: readonly [string, string][],
  text: string,
): { value: string; end: number } | undefined {
  const graph = buildPhraseGraph(patterns.map(([pattern, value]) => ({ pattern, value })));
  return longestMatch(graph, text.split(" "), 0, isArticle);
}

describe("buildPhraseGraph", () => {
  it("expands choices within and across words", () => {
    const patterns: [string, string][] = [["(hit|found) (a |its )?bottom(s)?", "low"]];
    const texts = ["hit bottom", "found its bottoms", "hit a bottom", "hit an bottom", "found"];
    expect(texts.map(text => match(patterns, text)?.value)).toEqual([
      "low",
      "low",
      "low",
      undefined,
      undefined,
    ]);
  });

  it("prefers the longest phrase, and of equals the first", () => {
    expect([
      match(
        [
          ["pump", "a"],
          ["pump and dump", "b"],
        ],
        "pump and dump",
      ),
      match(
        [
          ["pump", "a"],
          ["pump", "b"],
        ],
        "pump",
      ),
    ]).toEqual([
      { value: "b", end: 3 },
      { value: "a", end: 1 },
    ]);
  });

  it("skips filling words within a phrase, never at its end", () => {
    expect([match([["hit bottom", "low"]], "hit the bottom"), match([["hit", "low"]], "hit the")]).toEqual([
      { value: "low", end: 3 },
      { value: "low", end: 1 },
    ]);
  });

  it.each(["(a", "a)", "(a|(b)"])("refuses the unbalanced pattern %j", pattern => {
    expect(() => buildPhraseGraph([{ pattern, value: 1 }])).toThrow(pattern);
  });
});
