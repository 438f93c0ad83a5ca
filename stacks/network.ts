import { logRetention } from "./hardening.ts";
import { accountId, namePrefix, physicalName, region } from "./stage.ts";

/** A zone is a public subnet for a NAT instance, and a private one for the functions and the database. */
const zones = [
  { name: "us-east-2a", publicCidrBlock: "10.0.1.0/24", privateCidrBlock: "10.0.3.0/24" },
  { name: "us-east-2b", publicCidrBlock: "10.0.2.0/24", privateCidrBlock: "10.0.4.0/24" },
];
export const privateCidrBlocks = zones.map(({ privateCidrBlock }) => privateCidrBlock);

// Declared piece by piece: SST's Vpc would add a hosted zone that nothing uses, and open its default security group.
const vpc = new aws.ec2.Vpc("Vpc", {
  cidrBlock: "10.0.0.0/16",
  enableDnsSupport: true,
  enableDnsHostnames: true,
  tags: { Name: physicalName("vpc") },
});
export const vpcId = vpc.id;

new aws.ec2.DefaultSecurityGroup("DefaultSecurityGroup", { vpcId });

export const internetGateway = new aws.ec2.InternetGateway("InternetGateway", {
  vpcId,
  tags: { Name: physicalName("internet") },
});

const publicRoutes = new aws.ec2.RouteTable("PublicRouteTable", {
  vpcId,
  routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: internetGateway.id }],
  tags: { Name: physicalName("public") },
});

/** The zones' subnets; the private route tables get their routes from stacks/nat.ts. */
export const subnets = zones.map(({ name, publicCidrBlock, privateCidrBlock }, index) => {
  const number = index + 1;
  const subnet = (kind: string, cidrBlock: string) =>
    new aws.ec2.Subnet(`${kind}Subnet${number}`, {
      vpcId,
      availabilityZone: name,
      cidrBlock,
      tags: { Name: physicalName(`${kind.toLowerCase()}-${number}`) },
    });
  const publicSubnet = subnet("Public", publicCidrBlock);
  const privateSubnet = subnet("Private", privateCidrBlock);
  const privateRoutes = new aws.ec2.RouteTable(`PrivateRouteTable${number}`, {
    vpcId,
    tags: { Name: physicalName(`private-${number}`) },
  });
  new aws.ec2.RouteTableAssociation(`PublicRoutes${number}`, {
    subnetId: publicSubnet.id,
    routeTableId: publicRoutes.id,
  });
  new aws.ec2.RouteTableAssociation(`PrivateRoutes${number}`, {
    subnetId: privateSubnet.id,
    routeTableId: privateRoutes.id,
  });
  return { number, publicSubnet, privateSubnet, privateRoutes };
});
export const privateSubnetIds = subnets.map(({ privateSubnet }) => privateSubnet.id);

const flowLogGroup = new aws.cloudwatch.LogGroup("FlowLogGroup", {
  name: `/${namePrefix}/vpc-flow-logs`,
  retentionInDays: logRetention.days,
});

const flowLogRole = new aws.iam.Role("FlowLogRole", {
  name: physicalName("flow-logs"),
  assumeRolePolicy: $jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "vpc-flow-logs.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: {
          StringEquals: { "aws:SourceAccount": accountId },
          ArnLike: { "aws:SourceArn": $interpolate`arn:aws:ec2:${region}:${accountId}:vpc-flow-log/*` },
        },
      },
    ],
  }),
  inlinePolicies: [
    {
      name: "inline",
      policy: $jsonStringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
            Resource: $interpolate`${flowLogGroup.arn}:*`,
          },
        ],
      }),
    },
  ],
});

new aws.ec2.FlowLog("FlowLog", {
  vpcId,
  trafficType: "ALL",
  logDestinationType: "cloud-watch-logs",
  logDestination: flowLogGroup.arn,
  iamRoleArn: flowLogRole.arn,
  maxAggregationInterval: 600,
});
