import { physicalName } from "./stage";

const availabilityZones = ["us-east-2a", "us-east-2b"];
const publicSubnets = ["10.0.1.0/24", "10.0.2.0/24"];
const privateSubnets = ["10.0.3.0/24", "10.0.4.0/24"];

/** The subnet of the availability zone that SST numbers from 1 at the end of a resource's name. */
function subnetOfZone(cidrBlocks: readonly string[], resourceName: string): string {
  const zone = Number(resourceName.at(-1));
  const cidrBlock = cidrBlocks[zone - 1];
  if (!cidrBlock) throw new Error(`stacks/network.ts names no subnet for ${resourceName}`);
  return cidrBlock;
}

/** Public subnets for the NAT instance, private ones for the functions and the database. */
export const vpc = new sst.aws.Vpc("Vpc", {
  az: availabilityZones,
  nat: "ec2",
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
    {
      description: "PostgreSQL in the private subnets",
      protocol: "tcp",
      fromPort: 5432,
      toPort: 5432,
      cidrBlocks: privateSubnets,
    },
  ],
});

/** The database's security group: nothing but the functions reaches it. */
export const databaseSecurityGroup = new aws.ec2.SecurityGroup("DatabaseSecurityGroup", {
  name: physicalName("rds-sg"),
  description: "PostgreSQL of Vibe Charting",
  vpcId: vpc.id,
  ingress: [
    {
      description: "PostgreSQL from the functions",
      protocol: "tcp",
      fromPort: 5432,
      toPort: 5432,
      securityGroups: [lambdaSecurityGroup.id],
    },
  ],
});
