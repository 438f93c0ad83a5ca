import type { GraphResource } from "../graph/resource-graph.ts";
import { LocalStageError } from "../local-stage-error.ts";
import { describeResource, isRecord, parseJson } from "../resource-reader.ts";

// AWS: sns/latest/dg/subscription-filter-policy-constraints.html
const MAX_KEYS = 5;
const MAX_COMBINATIONS = 150;

/** Refuses a filter policy that SNS refuses, or that can never match. */
export function checkFilterPolicy(resource: GraphResource, text: string, scope: string): void {
  const policy = parseJson(resource, "filterPolicy", text);
  if (!isRecord(policy)) fail(resource, `its filterPolicy is not an object: ${text}`);
  const counts = countValues(resource, policy, "", scope);
  if (counts.length > MAX_KEYS) fail(resource, `its filterPolicy has ${counts.length} keys; SNS allows 5`);
  const combinations = counts.reduce((product, count) => product * count, 1);
  if (combinations > MAX_COMBINATIONS) {
    fail(resource, `its filterPolicy has ${combinations} combinations of values; SNS allows 150`);
  }
}

function countValues(
  resource: GraphResource,
  policy: Record<string, unknown>,
  prefix: string,
  scope: string,
): number[] {
  return Object.entries(policy).flatMap(([key, values]) => {
    const path = `${prefix}${key}`;
    if (Array.isArray(values)) {
      if (values.length === 0)
        fail(resource, `its filterPolicy has no value for "${path}", so nothing passes`);
      if (key === "$or") {
        return values.flatMap(branch =>
          isRecord(branch) ? countValues(resource, branch, `${path}.`, scope) : [],
        );
      }
      return [values.length];
    }
    // Nested keys exist only in bodies.
    if (isRecord(values) && scope === "MessageBody") {
      if (Object.keys(values).length === 0) fail(resource, `its filterPolicy has no value for "${path}"`);
      return countValues(resource, values, `${path}.`, scope);
    }
    return fail(resource, `its filterPolicy gives "${path}" no list of values`);
  });
}

function fail(resource: GraphResource, problem: string): never {
  throw new LocalStageError(
    `${describeResource(resource)}: ${problem}; look at the subscription's filter in stacks/.`,
  );
}
