import { arnOf, globalArnOf, type OutputRule, stableHex, stableUuid, textOf } from "./cloud-context.ts";

const lambdaFunction: OutputRule = ({ physicalName, inputs }, context) => {
  const arn = arnOf(context, "lambda", `function:${physicalName}`);
  const version = inputs.publish === true ? "1" : "$LATEST";
  const invokeArn = (path: string, target: string) =>
    `arn:aws:apigateway:${context.region}:lambda:path/${path}/functions/${target}`;
  return {
    id: physicalName,
    outputs: {
      arn,
      name: physicalName,
      version,
      qualifiedArn: `${arn}:${version}`,
      invokeArn: invokeArn("2015-03-31", `${arn}/invocations`),
      qualifiedInvokeArn: invokeArn("2015-03-31", `${arn}:${version}/invocations`),
      responseStreamingInvokeArn: invokeArn("2021-11-15", `${arn}/response-streaming-invocations`),
      lastModified: "1970-01-01T00:00:00.000+0000",
    },
  };
};

const functionUrl: OutputRule = ({ inputs }, context) => {
  const urlId = stableHex(String(inputs.functionName), 32);
  return {
    id: String(inputs.functionName),
    outputs: { functionUrl: `https://${urlId}.lambda-url.${context.region}.on.aws/`, urlId },
  };
};

const eventSourceMapping: OutputRule = ({ urn, inputs }, context) => {
  const uuid = stableUuid(urn);
  const functionName = String(inputs.functionName);
  return {
    id: uuid,
    outputs: {
      uuid,
      arn: arnOf(context, "lambda", `event-source-mapping:${uuid}`),
      functionArn: functionName.startsWith("arn:")
        ? functionName
        : arnOf(context, "lambda", `function:${functionName}`),
      batchSize: 10,
      enabled: true,
      state: "Enabled",
    },
  };
};

const invocation: OutputRule = ({ urn }) => ({ id: stableHex(urn, 32), outputs: { result: "{}" } });

const role: OutputRule = ({ physicalName, urn, inputs }, context) => ({
  id: physicalName,
  outputs: {
    arn: globalArnOf(context, "iam", `role${textOf(inputs, "path") ?? "/"}${physicalName}`),
    name: physicalName,
    uniqueId: `AROA${stableHex(urn, 17).toUpperCase()}`,
  },
});

const iamPolicy: OutputRule = ({ physicalName }, context) => {
  const arn = globalArnOf(context, "iam", `policy/${physicalName}`);
  return { id: arn, outputs: { arn, name: physicalName } };
};

/** Attachments to other resources, which have neither a name nor an ARN. */
const attachment: OutputRule = ({ urn }) => ({ id: stableHex(urn, 16), outputs: {} });

/** Functions, the roles they run as, and what is attached to resources. */
export const functionOutputs: Record<string, OutputRule> = {
  "aws:iam/policy:Policy": iamPolicy,
  "aws:iam/role:Role": role,
  "aws:iam/rolePolicy:RolePolicy": attachment,
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": attachment,
  "aws:lambda/eventSourceMapping:EventSourceMapping": eventSourceMapping,
  "aws:lambda/function:Function": lambdaFunction,
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": attachment,
  "aws:lambda/functionUrl:FunctionUrl": functionUrl,
  "aws:lambda/invocation:Invocation": invocation,
  "aws:lambda/permission:Permission": attachment,
  "aws:s3/bucketPolicy:BucketPolicy": attachment,
  "aws:sns/topicPolicy:TopicPolicy": attachment,
  "aws:sqs/queuePolicy:QueuePolicy": attachment,
};
