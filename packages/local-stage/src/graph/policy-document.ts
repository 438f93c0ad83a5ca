import type { PolicyStatement } from "./resource-graph.ts";

/** The arguments of `aws.iam.getPolicyDocument` that a rendered document depends on. */
export interface PolicyDocumentArguments {
  policyId?: string;
  version?: string;
  statements?: StatementArguments[];
  sourcePolicyDocuments?: string[];
  overridePolicyDocuments?: string[];
}

interface StatementArguments {
  sid?: string;
  effect?: string;
  actions?: string[];
  notActions?: string[];
  resources?: string[];
  notResources?: string[];
  principals?: PrincipalArguments[];
  notPrincipals?: PrincipalArguments[];
  conditions?: { test: string; variable: string; values: string[] }[];
}

interface PrincipalArguments {
  type: string;
  identifiers: string[];
}

interface PolicyDocument {
  Version: string;
  Id?: string;
  Statement: unknown[];
}

/** Renders IAM policy JSON as the AWS provider does: single-element lists become strings, empty fields are left out. */
export function renderPolicyDocument(args: PolicyDocumentArguments): PolicyDocument {
  const sources = (args.sourcePolicyDocuments ?? []).flatMap(statementsOfJson);
  const overrides = (args.overridePolicyDocuments ?? []).flatMap(statementsOfJson);
  const statements = [...sources, ...(args.statements ?? []).map(renderStatement)];
  for (const override of overrides) {
    const index = statements.findIndex(({ Sid }) => Sid !== undefined && Sid === override.Sid);
    if (index === -1) statements.push(override);
    else statements[index] = override;
  }
  return {
    Version: args.version ?? "2012-10-17",
    ...(args.policyId && { Id: args.policyId }),
    Statement: statements,
  };
}

type RenderedStatement = Record<string, unknown>;

function renderStatement(statement: StatementArguments): RenderedStatement {
  const rendered: RenderedStatement = {
    Sid: statement.sid || undefined,
    Effect: statement.effect ?? "Allow",
    Action: oneOrMany(statement.actions),
    NotAction: oneOrMany(statement.notActions),
    Resource: oneOrMany(statement.resources),
    NotResource: oneOrMany(statement.notResources),
    Principal: renderPrincipals(statement.principals),
    NotPrincipal: renderPrincipals(statement.notPrincipals),
    Condition: renderConditions(statement.conditions),
  };
  return Object.fromEntries(Object.entries(rendered).filter(([, value]) => value !== undefined));
}

function renderPrincipals(principals: PrincipalArguments[] | undefined): unknown {
  if (!principals?.length) return undefined;
  const byType: Record<string, string[]> = {};
  for (const { type, identifiers } of principals) {
    // `{type: "*", identifiers: ["*"]}` is the anonymous principal, which IAM writes as a bare "*".
    if (type === "*") return "*";
    byType[type] = [...(byType[type] ?? []), ...identifiers];
  }
  return Object.fromEntries(Object.entries(byType).map(([type, ids]) => [type, oneOrMany(ids)]));
}

function renderConditions(conditions: StatementArguments["conditions"]): unknown {
  if (!conditions?.length) return undefined;
  const byTest: Record<string, Record<string, string | string[] | undefined>> = {};
  for (const { test, variable, values } of conditions) {
    byTest[test] = { ...byTest[test], [variable]: oneOrMany(values) };
  }
  return byTest;
}

function oneOrMany(values: string[] | undefined): string | string[] | undefined {
  if (!values?.length) return undefined;
  return values.length === 1 ? values[0] : values;
}

function statementsOfJson(json: string): RenderedStatement[] {
  // JSON of a policy document; its shape is IAM's, and a malformed one fails below where it is read.
  const { Statement } = JSON.parse(json) as { Statement?: RenderedStatement | RenderedStatement[] };
  return Statement === undefined ? [] : [Statement].flat();
}

/** The statements of a policy document in JSON, with one-or-many fields as lists. */
export function parsePolicyStatements(json: string): PolicyStatement[] {
  return statementsOfJson(json).map(statement => {
    const normalised = { ...statement };
    for (const field of ["Action", "NotAction", "Resource", "NotResource"]) {
      if (statement[field] !== undefined) normalised[field] = [statement[field]].flat();
    }
    // IAM's own grammar gives the remaining fields.
    return normalised as unknown as PolicyStatement;
  });
}
