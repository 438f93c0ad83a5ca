import type { PolicyStatement } from "./resource-graph.ts";

// From the AWS managed policy reference: the policies that SST attaches to function roles.
const basicExecution: PolicyStatement = {
  Effect: "Allow",
  Action: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
  Resource: ["*"],
};

const statementsByName: Record<string, PolicyStatement[]> = {
  AWSLambdaBasicExecutionRole: [basicExecution],
  AWSLambdaVPCAccessExecutionRole: [
    {
      Effect: "Allow",
      Action: [
        ...(basicExecution.Action ?? []),
        "ec2:CreateNetworkInterface",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeSubnets",
        "ec2:DeleteNetworkInterface",
        "ec2:AssignPrivateIpAddresses",
        "ec2:UnassignPrivateIpAddresses",
      ],
      Resource: ["*"],
    },
  ],
  AWSXRayDaemonWriteAccess: [
    {
      Effect: "Allow",
      Action: [
        "xray:PutTraceSegments",
        "xray:PutTelemetryRecords",
        "xray:GetSamplingRules",
        "xray:GetSamplingTargets",
        "xray:GetSamplingStatisticSummaries",
      ],
      Resource: ["*"],
    },
  ],
};

/** What an AWS managed policy grants; an unknown one grants nothing here, so that its absence shows on this machine. */
export function managedPolicyStatements(arn: string): PolicyStatement[] {
  return statementsByName[arn.split("/").at(-1) ?? ""] ?? [];
}
