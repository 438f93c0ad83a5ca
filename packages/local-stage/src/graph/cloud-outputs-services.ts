import { arnOf, globalArnOf, type OutputRule, stableHex, stableUuid, textOf } from "./cloud-context.ts";

const thirtySeconds = 30;
const fourDaysSeconds = 4 * 24 * 60 * 60;

const queue: OutputRule = ({ physicalName }, context) => {
  const url = `${context.values.awsEndpoint}/${context.values.accountId}/${physicalName}`;
  return {
    id: url,
    outputs: {
      url,
      arn: arnOf(context, "sqs", physicalName),
      name: physicalName,
      // The service's own defaults.
      visibilityTimeoutSeconds: thirtySeconds,
      messageRetentionSeconds: fourDaysSeconds,
      delaySeconds: 0,
      receiveWaitTimeSeconds: 0,
      fifoQueue: false,
    },
  };
};

const topic: OutputRule = ({ physicalName }, context) => {
  const arn = arnOf(context, "sns", physicalName);
  return { id: arn, outputs: { arn, name: physicalName, owner: context.values.accountId, fifoTopic: false } };
};

const subscription: OutputRule = ({ urn, inputs }, context) => {
  const arn = `${textOf(inputs, "topic")}:${stableUuid(urn)}`;
  return {
    id: arn,
    outputs: {
      arn,
      ownerId: context.values.accountId,
      pendingConfirmation: false,
      rawMessageDelivery: false,
    },
  };
};

const databaseInstance: OutputRule = ({ name, urn, inputs }, context) => {
  const identifier = textOf(inputs, "identifier") ?? `${name}-${stableHex(urn, 7)}`.toLowerCase();
  const { host, port } = context.values.database;
  const resourceId = `db-${stableHex(urn, 26).toUpperCase()}`;
  const secretArn = arnOf(context, "secretsmanager", `secret:rds!${resourceId}-${stableHex(urn, 6)}`);
  return {
    id: resourceId,
    outputs: {
      identifier,
      arn: arnOf(context, "rds", `db:${identifier}`),
      address: host,
      port,
      endpoint: `${host}:${port}`,
      resourceId,
      status: "available",
      availabilityZone: `${context.region}a`,
      masterUserSecrets:
        inputs.manageMasterUserPassword === true ? [{ secretArn, secretStatus: "active" }] : [],
    },
  };
};

const secret: OutputRule = ({ physicalName, urn }, context) => {
  // Secrets Manager ends a secret's ARN in six random characters.
  const arn = arnOf(context, "secretsmanager", `secret:${physicalName}-${stableHex(urn, 6)}`);
  return { id: arn, outputs: { arn, name: physicalName } };
};

const secretVersion: OutputRule = ({ urn, inputs }) => {
  const versionId = stableUuid(urn);
  return {
    id: `${textOf(inputs, "secretId")}|${versionId}`,
    outputs: { arn: textOf(inputs, "secretId"), versionId, versionStages: ["AWSCURRENT"] },
  };
};

const schedule: OutputRule = ({ physicalName, inputs }, context) => {
  const group = textOf(inputs, "groupName") ?? "default";
  return {
    id: `${group}/${physicalName}`,
    outputs: {
      arn: arnOf(context, "scheduler", `schedule/${group}/${physicalName}`),
      name: physicalName,
      groupName: group,
      state: "ENABLED",
      scheduleExpressionTimezone: "UTC",
    },
  };
};

const logGroup: OutputRule = ({ physicalName }, context) => ({
  id: physicalName,
  outputs: { arn: arnOf(context, "logs", `log-group:${physicalName}`), name: physicalName },
});

const alarm: OutputRule = ({ physicalName }, context) => ({
  id: physicalName,
  outputs: { arn: arnOf(context, "cloudwatch", `alarm:${physicalName}`), name: physicalName },
});

const bucket: OutputRule = ({ physicalName }, context) => {
  const name = physicalName.toLowerCase();
  return {
    id: name,
    outputs: {
      arn: `arn:aws:s3:::${name}`,
      bucket: name,
      region: context.region,
      bucketDomainName: `${name}.s3.amazonaws.com`,
      bucketRegionalDomainName: `${name}.s3.${context.region}.amazonaws.com`,
    },
  };
};

