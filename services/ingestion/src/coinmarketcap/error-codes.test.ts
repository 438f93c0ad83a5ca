import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { limitWaitMs, type Reaction } from "../provider-error.ts";
import { errorCodes } from "./error-codes.ts";

const file = join(import.meta.dirname, "../../../../docs/sources.md");

function inWords(reaction: Reaction): string {
  if (reaction.kind === "fail") return "fail";
  if (reaction.kind === "pause") return "give up until the next day (UTC)";
  return reaction.waitMs === limitWaitMs ? "try again after a minute" : "try again soon";
}

it("docs/sources.md has the reaction to every error code", () => {
  const table = Object.entries(errorCodes).map(
    ([code, { meaning, reaction, advice }]) =>
      `| ${code} | ${meaning} | ${inWords(reaction)}${advice === null ? "" : `. ${advice.replace(/\.$/, "")}`} |`,
  );
  const [, written] = readFileSync(file, "utf8").split(/<!-- \/?reactions -->\n/);
  expect(written).toBe(`${["| code | means | reaction |", "|---|---|---|", ...table].join("\n")}\n`);
});
