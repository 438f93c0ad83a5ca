import type { BuildRequest, BuiltFunction } from "./bundle-function.ts";
import { managedPolicyStatements } from "./managed-policies.ts";
import { parsePolicyStatements } from "./policy-document.ts";
import type { FunctionBuild, GraphResource, PolicyStatement } from "./resource-graph.ts";

/** Joins what was bundled with what the stacks declare about each function. */
export function functionBuilds(
  resources: GraphResource[],
  built: { request: BuildRequest; bundle: BuiltFunction }[],
): FunctionBuild[] {
  const byUrn = new Map(resources.map(resource => [resource.urn, resource]));
  const bundles = new Map(built.map(entry => [entry.request.functionID, entry]));
  const builds: FunctionBuild[] = [];
  for (const lambda of resources) {
    if (lambda.type !== "aws:lambda/function:Function") continue;
    const component = byUrn.get(lambda.parent ?? "");
    const entry = bundles.get(component?.name ?? "");
    // A raw aws.lambda.Function brings code of its own, which nothing here has bundled.
    if (!entry) continue;
    builds.push(functionBuild(lambda, entry, resources));
  }
  return builds;
}

function functionBuild(
  { outputs }: GraphResource,
  { request, bundle }: { request: BuildRequest; bundle: BuiltFunction },
  resources: GraphResource[],
): FunctionBuild {
  const functionName = String(outputs.name);
  const roleArn = String(outputs.role);
  const roleName = roleArn.split("/").at(-1) ?? "";
  return {
    functionName,
    resourceName: request.functionID,
    handler: request.handler,
    bundleDirectory: bundle.out,
    entry: bundle.entry,
    runtime: String(outputs.runtime),
    timeoutSeconds: Number(outputs.timeout),
    memoryMegabytes: Number(outputs.memorySize),
    environment: environmentOf(functionName, outputs, resources),
    links: request.links,
    roleName,
    policies: policiesOf(roleName, resources),
  };
}

function environmentOf(
  functionName: string,
  outputs: Record<string, unknown>,
  resources: GraphResource[],
): Record<string, string> {
  // The provider's schema: environment is {variables: Record<string, string>}.
  const { variables } = (outputs.environment ?? {}) as { variables?: Record<string, string> };
  // Function.addEnvironment() changes the variables of a function that exists, through a resource of its own.
  const updates = resources
    .filter(
      ({ type, inputs }) => type === "pulumi-nodejs:dynamic:Resource" && inputs.functionName === functionName,
    )
    .map(({ inputs }) => inputs.environment as Record<string, string>);
  const environment = Object.assign({}, variables, ...updates) as Record<string, string>;
  // They name the encrypted file of links in the zip; the local stage hands the links over in the clear.
  delete environment.SST_KEY;
  delete environment.SST_KEY_FILE;
  return environment;
}

function policiesOf(roleName: string, resources: GraphResource[]): PolicyStatement[] {
  const role = resources.find(({ type, id }) => type === "aws:iam/role:Role" && id === roleName);
  // The provider's schema for the role's two lists.
  const { inlinePolicies = [], managedPolicyArns = [] } = (role?.outputs ?? {}) as {
    inlinePolicies?: { policy?: string }[];
    managedPolicyArns?: string[];
  };
  const attached = resources.filter(
    ({ type, outputs }) =>
      (type === "aws:iam/rolePolicy:RolePolicy" ||
        type === "aws:iam/rolePolicyAttachment:RolePolicyAttachment") &&
      outputs.role === roleName,
  );
  const documents = [
    ...inlinePolicies.map(({ policy }) => policy),
    ...attached.map(({ outputs }) => outputs.policy),
  ];
  const arns = [...managedPolicyArns, ...attached.map(({ outputs }) => outputs.policyArn)];
  return [
    ...documents.flatMap(statementsOf),
    ...arns.filter(arn => typeof arn === "string").flatMap(arn => statementsOfManaged(arn, resources)),
  ];
}

function statementsOfManaged(arn: string, resources: GraphResource[]): PolicyStatement[] {
  const own = resources.find(({ type, id }) => type === "aws:iam/policy:Policy" && id === arn);
  return own ? statementsOf(own.outputs.policy) : managedPolicyStatements(arn);
}

function statementsOf(document: unknown): PolicyStatement[] {
  if (document === undefined || document === null) return [];
  return parsePolicyStatements(typeof document === "string" ? document : JSON.stringify(document));
}
