import { add, allow, change, changeRolePolicy, find, type Mistakes, remove } from "../change-graph.ts";

const lambda = (changed: Record<string, unknown>) =>
  change("lambda/function:Function", changed, "DataIngestionFunction");
const trust = (...principals: Record<string, string>[]) =>
  change(
    "iam/role:Role",
    {
      assumeRolePolicy: JSON.stringify({
        Statement: principals.map(Principal => ({ Effect: "Allow", Action: "sts:AssumeRole", Principal })),
      }),
    },
    "QueryProcessorRole",
  );

/** Against the rules of functions and roles. */
export const functionMistakes: Mistakes = {
  26: {
    "no traces": lambda({ tracingConfig: undefined }),
    "the caller's choice": lambda({ tracingConfig: { mode: "PassThrough" } }),
  },
  27: {
    "no share": lambda({ reservedConcurrentExecutions: undefined }),
    "two for a queue": change(
      "lambda/function:Function",
      { reservedConcurrentExecutions: 2 },
      "TrendAnalysisFunction",
    ),
  },
  28: {
    "of a schedule's function": remove("FunctionEventInvokeConfig", "OutboxDrainEventInvokeConfig"),
    "of an operator's function": remove("FunctionEventInvokeConfig", "HistoryBackfillEventInvokeConfig"),
    "no right to put it there": changeRolePolicy("OutboxDrainRole", "sqs:SendMessage", "sqs:GetQueueUrl"),
  },
  29: {
    "outside of the network": lambda({ vpcConfig: undefined }),
    "in one zone": graph => {
      const { id } = find(graph, "ec2/subnet:Subnet", "PrivateSubnet1");
      const { inputs } = find(graph, "lambda/function:Function", "DataIngestionFunction");
      inputs.vpcConfig = { ...Object(inputs.vpcConfig), subnetIds: [id, id] };
    },
  },
  30: { "an old Node.js": lambda({ runtime: "nodejs18.x" }) },
  31: {
    "a name of a secret": lambda({ environment: { variables: { CMC_API_KEY: "example" } } }),
    "a key of AWS": lambda({ environment: { variables: { HINT: `AKIA${"ABCDEFGH23456723"}` } } }),
    "random characters": lambda({ environment: { variables: { SEED: "q7Lk2ZtV9sXbN4wRy8GdPfHm3JcEaUoT" } } }),
    "the API's own key": graph => {
      const value = find(graph, "apigateway/apiKey:ApiKey").outputs.value;
      lambda({ environment: { variables: { CALLER: value } } })(graph);
    },
    "a link that hands it on": graph => {
      const [first] = graph.functions;
      if (first) first.links.Database = { password: "example" };
    },
  },
  32: {
    "any API of the service": change("lambda/permission:Permission", { sourceArn: undefined }),
    everybody: change("lambda/permission:Permission", { principal: "*" }),
  },
  33: {
    "no memory": lambda({ memorySize: undefined }),
    "no timeout": lambda({ timeout: undefined }),
  },
  34: {
    "a log that RDS makes": remove("LogGroup", "DatabaseLogGrouppostgresql"),
    "a log that API Gateway makes": remove("LogGroup", "ApiExecutionLog"),
    "for ever": change("LogGroup", { retentionInDays: undefined }),
    "for a day": change("LogGroup", { retentionInDays: 1 }),
  },
  35: {
    "all actions of SNS": changeRolePolicy("TrendAnalysisRole", "sns:Publish", "sns:*"),
    "all actions": allow("TrendAnalysisRole", { Action: "*", Resource: "arn:aws:sns:us-east-2:0:one" }),
    "all topics": allow("TrendAnalysisRole", { Action: "sns:Publish", Resource: "*" }),
    "all queues of the account": allow("TrendAnalysisRole", {
      Action: "sqs:SendMessage",
      Resource: "arn:aws:sqs:us-east-2:000000000000:*",
    }),
    "all logs": allow("TrendAnalysisRole", {
      Action: "logs:PutLogEvents",
      Resource: "arn:aws:logs:us-east-2:000000000000:log-group:*",
    }),
    "all but one": allow("TrendAnalysisRole", {
      NotAction: "iam:*",
      Resource: "arn:aws:sns:us-east-2:0:one",
    }),
    "network interfaces for the code": changeRolePolicy(
      "TrendAnalysisRole",
      "lambda:SourceFunctionArn",
      "aws:Other",
    ),
    "a managed policy": change(
      "iam/role:Role",
      { managedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"] },
      "TrendAnalysisRole",
    ),
    "a policy beside the role": add("aws:iam/rolePolicyAttachment:RolePolicyAttachment", {
      role: "TrendAnalysisRole",
      policyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
    }),
  },
  36: {
    "as SST has it": trust({ Service: "lambda.amazonaws.com" }, { AWS: "arn:aws:iam::000000000000:root" }),
    "another service": trust({ Service: "lambda.amazonaws.com" }, { Service: "ec2.amazonaws.com" }),
    everybody: trust({ AWS: "*" }),
    "schedules of any account": graph => {
      const { inputs } = find(graph, "iam/role:Role", "IngestionScheduleRole");
      inputs.assumeRolePolicy = String(inputs.assumeRolePolicy).replaceAll("aws:SourceAccount", "aws:Other");
    },
  },
};
