import { privateCidrBlocks, vpcId } from "./network.ts";
import { settings } from "./settings.ts";
import { physicalName } from "./stage.ts";

/** The functions' security group: they call AWS and the provider over TLS, and the database. */
export const lambdaSecurityGroup = new aws.ec2.SecurityGroup("LambdaSecurityGroup", {
  name: physicalName("lambda-sg"),
  description: "Functions of Vibe Charting",
  vpcId,
  egress: [
    {
      description: "AWS services and market data providers",
      protocol: "tcp",
      fromPort: 443,
      toPort: 443,
      cidrBlocks: ["0.0.0.0/0"],
    },
    postgresql("PostgreSQL in the private subnets", { cidrBlocks: privateCidrBlocks }),
  ],
});

/** The NAT instances' security group: they forward the functions' TLS connections, and nothing else. */
export const natSecurityGroup = new aws.ec2.SecurityGroup("NatSecurityGroup", {
  name: physicalName("nat-sg"),
  description: "NAT instances of Vibe Charting",
  vpcId,
  ingress: [
    {
      description: "TLS from the private subnets",
      protocol: "tcp",
      fromPort: 443,
      toPort: 443,
      cidrBlocks: privateCidrBlocks,
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
      ? [postgresql("An operator's port forwarding", { cidrBlocks: privateCidrBlocks })]
      : []),
  ],
});

/** The database's security group: nothing but the functions reaches it, and an operator where the stage lets one. */
export const databaseSecurityGroup = new aws.ec2.SecurityGroup("DatabaseSecurityGroup", {
  name: physicalName("rds-sg"),
  description: "PostgreSQL of Vibe Charting",
  vpcId,
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
