import type { PolicyStatement, ResourceGraph } from "../../packages/local-stage/src/graph/resource-graph.ts";
import {
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
  // A log group's streams have no names beforehand.
  return resources.some(
    resource => resource.replace(/:(log-stream:)?\*$/, "").includes("*") || resource === "*",
  );
}

export const functionRules: Rule[] = [
  ofFunctions(
    26,
    "Functions take part in traces",
    "CKV_AWS_50, serverless-rules WS1000, Lambda.7",
    inputs => record(inputs.tracingConfig).mode !== "Active" && "is not traced",
  ),
  ofFunctions(
    27,
    "A function's share of the account's concurrency is fixed",
    "CKV_AWS_115",
    inputs => !(Number(inputs.reservedConcurrentExecutions) >= 1) && "has no reserved concurrency",
  ),
  {
    id: 28,
    title: "What an asynchronous function failed to do is kept",
    sources: "CKV_AWS_116, serverless-rules: async Lambda without failure destination",
    violations: graph =>
      each(graph, types.schedule, ({ target }) => {
        const functionName = functionNameOf(record(target).arn);
        const config = resourcesOf(graph, types.asyncConfig).find(
          ({ inputs }) => inputs.functionName === functionName,
        );
        const destination = record(record(config?.inputs.destinationConfig).onFailure).destination;
        if (!destination) return `starts ${functionName}, whose failures go nowhere`;
        const maySend = inlineStatements(roleOf(graph, functionName)?.inputs ?? {}).some(
          ({ Action, Resource }) =>
            Action?.includes("sqs:SendMessage") && Resource?.includes(String(destination)),
        );
        return !maySend && `starts ${functionName}, which may not send to its failure destination`;
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
      return withDatabase
        .filter(({ functionName }) => {
          const network = record(functionOf(graph, functionName)?.inputs.vpcConfig);
          return texts(network.subnetIds).length < 2 || texts(network.securityGroupIds).length === 0;
        })
        .map(({ functionName }) => `${functionName} is not in two subnets of the network`);
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
          ([name, value]) => name !== linksKey && (secretName.test(name) || secrets.has(String(value))),
        );
        return suspects.length > 0 && `holds ${suspects.map(([name]) => name).join(", ")}`;
      });
      const links = graph.functions.flatMap(({ functionName, links: linked }) =>
        Object.entries(linked).flatMap(([link, properties]) =>
          Object.entries(properties)
            .filter(
              ([name, value]) =>
                (secretName.test(name) && !name.endsWith("Arn")) || secrets.has(String(value)),
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
    violations: graph =>
      each(graph, types.role, inputs => {
        const statements = inlineStatements(inputs);
        const broad = statements.filter(statement => tooBroad(statement, statements));
        const managed = texts(inputs.managedPolicyArns).filter(arn => !managedPolicies.includes(arn));
        if (managed.length > 0) return `has ${managed.join(", ")}`;
        return broad.length > 0 && `allows too much: ${JSON.stringify(broad)}`;
      }),
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
        const isOurs = trusted.every(({ Condition }) => record(Condition?.StringEquals)["aws:SourceAccount"]);
        return isSchedule && !isOurs && `lets schedules of other accounts use ${nameOf(resource)}`;
      }),
  },
];
