import type { PolicyStatement, ResourceGraph } from "../../packages/local-stage/src/graph/resource-graph.ts";
import { looksLikeSecret } from "./looks-like-secret.ts";
import {
  accountOf,
  each,
  functionNameOf,
  functionOf,
  nameOf,
  principalsOf,
  type Rule,
  record,
  records,
  resourcesOf,
  statementsOf,
  texts,
  types,
} from "./rule.ts";

const supportedRuntimes = ["nodejs24.x", "nodejs22.x"];
const keptDays = [30, 90, 365];

/** Actions that AWS knows on all resources only. */
const withoutResources = new Set([
  "sns:Unsubscribe",
  "xray:PutTraceSegments",
  "xray:PutTelemetryRecords",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeSubnets",
]);
/** Lambda manages a function's network interfaces with the function's role, and has no ids of them beforehand. */
const interfaceActions = new Set([
  "ec2:CreateNetworkInterface",
  "ec2:DeleteNetworkInterface",
  "ec2:AssignPrivateIpAddresses",
  "ec2:UnassignPrivateIpAddresses",
]);
/** AWS's own policies that services ask for by name: of the NAT instances' agent, and of API Gateway's log. */
const managedPolicies = [
  "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
  "arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs",
];
const secretName = /secret|password|passwd|token|api_?key|private_?key|credential/i;
/** Other ways to give a role rights, which rule 35 would not read: the stacks give all of them in the role itself. */
const looseRights = [
  "aws:iam/policy:Policy",
  "aws:iam/policyAttachment:PolicyAttachment",
  "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive",
  "aws:iam/rolePolicy:RolePolicy",
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  "aws:iam/user:User",
  "aws:iam/group:Group",
];
/** A service that polls a queue starts with five at once (AWS: Using Lambda with SQS). */
const leastForQueue = 5;
/** SST's key to the function's own bundle of links, which hold addresses and no secrets; rule 31 sees to that. */
const linksKey = "SST_KEY";

const ofFunctions = (
  id: number,
  title: string,
  sources: string,
  problem: Parameters<typeof each>[2],
): Rule => ({ id, title, sources, violations: graph => each(graph, types.function, problem) });

function roleOf(graph: ResourceGraph, functionName: unknown) {
  const role = functionOf(graph, functionName)?.inputs.role;
  return resourcesOf(graph, types.role).find(({ outputs }) => outputs.arn === role);
}

function inlineStatements(inputs: Record<string, unknown>): PolicyStatement[] {
  return records(inputs.inlinePolicies).flatMap(({ policy }) => statementsOf(policy));
}

function tooBroad(statement: PolicyStatement, all: readonly PolicyStatement[]): boolean {
  if (statement.Effect === "Deny") return false;
  if (statement.NotAction || statement.NotResource) return true;
  const actions = statement.Action ?? [];
  if (actions.some(action => action.includes("*"))) return true;
  if (actions.every(action => withoutResources.has(action))) return false;
  const resources = statement.Resource ?? [];
  if (actions.every(action => interfaceActions.has(action))) {
    const deniedToCode = all.some(
      other =>
        other.Effect === "Deny" &&
        actions.every(action => other.Action?.includes(action)) &&
        record(other.Condition?.ArnEquals)["lambda:SourceFunctionArn"] !== undefined,
    );
    return !deniedToCode || resources.includes("*");
  }
  return resources.length === 0 || resources.some(resource => isPattern(resource));
}

/** A log group's streams have no names beforehand; every other resource has. */
function isPattern(resource: string): boolean {
  const named = resource.startsWith("arn:aws:logs:") ? resource.replace(/:(log-stream:)?\*$/, "") : resource;
  // The ARN of all log groups ends in the same way.
  return named.includes("*") || named.includes("?") || named.endsWith(":log-group");
}

/** Functions that nobody waits for: what a schedule starts, and what no API, queue or deploy does. */
function asynchronousFunctions(graph: ResourceGraph): string[] {
  const namesIn = (type: string, property: string) =>
    resourcesOf(graph, type).map(({ inputs }) => functionNameOf(inputs[property]));
  const scheduled = resourcesOf(graph, types.schedule).map(({ inputs }) =>
    functionNameOf(record(inputs.target).arn),
  );
  const waitedFor = new Set([
    ...namesIn(types.mapping, "functionName"),
    ...namesIn(types.permission, "function"),
    ...namesIn("aws:lambda/invocation:Invocation", "functionName"),
  ]);
  const unattended = resourcesOf(graph, types.function)
    .map(({ inputs }) => String(inputs.name))
    .filter(name => !waitedFor.has(name));
  return [...new Set([...scheduled, ...unattended])];
}

