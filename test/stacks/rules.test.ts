import type { ResourceGraph } from "@vibe-charting/local-stage";
import { beforeAll, describe, expect, it } from "vitest";
import { checkRules, rules } from "../../stacks/rules/check-rules.ts";
import { stageKinds, waivers } from "../../stacks/rules/waivers.ts";
import { keepWaivedRules } from "./keep-waived-rules.ts";
import { mistakes } from "./mutations/index.ts";
import { stageGraph } from "./stage-graph.ts";
import { summarise } from "./summarise.ts";

/** IAM, security groups, TLS, encryption, dead letters, alarms and the retention of logs are never waived. */
const neverWaived = [
  1, 10, 12, 13, 16, 17, 18, 19, 20, 23, 24, 25, 28, 34, 35, 36, 46, 47, 48, 49, 51, 52, 54, 56, 59,
];

describe.each(stageKinds)("the stacks of %s", kind => {
  let graph: ResourceGraph;
  beforeAll(async () => {
    graph = await stageGraph(kind);
  });

  it("keep all rules but those that are waived, and need each waiver", () => {
    const results = checkRules(graph, kind);
    expect({
      broken: results.flatMap(({ rule, broken }) => broken.map(violation => `${rule.id}: ${violation}`)),
      waived: results.flatMap(({ waived }) => waived),
    }).toEqual({ broken: [], waived: waivers.filter(({ stages }) => stages.includes(kind)) });
  });

  it("declare what they declared before", async () => {
    // To take on an intended change: vitest run --config vitest.workspace.ts --project end-to-end stacks -u
    await expect(summarise(graph)).toMatchFileSnapshot(`snapshots/${kind}.txt`);
  });
});

describe("the rules", () => {
  it("are the 53 of the design and the 6 of the page, each once", () => {
    expect(rules.map(({ id }) => id)).toEqual(Array.from({ length: 59 }, (_, index) => index + 1));
  });

  it("that matter most are never waived", () => {
    expect(waivers.filter(({ rule }) => neverWaived.includes(rule))).toEqual([]);
  });

  describe("of a stage that keeps them all", () => {
    let kept: ResourceGraph;
    beforeAll(async () => {
      kept = await stageGraph("production-multi-az");
      for (const keep of keepWaivedRules) keep(kept);
    });

    it.each(rules)("$id. $title: holds", ({ violations }) => {
      expect(violations(kept)).toEqual([]);
    });

    it.each(
      rules.flatMap(rule =>
        Object.entries(mistakes[rule.id] ?? { "no mistake is known": () => {} }).map(([mistake, change]) => ({
          id: rule.id,
          mistake,
          change,
          violations: rule.violations,
        })),
      ),
    )("$id fails on $mistake", ({ change, violations }) => {
      const changed = structuredClone(kept);
      change(changed);
      expect(violations(changed)).not.toEqual([]);
    });
  });
});
