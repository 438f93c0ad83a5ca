/** What `sst.config.ts` declares for one stage, with every Output resolved and secrets in the clear. Plain JSON. */
export interface ResourceGraph {
  app: { name: string; stage: string };
  region: string;
  /** Sorted by URN, so that equal stacks give equal graphs. */
  resources: GraphResource[];
  functions: FunctionBuild[];
}

/** A resource or component. `type` is the Pulumi token, such as `aws:sqs/queue:Queue`. */
export interface GraphResource {
  urn: string;
  type: string;
  /** The logical name, as given in the stack or derived by the component. */
  name: string;
  /** URN of the component that contains it, or null at the top level. */
  parent: string | null;
  /** The provider's id; empty for components, which have none. */
  id: string;
  inputs: Record<string, unknown>;
  outputs: Record<string, unknown>;
  /** Set where a deploy must not delete it. */
  protect?: true;
  /** Set where a successor is made only after it has gone. */
  deleteBeforeReplace?: true;
  /** Logical names of the resources for which a deploy waits, as the stacks say in `dependsOn`. */
  dependsOn?: string[];
}

/** A Lambda function with its bundle, as much as is needed to run it without AWS. */
export interface FunctionBuild {
  /** The physical Lambda name. */
  functionName: string;
  /** The logical name of the `sst.aws.Function`. */
  resourceName: string;
  /** The handler's source path and export, as the stack gives them. */
  handler: string;
  /** Absolute path of what would be the root of the Lambda zip, `copyFiles` included. */
  bundleDirectory: string;
  entry: { file: string; exportName: string };
  runtime: string;
  timeoutSeconds: number;
  memoryMegabytes: number;
  /** The function's own variables; those that point Lambda to SST's encrypted links are left out. */
  environment: Record<string, string>;
  /** Linked resources by name, with the properties that `Resource.<name>` gives. */
  links: Record<string, Record<string, unknown>>;
  roleName: string;
  /** What the role allows and denies: inline, attached and the AWS-managed policies that SST uses. */
  policies: PolicyStatement[];
}

/** An IAM statement with its one-or-many fields always as lists. */
export interface PolicyStatement {
  Sid?: string;
  Effect: "Allow" | "Deny";
  Action?: string[];
  NotAction?: string[];
  Resource?: string[];
  NotResource?: string[];
  Principal?: unknown;
  NotPrincipal?: unknown;
  Condition?: Record<string, Record<string, string | string[]>>;
}

/** The resources of one Pulumi type, sorted by URN. */
export function resourcesOf(graph: ResourceGraph, type: string): GraphResource[] {
  return graph.resources.filter(resource => resource.type === type);
}

/** The one resource with this type and logical name; an error when the stacks declare none. */
export function resourceNamed(graph: ResourceGraph, type: string, name: string): GraphResource {
  const found = graph.resources.find(resource => resource.type === type && resource.name === name);
  if (found) return found;
  const names = resourcesOf(graph, type).map(resource => resource.name);
  throw new Error(
    `The stacks declare no ${type} named "${name}". Declared: ${names.join(", ") || "none of that type"}.`,
  );
}

/** The direct children of a component. */
export function childrenOf(graph: ResourceGraph, urn: string): GraphResource[] {
  return graph.resources.filter(resource => resource.parent === urn);
}

/** Finds a resource by any of its identities: provider id, ARN, or URL. */
export function resourceByIdentity(graph: ResourceGraph, identity: string): GraphResource | undefined {
  return graph.resources.find(
    ({ id, outputs }) => id === identity || outputs.arn === identity || outputs.url === identity,
  );
}

/** Finds a function by physical name, logical name or ARN (with or without a version). */
export function functionNamed(graph: ResourceGraph, name: string): FunctionBuild | undefined {
  const physical = /^arn:[^:]+:lambda:[^:]*:[^:]*:function:([^:]+)/.exec(name)?.[1] ?? name;
  return graph.functions.find(build => build.functionName === physical || build.resourceName === physical);
}
