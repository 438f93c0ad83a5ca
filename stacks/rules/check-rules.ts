import type { ResourceGraph } from "../../packages/local-stage/src/graph/resource-graph.ts";
import { apiRules } from "./api-rules.ts";
import { databaseRules } from "./database-rules.ts";
import { functionRules } from "./function-rules.ts";
import { messagingRules } from "./messaging-rules.ts";
import { platformRules } from "./platform-rules.ts";
import type { Rule } from "./rule.ts";
import { siteRules } from "./site-rules.ts";
import { type StageKind, type Waiver, waivers } from "./waivers.ts";

/** All rules, by their ids. */
export const rules: readonly Rule[] = [
  ...databaseRules,
  ...messagingRules,
  ...functionRules,
  ...apiRules,
  ...platformRules,
  ...siteRules,
].sort((one, other) => one.id - other.id);

/** How a graph stands to one rule. */
export type RuleResult = {
  rule: Rule;
  /** What neither holds nor is waived. */
  broken: string[];
  /** The waivers that were needed. */
  waived: Waiver[];
};

/** Holds a graph to all rules, with the waivers of its kind of stage. */
export function checkRules(graph: ResourceGraph, kind: StageKind): RuleResult[] {
  return rules.map(rule => {
    const allowed = waivers.filter(waiver => waiver.rule === rule.id && waiver.stages.includes(kind));
    const violations = rule.violations(graph);
    return {
      rule,
      broken: violations.filter(violation => !allowed.some(({ matching }) => matching.test(violation))),
      waived: allowed.filter(({ matching }) => violations.some(violation => matching.test(violation))),
    };
  });
}
