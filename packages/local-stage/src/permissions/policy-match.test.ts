import { expect, it } from "vitest";
import type { PolicyStatement } from "../graph/resource-graph.ts";
import { isAllowed } from "./policy-match.ts";

const topic = "arn:aws:sns:us-east-2:000000000000:signals";
const allow = (Action: string[], Resource: string[] = [topic]): PolicyStatement => ({
  Effect: "Allow",
  Action,
  Resource,
});

it.each<[string, PolicyStatement[], boolean]>([
  ["nothing is said", [], false],
  ["action and resource are named", [allow(["sns:Publish"])], true],
  ["the action's case differs", [allow(["SNS:publish"])], true],
  ["the action is another", [allow(["sns:Subscribe"])], false],
  ["the action is a pattern", [allow(["sns:P*"])], true],
  ["the resource is another", [allow(["sns:Publish"], [`${topic}-2`])], false],
  ["the resource is a pattern", [allow(["sns:Publish"], ["arn:aws:sns:*:*:signal?"])], true],
  ["a dot in a pattern is a dot", [allow(["sns:Publish"], [topic.replace("signals", "signal.")])], false],
  ["all but other actions", [{ Effect: "Allow", NotAction: ["sqs:*"], Resource: ["*"] }], true],
  ["all but this resource", [{ Effect: "Allow", Action: ["sns:*"], NotResource: [topic] }], false],
  ["a deny wins", [allow(["*"], ["*"]), { Effect: "Deny", Action: ["sns:*"], Resource: ["*"] }], false],
])("when %s, the answer is right", (_case, statements, expected) => {
  expect(isAllowed(statements, "sns:Publish", topic)).toBe(expected);
});