export const functionRules: Rule[] = [
  ofFunctions(
    26,
    "Functions take part in traces",
    "CKV_AWS_50, serverless-rules WS1000, Lambda.7",
    inputs => record(inputs.tracingConfig).mode !== "Active" && "is not traced",
  ),
  {
    id: 27,
    title: "A function's share of the account's concurrency is fixed, and five at least for a queue",
    sources: "CKV_AWS_115, serverless-rules: SQS Lambda reserved concurrency",
    violations: graph => {
      const reading = new Set(
        resourcesOf(graph, types.mapping).map(({ inputs }) => functionNameOf(inputs.functionName)),
      );
      return each(graph, types.function, ({ name, reservedConcurrentExecutions }) => {
        const reserved = Number(reservedConcurrentExecutions);
        if (!(reserved >= 1)) return "has no reserved concurrency";
        return reading.has(String(name)) && reserved < leastForQueue && `reads a queue with ${reserved}`;
      });
    },
  },
  {
    id: 28,
    title: "What an asynchronous function failed to do is kept",
    sources: "CKV_AWS_116, serverless-rules: async Lambda without failure destination",
    violations: graph =>
      asynchronousFunctions(graph).flatMap(functionName => {
        const config = resourcesOf(graph, types.asyncConfig).find(
          ({ inputs }) => inputs.functionName === functionName,
        );
        const destination = record(record(config?.inputs.destinationConfig).onFailure).destination;
        if (!destination) return [`${functionName} fails without a trace`];
        const maySend = inlineStatements(roleOf(graph, functionName)?.inputs ?? {}).some(
          ({ Action, Resource }) =>
            Action?.includes("sqs:SendMessage") && Resource?.includes(String(destination)),
        );
        return maySend ? [] : [`${functionName} may not send to its failure destination`];
      }),
  },
  {
    id: 29,
    title: "Functions with a database are in the network, in two zones",
    sources: "CKV_AWS_117, Lambda.3, Lambda.5",
    violations: graph => {
      const withDatabase = graph.functions.filter(({ links }) =>
        Object.keys(links).some(link => link.endsWith("Database")),
      );
      if (withDatabase.length === 0) return ["no function is linked to the database"];
      const zones = new Map(
        resourcesOf(graph, types.subnet).map(({ id, inputs }) => [id, inputs.availabilityZone]),
      );
      return withDatabase
        .filter(({ functionName }) => {
          const network = record(functionOf(graph, functionName)?.inputs.vpcConfig);
          const ofFunction = new Set(texts(network.subnetIds).flatMap(id => zones.get(id) ?? []));
          return ofFunction.size < 2 || texts(network.securityGroupIds).length === 0;
        })
        .map(({ functionName }) => `${functionName} is not in two zones of the network`);
    },
  },
  ofFunctions(
    30,
    "Functions run on a supported Node.js",
    "CKV_AWS_363, AwsSolutions-L1, Lambda.2",
    inputs => !supportedRuntimes.includes(String(inputs.runtime)) && `runs on ${inputs.runtime}`,
  ),
  {
    id: 31,
    title: "No secret is in a function's environment or bundle",
    sources: "CKV_AWS_45",
    violations: graph => {
      const secrets = new Set(
        [
          ...resourcesOf(graph, "random:index/randomPassword:RandomPassword").map(
            ({ outputs }) => outputs.result,
          ),
          ...resourcesOf(graph, "aws:apigateway/apiKey:ApiKey").map(({ outputs }) => outputs.value),
        ].flatMap(texts),
      );
      const environment = each(graph, types.function, inputs => {
        const variables = Object.entries(record(record(inputs.environment).variables));
        const suspects = variables.filter(
          ([name, value]) =>
            name !== linksKey &&
            (secretName.test(name) || secrets.has(String(value)) || looksLikeSecret(String(value))),
        );
        return suspects.length > 0 && `holds ${suspects.map(([name]) => name).join(", ")}`;
      });
      const links = graph.functions.flatMap(({ functionName, links: linked }) =>
        Object.entries(linked).flatMap(([link, properties]) =>
          Object.entries(properties)
            .filter(
              ([name, value]) =>
                (secretName.test(name) && !name.endsWith("Arn")) ||
                secrets.has(String(value)) ||
                looksLikeSecret(String(value)),
            )
            .map(([name]) => `${functionName} is linked to ${link}, which hands on ${name}`),
        ),
      );
      return [...environment, ...links];
    },
  },
  {
    id: 32,
    title: "A service may call a function for one resource of ours only",
    sources: "CKV_AWS_301, CKV_AWS_364, Lambda.1",
    violations: graph =>
      each(graph, types.permission, inputs => {
        if (!String(inputs.principal).endsWith(".amazonaws.com")) return `lets ${inputs.principal} call`;
        return !inputs.sourceArn && `lets ${inputs.principal} call for anybody`;
      }),
  },
  ofFunctions(
    33,
    "Memory and timeout are chosen",
    "serverless-rules ES1005, ES1006",
    inputs =>
      (!(Number(inputs.memorySize) >= 128) || !(Number(inputs.timeout) >= 1)) && "has no memory or timeout",
  ),
  {
    id: 34,
    title: "Logs are kept for 30, 90 or 365 days, whoever writes them",
    sources: "CKV_AWS_66, CKV_AWS_338, serverless-rules WS1004, CloudWatch.16",
    violations: graph => {
      const groups = new Set(resourcesOf(graph, types.logGroup).map(({ inputs }) => inputs.name));
      const written = [
        ...resourcesOf(graph, types.function).map(({ inputs }) =>
          String(record(inputs.loggingConfig).logGroup),
        ),
        ...resourcesOf(graph, types.database).flatMap(({ inputs }) =>
          texts(inputs.enabledCloudwatchLogsExports).map(
            log => `/aws/rds/instance/${inputs.identifier}/${log}`,
          ),
        ),
        ...resourcesOf(graph, types.stage).map(
          ({ inputs }) => `API-Gateway-Execution-Logs_${inputs.restApi}/${inputs.stageName}`,
        ),
      ];
      return [
        ...each(
          graph,
          types.logGroup,
          ({ retentionInDays }) =>
            !keptDays.includes(Number(retentionInDays)) &&
            `keeps its lines for ${retentionInDays ?? "ever"} days`,
        ),
        ...written.filter(name => !groups.has(name)).map(name => `${name} is written to and never cleared`),
      ];
    },
  },
  {
    id: 35,
    title: "A role may do what it needs, on the resources that it needs",
    sources: "AwsSolutions-IAM5, serverless-rules WS1003, IAM.21, G8",
    violations: graph => [
      ...looseRights.flatMap(type =>
        resourcesOf(graph, type).map(resource => `${nameOf(resource)} gives rights outside of a role`),
      ),
      ...each(graph, types.role, inputs => {
        const statements = inlineStatements(inputs);
        const broad = statements.filter(statement => tooBroad(statement, statements));
        const managed = texts(inputs.managedPolicyArns).filter(arn => !managedPolicies.includes(arn));
        if (managed.length > 0) return `has ${managed.join(", ")}`;
        return broad.length > 0 && `allows too much: ${JSON.stringify(broad)}`;
      }),
    ],
  },
  {
    id: 36,
    title: "A role is taken on by one service, and by nobody of the account",
    sources: "CKV_AWS_60, CKV_AWS_61, G7, G11",
    violations: graph =>
      each(graph, types.role, (inputs, resource) => {
        const trusted = statementsOf(inputs.assumeRolePolicy);
        const principals = trusted.flatMap(principalsOf);
        if (principals.length !== 1 || !principals[0]?.endsWith(".amazonaws.com")) {
          return `trusts ${principals.join(", ") || "nobody"}`;
        }
        const isSchedule = principals[0] === "scheduler.amazonaws.com";
        const isOurs = trusted.every(
          ({ Condition }) => record(Condition?.StringEquals)["aws:SourceAccount"] === accountOf(resource),
        );
        return isSchedule && !isOurs && `lets schedules of other accounts use ${nameOf(resource)}`;
      }),
  },
];
