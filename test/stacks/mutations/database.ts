import type { ResourceGraph } from "@vibe-charting/local-stage";
import { add, change, find, type Mistakes } from "../change-graph.ts";

const database = (changed: Record<string, unknown>) => change("rds/instance:Instance", changed);
const parameters = (...entries: [string, string][]) =>
  change("ParameterGroup", { parameters: entries.map(([name, value]) => ({ name, value })) });
const group = (name: string, changed: Record<string, unknown>) =>
  change("securityGroup:SecurityGroup", changed, name);
const securityGroupId = (graph: ResourceGraph, name: string) =>
  find(graph, "securityGroup:SecurityGroup", name).id;

/** Against the rules of the database. */
export const databaseMistakes: Mistakes = {
  1: { "storage in the clear": database({ storageEncrypted: false }) },
  2: {
    "a public database": database({ publiclyAccessible: true }),
    "nothing said of it": database({ publiclyAccessible: undefined }),
  },
  3: { "no deletion protection": database({ deletionProtection: false }) },
  4: {
    "backups of a day": database({ backupRetentionPeriod: 1 }),
    "nothing said of backups": database({ backupRetentionPeriod: undefined }),
  },
  5: {
    "no last snapshot": database({ skipFinalSnapshot: true }),
    "a snapshot without a name": database({ finalSnapshotIdentifier: undefined }),
  },
  6: { "no minor versions": database({ autoMinorVersionUpgrade: false }) },
  7: { "snapshots without tags": database({ copyTagsToSnapshot: false }) },
  8: { "another log alone": database({ enabledCloudwatchLogsExports: ["upgrade"] }) },
  9: { "passwords alone": database({ iamDatabaseAuthenticationEnabled: false }) },
  10: {
    "as SST has it": parameters(["rds.force_ssl", "0"]),
    "nothing said of TLS": parameters(["log_statement", "ddl"]),
  },
  11: {
    "no statements": parameters(["log_min_duration_statement", "1000"], ["log_statement", "none"]),
    "none however slow": parameters(["log_min_duration_statement", "-1"], ["log_statement", "ddl"]),
  },
  12: {
    "an old authority": database({ caCertIdentifier: "rds-ca-2019" }),
    "whichever RDS takes": database({ caCertIdentifier: undefined }),
  },
  13: {
    "all of the network": group("DatabaseSecurityGroup", {
      ingress: [{ description: "All", fromPort: 5432, toPort: 5432, cidrBlocks: ["10.0.0.0/16"] }],
    }),
    "all of it over IPv6": group("DatabaseSecurityGroup", {
      ingress: [{ description: "All", fromPort: 5432, toPort: 5432, ipv6CidrBlocks: ["2600:1f16::/56"] }],
    }),
    "a rule of its own": graph =>
      add("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", {
        description: "An office",
        securityGroupId: securityGroupId(graph, "DatabaseSecurityGroup"),
        ipProtocol: "tcp",
        fromPort: 5432,
        toPort: 5432,
        cidrIpv4: "203.0.113.0/24",
      })(graph),
    "the NAT instances": graph =>
      add("aws:ec2/securityGroupRule:SecurityGroupRule", {
        type: "ingress",
        description: "A tunnel",
        securityGroupId: securityGroupId(graph, "DatabaseSecurityGroup"),
        protocol: "tcp",
        fromPort: 5432,
        toPort: 5432,
        sourceSecurityGroupId: securityGroupId(graph, "NatSecurityGroup"),
      })(graph),
    "the functions' own group": graph =>
      database({ vpcSecurityGroupIds: [securityGroupId(graph, "LambdaSecurityGroup")] })(graph),
    "the default group": database({ vpcSecurityGroupIds: ["sg-default"] }),
    "public subnets": graph => {
      const subnetIds = ["PublicSubnet1", "PublicSubnet2"].map(
        name => find(graph, "ec2/subnet:Subnet", name).id,
      );
      change("rds/subnetGroup:SubnetGroup", { subnetIds })(graph);
    },
    "a way out of the private subnets": graph =>
      add("aws:ec2/route:Route", {
        routeTableId: find(graph, "routeTable:RouteTable", "PrivateRouteTable1").id,
        gatewayId: "igw-1",
      })(graph),
  },
  14: {
    "PostgreSQL's own name": database({ username: "postgres" }),
    "no name": database({ username: undefined }),
  },
  15: { "one zone": database({ multiAz: false }) },
};
