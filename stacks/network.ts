import { logRetention } from "./hardening.ts";
import { settings } from "./settings.ts";
import { accountId, namePrefix, physicalName, region } from "./stage.ts";

export const availabilityZones = ["us-east-2a", "us-east-2b"];
const publicSubnets = ["10.0.1.0/24", "10.0.2.0/24"];
export const privateSubnets = ["10.0.3.0/24", "10.0.4.0/24"];

/** The subnet of the availability zone that SST numbers from 1 at the end of a resource's name. */
function subnetOfZone(cidrBlocks: readonly string[], resourceName: string): string {
  const zone = Number(resourceName.at(-1));
  const cidrBlock = cidrBlocks[zone - 1];
  if (!cidrBlock) throw new Error(`stacks/network.ts names no subnet for ${resourceName}`);
  return cidrBlock;
}

/** Public subnets for the NAT instances, private ones for the functions and the database. */
export const vpc = new sst.aws.Vpc("Vpc", {
  az: availabilityZones,
  transform: {
    vpc: args => {
      args.cidrBlock = "10.0.0.0/16";
      args.tags = { Name: physicalName("vpc") };
    },
    publicSubnet: (args, _options, name) => {
      args.cidrBlock = subnetOfZone(publicSubnets, name);
    },
    privateSubnet: (args, _options, name) => {
      args.cidrBlock = subnetOfZone(privateSubnets, name);
    },
    privateRouteTable: args => {
      // The routes to the NAT instances are resources of their own, which routes listed here would undo.
      delete args.routes;
    },
  },
});

/** The functions' security group: they call AWS and the provider over TLS, and the database. */
export const lambdaSecurityGroup = new aws.ec2.SecurityGroup("LambdaSecurityGroup", {
  name: physicalName("lambda-sg"),
  description: "Functions of Vibe Charting",
  vpcId: vpc.id,
  egress: [
    {
      description: "AWS services and market data providers",
      protocol: "tcp",
      fromPort: 443,
      toPort: 443,
      cidrBlocks: ["0.0.0.0/0"],
    },
    postgresql("PostgreSQL in the private subnets", { cidrBlocks: privateSubnets }),
  ],
});

/** The NAT instances' security group: they forward the functions' TLS connections, and nothing else. */
export const natSecurityGroup = new aws.ec2.SecurityGroup("NatSecurityGroup", {
  name: physicalName("nat-sg"),
  description: "NAT instances of Vibe Charting",
  vpcId: vpc.id,
  ingress: [
    {
      description: "TLS from the private subnets",
      protocol: "tcp",
      fromPort: 443,
      toPort: 443,
      cidrBlocks: privateSubnets,
    },
  ],
  egress: [
    {
      description: "TLS to AWS services and market data providers",
      protocol: "tcp",
      fromPort: 443,
      toPort: 443,
      cidrBlocks: ["0.0.0.0/0"],
    },
    ...(settings.databaseTunnel
      ? [postgresql("An operator's port forwarding", { cidrBlocks: privateSubnets })]
      : []),
  ],
});

/** The database's security group: nothing but the functions reaches it, and an operator where the stage lets one. */
export const databaseSecurityGroup = new aws.ec2.SecurityGroup("DatabaseSecurityGroup", {
  name: physicalName("rds-sg"),
  description: "PostgreSQL of Vibe Charting",
  vpcId: vpc.id,
  ingress: [
    postgresql("PostgreSQL from the functions", { securityGroups: [lambdaSecurityGroup.id] }),
    ...(settings.databaseTunnel
      ? [postgresql("An operator's port forwarding", { securityGroups: [natSecurityGroup.id] })]
      : []),
  ],
});

function postgresql<Peer extends object>(description: string, peer: Peer) {
  return { description, protocol: "tcp", fromPort: 5432, toPort: 5432, ...peer };
}

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
  vpcId: vpc.id,
  trafficType: "ALL",
  logDestinationType: "cloud-watch-logs",
  logDestination: flowLogGroup.arn,
  iamRoleArn: flowLogRole.arn,
  maxAggregationInterval: 600,
});
