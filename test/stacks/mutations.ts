import type { GraphResource, ResourceGraph } from "@vibe-charting/local-stage";

type Change = (graph: ResourceGraph) => void;

/** Changes the inputs of a type's first resource, or of the one with a name. */
function change(type: string, changed: Record<string, unknown>, name?: string): Change {
  return graph => {
    Object.assign(find(graph, type, name).inputs, changed);
  };
}

function find(graph: ResourceGraph, type: string, name?: string): GraphResource {
  const found = graph.resources.find(
    resource => resource.type.endsWith(type) && (name === undefined || resource.name === name),
  );
  if (!found) throw new Error(`The graph has no ${type} ${name ?? ""}`);
  return found;
}

function remove(type: string, name?: string): Change {
  return graph => {
    const gone = find(graph, type, name);
    graph.resources = graph.resources.filter(resource => resource !== gone);
  };
}

function add(type: string, inputs: Record<string, unknown>): Change {
  return graph => {
    graph.resources.push({
      urn: `${type}::Added`,
      type,
      name: "Added",
      parent: null,
      id: "added",
      inputs,
      outputs: inputs,
    });
  };
}

/** Changes the policy in a property, which is JSON. */
function changePolicy(type: string, name: string, property: string, from: string, to: string): Change {
  return graph => {
    const resource = find(graph, type, name);
    const policy = String(resource.inputs[property]);
    if (!policy.includes(from)) throw new Error(`${name} says nothing of ${from}: ${policy}`);
    resource.inputs[property] = policy.replaceAll(from, to);
  };
}

function changeRolePolicy(name: string, from: string, to: string): Change {
  return graph => {
    const role = find(graph, "iam/role:Role", name);
    const policies = JSON.stringify(role.inputs.inlinePolicies);
    if (!policies.includes(from)) throw new Error(`${name} says nothing of ${from}`);
    role.inputs.inlinePolicies = JSON.parse(policies.replaceAll(from, to));
  };
}

const database = (changed: Record<string, unknown>) => change("rds/instance:Instance", changed);
const parameters = (...entries: [string, string][]) =>
  change("ParameterGroup", { parameters: entries.map(([name, value]) => ({ name, value })) });
const lambda = (changed: Record<string, unknown>) =>
  change("lambda/function:Function", changed, "DataIngestionFunction");

/** What keeps the rules that the product waives, so that each rule can be seen to hold and then to fail. */
export const keepWaivedRules: Change[] = [
  graph => {
    const [stage] = graph.resources.filter(({ type }) => type.endsWith("apigateway/stage:Stage"));
    add("aws:wafv2/webAclAssociation:WebAclAssociation", { resourceArn: stage?.outputs.arn })(graph);
  },
  graph => {
    for (const { type, id } of [...graph.resources]) {
      if (type.endsWith(":Secret")) {
        add("aws:secretsmanager/secretRotation:SecretRotation", { secretId: id })(graph);
      }
    }
  },
  graph => {
    for (const { type, inputs } of graph.resources) {
      if (type.endsWith("apigateway/method:Method") && inputs.httpMethod !== "OPTIONS") {
        inputs.apiKeyRequired = true;
      }
      if (type.endsWith(":IntegrationResponse") || type.endsWith("apigateway/response:Response")) {
        inputs.responseParameters = JSON.parse(
          JSON.stringify(inputs.responseParameters).replaceAll("'*'", "'https://vibe-charting.com'"),
        );
      }
    }
  },
];

