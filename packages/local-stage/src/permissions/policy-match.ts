import type { PolicyStatement } from "../graph/resource-graph.ts";

/**
 * Whether the statements allow the action on the resource: a matching Deny wins, then an Allow is needed.
 * Conditions are not evaluated: an Allow counts as if its condition held, a Deny as if it did not.
 */
export function isAllowed(statements: PolicyStatement[], action: string, resourceArn: string): boolean {
  const matching = statements.filter(statement => covers(statement, action, resourceArn));
  const denied = matching.some(({ Effect, Condition }) => Effect === "Deny" && Condition === undefined);
  return !denied && matching.some(({ Effect }) => Effect === "Allow");
}

function covers(statement: PolicyStatement, action: string, resourceArn: string): boolean {
  return (
    listCovers(statement.Action, statement.NotAction, action.toLowerCase(), pattern =>
      pattern.toLowerCase(),
    ) && listCovers(statement.Resource, statement.NotResource, resourceArn, pattern => pattern)
  );
}

function listCovers(
  included: string[] | undefined,
  excluded: string[] | undefined,
  value: string,
  normalise: (pattern: string) => string,
): boolean {
  const matches = (pattern: string) => wildcard(normalise(pattern)).test(value);
  if (included !== undefined) return included.some(matches);
  return excluded !== undefined && !excluded.some(matches);
}

/** IAM's `*` (any text) and `?` (any character). */
function wildcard(pattern: string): RegExp {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`, "s");
}
