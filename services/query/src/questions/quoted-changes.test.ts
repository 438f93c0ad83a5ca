import { expect, it } from "vitest";
import { describeQuotedChanges } from "./quoted-changes.ts";

const own = { changePct: 1 };
const quoted = { changePct: 2, changeSource: "provider" as const };
const unknown = { changePct: null };

it.each([
  [[], ""],
  [[own, unknown], ""],
  [
    [quoted],
    "The change over the past 7 days is the provider's own figure: no price observed here reaches back to then.",
  ],
  [
    [quoted, quoted, unknown],
    "The changes over the past 7 days are the provider's own figures: no price observed here reaches back to then.",
  ],
  [
    [own, quoted],
    "1 change of these is the provider's own figure: no price observed here reaches back to then.",
  ],
  [
    [own, quoted, quoted],
    "2 changes of these are the provider's own figures: no price observed here reaches back to then.",
  ],
])("of %j it says: %s", (results, words) => {
  expect(describeQuotedChanges({ windowWords: "the past 7 days" }, results)).toBe(words);
});
