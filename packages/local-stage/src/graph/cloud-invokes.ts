import { arnOf, type CloudContext, globalArnOf, stableHex, stableUuid, textOf } from "./cloud-context.ts";
import { type PolicyDocumentArguments, renderPolicyDocument } from "./policy-document.ts";

type Invoke = (inputs: Record<string, unknown>, context: CloudContext) => Record<string, unknown>;

const availabilityZoneLetters = ["a", "b", "c"];

const getPolicyDocument: Invoke = inputs => {
  // The provider's schema for this call gives the arguments.
  const args = inputs as PolicyDocumentArguments;
  const document = renderPolicyDocument(args);
  return {
    id: stableHex(JSON.stringify(document), 10),
    json: JSON.stringify(document, null, 2),
    minifiedJson: JSON.stringify(document),
    version: document.Version,
    // Without statements the provider returns none, and SST then attaches no inline policy.
    ...(args.statements?.length ? { statements: args.statements } : {}),
  };
};

const getRegion: Invoke = (inputs, { region: home }) => {
  const region = textOf(inputs, "region") ?? home;
  return { id: region, region, name: region, description: region, endpoint: `ec2.${region}.amazonaws.com` };
};

const getAvailabilityZones: Invoke = (_inputs, { region }) => ({
  id: region,
  names: availabilityZoneLetters.map(letter => `${region}${letter}`),
  zoneIds: availabilityZoneLetters.map((_, index) => `use2-az${index + 1}`),
  groupNames: [region],
});

const getHostedZone: Invoke = inputs => {
  const name = textOf(inputs, "name") ?? "local";
  const zoneId = textOf(inputs, "zoneId") ?? `Z${stableHex(name, 20).toUpperCase()}`;
  return { id: zoneId, zoneId, name, arn: `arn:aws:route53:::hostedzone/${zoneId}` };
};

const getKey: Invoke = (inputs, context) => {
  const keyId = stableUuid(String(inputs.keyId ?? inputs.name));
  const keyArn = arnOf(context, "kms", `key/${keyId}`);
  return { id: keyId, keyId, arn: keyArn, targetKeyId: keyId, targetKeyArn: keyArn, name: inputs.name };
};

/** Look-ups that only need an id which is the same each time. */
const byName: Invoke = inputs => ({ ...inputs, id: stableUuid(JSON.stringify(inputs)) });

const invokes: Record<string, Invoke> = {
  "aws:index/getCallerIdentity:getCallerIdentity": (_inputs, context) => ({
    id: context.values.accountId,
    accountId: context.values.accountId,
    arn: globalArnOf(context, "iam", "user/local"),
    userId: "local",
  }),
  "aws:index/getRegion:getRegion": getRegion,
  "aws:index/getPartition:getPartition": () => ({
    id: "aws",
    partition: "aws",
    dnsSuffix: "amazonaws.com",
    reverseDnsPrefix: "com.amazonaws",
  }),
  "aws:index/getDefaultTags:getDefaultTags": () => ({ id: "default-tags", tags: {} }),
  "aws:index/getAvailabilityZones:getAvailabilityZones": getAvailabilityZones,
  "aws:iam/getPolicyDocument:getPolicyDocument": getPolicyDocument,
  "aws:ec2/getAmi:getAmi": inputs => {
    const imageId = `ami-${stableHex(JSON.stringify(inputs), 17)}`;
    return { id: imageId, imageId, architecture: "arm64", rootDeviceName: "/dev/xvda" };
  },
  "aws:ec2/getManagedPrefixList:getManagedPrefixList": inputs => ({
    id: `pl-${stableHex(JSON.stringify(inputs), 8)}`,
    name: inputs.name,
    entries: [],
  }),
  "aws:ec2/getPrefixList:getPrefixList": inputs => ({
    id: `pl-${stableHex(JSON.stringify(inputs), 8)}`,
    name: inputs.name,
    cidrBlocks: [],
  }),
  "aws:kms/getAlias:getAlias": getKey,
  "aws:kms/getKey:getKey": getKey,
  "aws:route53/getZone:getZone": getHostedZone,
  "aws:cloudfront/getCachePolicy:getCachePolicy": byName,
  "aws:cloudfront/getOriginRequestPolicy:getOriginRequestPolicy": byName,
  "aws:cloudfront/getResponseHeadersPolicy:getResponseHeadersPolicy": byName,
};

/** Answers a look-up of the stacks (`aws.getRegion` and the like) without asking AWS. */
export function invokeCloud(
  token: string,
  inputs: Record<string, unknown>,
  context: CloudContext,
): Record<string, unknown> {
  const invoke = invokes[token];
  if (invoke) return invoke(inputs, context);
  const call = token.split(":").at(-1);
  throw new Error(
    `The stacks call ${call} (${token}), which reads from an AWS account. There is none in the local stage: ` +
      `avoid the call, or give its answer in packages/local-stage/src/graph/cloud-invokes.ts.`,
  );
}