/** For each rule, by its id, a change of the stacks that breaks it. */
export const mutations: Record<number, Change> = {
  1: database({ storageEncrypted: false }),
  2: database({ publiclyAccessible: true }),
  3: database({ deletionProtection: false }),
  4: database({ backupRetentionPeriod: 1 }),
  5: database({ skipFinalSnapshot: true }),
  6: database({ autoMinorVersionUpgrade: false }),
  7: database({ copyTagsToSnapshot: false }),
  8: database({ enabledCloudwatchLogsExports: ["upgrade"] }),
  9: database({ iamDatabaseAuthenticationEnabled: false }),
  10: parameters(["rds.force_ssl", "0"]),
  11: parameters(["rds.force_ssl", "1"], ["log_statement", "none"]),
  12: database({ caCertIdentifier: "rds-ca-2019" }),
  13: change(
    "securityGroup:SecurityGroup",
    { ingress: [{ fromPort: 5432, toPort: 5432, cidrBlocks: ["10.0.0.0/16"] }] },
    "DatabaseSecurityGroup",
  ),
  14: database({ username: "postgres" }),
  15: database({ multiAz: false }),
  16: change("sqs/queue:Queue", { sqsManagedSseEnabled: false }),
  17: change("sqs/queue:Queue", { redrivePolicy: undefined }, "AnalysisQueueQueue"),
  18: changePolicy("QueuePolicy", "AnalysisQueuePolicy", "policy", "aws:SourceArn", "aws:SourceAccount"),
  19: changePolicy("QueuePolicy", "UndeliveredQueuePolicy", "policy", `"Deny"`, `"Allow"`),
  20: change("sqs/queue:Queue", { messageRetentionSeconds: 345_600 }, "AnalysisDeadLetterQueueQueue"),
  21: change("sqs/queue:Queue", { visibilityTimeoutSeconds: 30 }, "AnalysisQueueQueue"),
  22: change("EventSourceMapping", { scalingConfig: { maximumConcurrency: 50 } }),
  23: change("sns/topic:Topic", { kmsMasterKeyId: undefined }),
  24: changePolicy("TopicPolicy", "OperationsTopicPolicy", "policy", "cloudwatch.amazonaws.com", "*"),
  25: remove("QueuePolicy", "UndeliveredPricesQueuePolicy"),
  26: lambda({ tracingConfig: { mode: "PassThrough" } }),
  27: lambda({ reservedConcurrentExecutions: undefined }),
  28: remove("FunctionEventInvokeConfig", "OutboxDrainEventInvokeConfig"),
  29: lambda({ vpcConfig: undefined }),
  30: lambda({ runtime: "nodejs18.x" }),
  31: lambda({ environment: { variables: { CMC_API_KEY: "0123456789abcdef" } } }),
  32: change("lambda/permission:Permission", { sourceArn: undefined }),
  33: lambda({ memorySize: undefined }),
  34: remove("LogGroup", "DatabaseLogGrouppostgresql"),
  35: changeRolePolicy("TrendAnalysisRole", "sns:Publish", "sns:*"),
  36: change(
    "iam/role:Role",
    {
      assumeRolePolicy: JSON.stringify({
        Statement: [
          { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } },
          { Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: "arn:aws:iam::000000000000:root" } },
        ],
      }),
    },
    "QueryProcessorRole",
  ),
  37: change("apigateway/stage:Stage", { accessLogSettings: undefined }),
  38: change("apigateway/stage:Stage", { xrayTracingEnabled: false }),
  39: change("MethodSettings", {
    methodPath: "*/*",
    settings: { loggingLevel: "INFO", metricsEnabled: true, dataTraceEnabled: true },
  }),
  40: graph => {
    const route = graph.resources.find(
      ({ type, inputs }) => type.endsWith("apigateway/method:Method") && inputs.httpMethod === "POST",
    );
    if (route) route.inputs.apiKeyRequired = false;
  },
  41: change("apigateway/model:Model", { schema: "{}" }),
  42: change("IntegrationResponse", {
    responseParameters: { "method.response.header.Access-Control-Allow-Origin": "'*'" },
  }),
  43: remove("WebAclAssociation"),
  44: change("secretsmanager/secret:Secret", { recoveryWindowInDays: 0 }),
  45: remove("FlowLog"),
  46: change("DefaultSecurityGroup", { ingress: [{ protocol: "-1", cidrBlocks: ["10.0.0.0/16"] }] }),
  47: change(
    "securityGroup:SecurityGroup",
    { ingress: [{ description: "NAT", fromPort: 0, toPort: 0, protocol: "-1", cidrBlocks: ["0.0.0.0/0"] }] },
    "NatSecurityGroup",
  ),
  48: change(
    "securityGroup:SecurityGroup",
    { egress: [{ description: "All", protocol: "-1", cidrBlocks: ["0.0.0.0/0"] }] },
    "LambdaSecurityGroup",
  ),
  49: change("ec2/instance:Instance", { metadataOptions: { httpTokens: "optional" } }),
  50: change("ec2/subnet:Subnet", { mapPublicIpOnLaunch: true }),
  51: remove("MetricAlarm", "HeartbeatAlarm"),
  52: change("scheduler/schedule:Schedule", {
    target: { arn: "arn:aws:lambda:us-east-2:000000000000:function:data-ingestion", retryPolicy: {} },
  }),
  53: graph => {
    find(graph, "apigateway/deployment:Deployment").deleteBeforeReplace = true;
  },
};
