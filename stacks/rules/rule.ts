import type {
  GraphResource,
  PolicyStatement,
  ResourceGraph,
} from "../../packages/local-stage/src/graph/resource-graph.ts";

/** One thing that must hold of what would be deployed. */
export type Rule = {
  id: number;
  title: string;
  /** Where it comes from: policies of checkov (CKV), cdk-nag (AwsSolutions), Security Hub, or our own reason. */
  sources: string;
  /** What does not hold, a sentence for each resource; nothing when the rule is kept. */
  violations(graph: ResourceGraph): string[];
};

type Inputs = Record<string, unknown>;

/** The resources of a type. */
export function resourcesOf(graph: ResourceGraph, type: string): GraphResource[] {
  return graph.resources.filter(resource => resource.type === type);
}

/** Names a resource as the stacks do. */
export function nameOf({ type, name }: GraphResource): string {
  return `${type.split(":").at(-1)} "${name}"`;
}

/** Holds each resource of a type to a condition; that there is none is a violation too, or the rule would be idle. */
export function each(
  graph: ResourceGraph,
  type: string,
  problem: (inputs: Inputs, resource: GraphResource) => string | false | undefined,
): string[] {
  const resources = resourcesOf(graph, type);
  if (resources.length === 0) return [`the stacks declare no ${type}`];
  return resources.flatMap(resource => {
    const found = problem(resource.inputs, resource);
    return found ? [`${nameOf(resource)} ${found}`] : [];
  });
}

/** A nested object, or an empty one. */
export function record(value: unknown): Inputs {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};
}

/** A list of objects, or an empty one. */
export function records(value: unknown): Inputs[] {
  return Array.isArray(value) ? value.map(record) : [];
}

/** A list of texts; a single text counts as a list of one. */
export function texts(value: unknown): string[] {
  return [value ?? []].flat().filter(item => typeof item === "string");
}

/** A JSON document in a property, or an empty object. */
export function json(value: unknown): Inputs {
  if (typeof value !== "string") return {};
  try {
    return record(JSON.parse(value));
  } catch {
    return {};
  }
}

/** The statements of a policy document, with one-or-many fields as lists. */
export function statementsOf(policy: unknown): PolicyStatement[] {
  const { Statement } = json(policy);
  return [Statement ?? []].flat().map(statement => {
    const { Action, Resource, NotAction, NotResource, ...rest } = record(statement);
    return {
      ...rest,
      ...(Action !== undefined && { Action: texts(Action) }),
      ...(Resource !== undefined && { Resource: texts(Resource) }),
      ...(NotAction !== undefined && { NotAction: texts(NotAction) }),
      ...(NotResource !== undefined && { NotResource: texts(NotResource) }),
      // IAM's grammar gives the rest of a statement.
    } as PolicyStatement;
  });
}

/** The principals of a statement, whatever their kind. */
export function principalsOf({ Principal }: PolicyStatement): string[] {
  return typeof Principal === "string" ? [Principal] : Object.values(record(Principal)).flatMap(texts);
}

/** The physical name of a function, from its ARN or as it is. */
export function functionNameOf(reference: unknown): string {
  return String(reference).replace(/^arn:aws:lambda:[^:]*:[^:]*:function:([^:]+).*$/, "$1");
}

/** The function with a physical name or ARN. */
export function functionOf(graph: ResourceGraph, reference: unknown): GraphResource | undefined {
  const name = functionNameOf(reference);
  return resourcesOf(graph, types.function).find(({ inputs }) => inputs.name === name);
}

/** Whether a policy refuses everybody who comes to a resource without TLS, for one of the actions or for all. */
export function deniesWithoutTls(
  statements: readonly PolicyStatement[],
  actions: readonly string[],
  resourceArn: unknown,
): boolean {
  return statements.some(
    statement =>
      statement.Effect === "Deny" &&
      principalsOf(statement).includes("*") &&
      [...actions, "*"].some(action => statement.Action?.includes(action)) &&
      statement.Resource?.some(resource => resource === "*" || resource === resourceArn) &&
      // A second condition would have to hold as well, and let the rest through.
      JSON.stringify(statement.Condition) === JSON.stringify({ Bool: { "aws:SecureTransport": "false" } }),
  );
}

/** The account of a resource, from its ARN. */
export function accountOf({ outputs }: GraphResource): string | undefined {
  return String(outputs.arn).split(":")[4];
}

/** The Pulumi types that rules speak of. */
export const types = {
  apiKey: "aws:apigateway/apiKey:ApiKey",
  alarm: "aws:cloudwatch/metricAlarm:MetricAlarm",
  asyncConfig: "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
  bucket: "aws:s3/bucket:Bucket",
  database: "aws:rds/instance:Instance",
  defaultSecurityGroup: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  distribution: "aws:cloudfront/distribution:Distribution",
  function: "aws:lambda/function:Function",
  instance: "aws:ec2/instance:Instance",
  invocation: "aws:lambda/invocation:Invocation",
  logGroup: "aws:cloudwatch/logGroup:LogGroup",
  mapping: "aws:lambda/eventSourceMapping:EventSourceMapping",
  method: "aws:apigateway/method:Method",
  parameterGroup: "aws:rds/parameterGroup:ParameterGroup",
  permission: "aws:lambda/permission:Permission",
  queue: "aws:sqs/queue:Queue",
  queuePolicy: "aws:sqs/queuePolicy:QueuePolicy",
  role: "aws:iam/role:Role",
  schedule: "aws:scheduler/schedule:Schedule",
  secret: "aws:secretsmanager/secret:Secret",
  securityGroup: "aws:ec2/securityGroup:SecurityGroup",
  stage: "aws:apigateway/stage:Stage",
  subnet: "aws:ec2/subnet:Subnet",
  subscription: "aws:sns/topicSubscription:TopicSubscription",
  topic: "aws:sns/topic:Topic",
  topicPolicy: "aws:sns/topicPolicy:TopicPolicy",
  usagePlan: "aws:apigateway/usagePlan:UsagePlan",
  vpc: "aws:ec2/vpc:Vpc",
} as const;

/** ARNs of the queues that take what something else gave up. */
export function deadLetterArns(graph: ResourceGraph): Set<string> {
  const redriven = [...resourcesOf(graph, types.queue), ...resourcesOf(graph, types.subscription)].map(
    ({ inputs }) => json(inputs.redrivePolicy).deadLetterTargetArn,
  );
  const scheduled = resourcesOf(graph, types.schedule).map(
    ({ inputs }) => record(record(inputs.target).deadLetterConfig).arn,
  );
  const failed = resourcesOf(graph, types.asyncConfig).map(
    ({ inputs }) => record(record(inputs.destinationConfig).onFailure).destination,
  );
  return new Set([...redriven, ...scheduled, ...failed].flatMap(texts));
}