const distribution: OutputRule = ({ urn }, context) => {
  const id = `E${stableHex(urn, 13).toUpperCase()}`;
  return {
    id,
    outputs: {
      arn: globalArnOf(context, "cloudfront", `distribution/${id}`),
      domainName: `d${stableHex(urn, 13)}.cloudfront.net`,
      // CloudFront's zone for alias records, the same for every distribution.
      hostedZoneId: "Z2FDTNDATAQYW2",
      etag: `E${stableHex(urn, 13).toUpperCase()}`,
      status: "Deployed",
    },
  };
};

const key: OutputRule = ({ urn }, context) => {
  const keyId = stableUuid(urn);
  return { id: keyId, outputs: { keyId, arn: arnOf(context, "kms", `key/${keyId}`) } };
};

const certificate: OutputRule = ({ urn, inputs }, context) => {
  const names = [inputs.domainName, inputs.subjectAlternativeNames ?? []].flat().map(String);
  const arn = arnOf(context, "acm", `certificate/${stableUuid(urn)}`);
  return {
    id: arn,
    outputs: {
      arn,
      status: "ISSUED",
      domainValidationOptions: [...new Set(names)].map(domainName => ({
        domainName,
        resourceRecordName: `_${stableHex(domainName, 32)}.${domainName}.`,
        resourceRecordType: "CNAME",
        resourceRecordValue: `_${stableHex(`${domainName} value`, 32)}.acm-validations.aws.`,
      })),
    },
  };
};

const randomPassword: OutputRule = (_request, context) => ({
  id: "none",
  outputs: { result: context.values.databasePassword },
});

const randomBytes: OutputRule = ({ urn, inputs }) => {
  const byteLength = typeof inputs.length === "number" ? inputs.length : Number(inputs.byteLength ?? 8);
  const bytes = Buffer.from(stableHex(urn, Math.min(byteLength, 64) * 2), "hex");
  return {
    id: bytes.toString("base64"),
    outputs: {
      base64: bytes.toString("base64"),
      hex: bytes.toString("hex"),
      b64Std: bytes.toString("base64"),
    },
  };
};

const randomText: OutputRule = ({ urn, inputs }) => {
  const result = stableHex(urn, typeof inputs.length === "number" ? inputs.length : 8);
  return { id: result, outputs: { result } };
};

/** SST's own providers (hosted zone look-up, CloudFront keys and the like), which run inside a deployment. */
const dynamicResource: OutputRule = ({ urn }) => ({
  id: stableHex(urn, 16),
  outputs: { zoneId: `Z${stableHex(urn, 20).toUpperCase()}` },
});

export const serviceOutputs: Record<string, OutputRule> = {
  "aws:acm/certificate:Certificate": certificate,
  "aws:cloudfront/distribution:Distribution": distribution,
  "aws:cloudwatch/logGroup:LogGroup": logGroup,
  "aws:cloudwatch/metricAlarm:MetricAlarm": alarm,
  "aws:kms/key:Key": key,
  "aws:rds/instance:Instance": databaseInstance,
  "aws:s3/bucket:Bucket": bucket,
  "aws:s3/bucketV2:BucketV2": bucket,
  "aws:scheduler/schedule:Schedule": schedule,
  "aws:secretsmanager/secret:Secret": secret,
  "aws:secretsmanager/secretVersion:SecretVersion": secretVersion,
  "aws:sns/topic:Topic": topic,
  "aws:sns/topicSubscription:TopicSubscription": subscription,
  "aws:sqs/queue:Queue": queue,
  "pulumi-nodejs:dynamic:Resource": dynamicResource,
  "random:index/randomBytes:RandomBytes": randomBytes,
  "random:index/randomId:RandomId": randomBytes,
  "random:index/randomPassword:RandomPassword": randomPassword,
  "random:index/randomString:RandomString": randomText,
};
