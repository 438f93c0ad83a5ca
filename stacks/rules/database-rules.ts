import type { ResourceGraph } from "../../packages/local-stage/src/graph/resource-graph.ts";
import { trafficOf } from "./network-traffic.ts";
import { each, type Rule, record, records, resourcesOf, texts, types } from "./rule.ts";

const modernAuthorities = ["rds-ca-rsa2048-g1", "rds-ca-rsa4096-g1", "rds-ca-ecc384-g1"];

/** Of a parameter of every parameter group. */
function parameter(graph: ResourceGraph, name: string, accepted: (value: string) => boolean): string[] {
  return each(graph, types.parameterGroup, ({ parameters }) => {
    const found = records(parameters).find(entry => entry.name === name)?.value;
    return !accepted(String(found ?? "")) && `has ${name} = ${found ?? "nothing"}`;
  });
}

const database = (id: number, title: string, sources: string, problem: Parameters<typeof each>[2]): Rule => ({
  id,
  title,
  sources,
  violations: graph => each(graph, types.database, problem),
});

export const databaseRules: Rule[] = [
  database(
    1,
    "The database's storage is encrypted",
    "CKV_AWS_16, AwsSolutions-RDS2, RDS.3",
    inputs => inputs.storageEncrypted !== true && "is not encrypted",
  ),
  database(
    2,
    "The database has no public address",
    "CKV_AWS_17, RDS.2",
    inputs => inputs.publiclyAccessible !== false && "is publicly accessible",
  ),
  database(
    3,
    "The database cannot be deleted by accident",
    "CKV_AWS_293, AwsSolutions-RDS10, RDS.8",
    inputs => inputs.deletionProtection !== true && "has no deletion protection",
  ),
  database(
    4,
    "Backups go back at least 7 days",
    "CKV_AWS_133, AwsSolutions-RDS13, RDS.11",
    inputs =>
      !(Number(inputs.backupRetentionPeriod) >= 7) &&
      `keeps backups for ${inputs.backupRetentionPeriod} days`,
  ),
  database(
    5,
    "A last snapshot is taken when the database goes",
    "G6",
    inputs =>
      (inputs.skipFinalSnapshot !== false || !inputs.finalSnapshotIdentifier) &&
      "goes without a last snapshot",
  ),
  database(
    6,
    "Minor versions are upgraded by RDS",
    "CKV_AWS_226, RDS.13",
    inputs => inputs.autoMinorVersionUpgrade !== true && "does not take minor versions",
  ),
  database(
    7,
    "Snapshots bear the tags of their database",
    "CKV2_AWS_60, RDS.17",
    inputs => inputs.copyTagsToSnapshot !== true && "does not copy its tags",
  ),
  database(
    8,
    "PostgreSQL's log is exported",
    "CKV_AWS_129, RDS.9",
    inputs => !texts(inputs.enabledCloudwatchLogsExports).includes("postgresql") && "does not export its log",
  ),
  database(
    9,
    "The database accepts IAM authentication",
    "CKV_AWS_161, RDS.10",
    inputs => inputs.iamDatabaseAuthenticationEnabled !== true && "knows no IAM authentication",
  ),
  {
    id: 10,
    title: "PostgreSQL refuses connections without TLS",
    sources: "CKV2_AWS_69, RDS.38, G5",
    violations: graph => parameter(graph, "rds.force_ssl", value => value === "1"),
  },
  {
    id: 11,
    title: "Slow statements and changes of the schema are logged",
    sources: "CKV2_AWS_30",
    violations: graph => [
      ...parameter(graph, "log_min_duration_statement", value => Number(value) > 0),
      ...parameter(graph, "log_statement", value => ["ddl", "mod", "all"].includes(value)),
    ],
  },
  database(
    12,
    "The database's certificate is of a current authority",
    "CKV_AWS_211",
    inputs =>
      !modernAuthorities.includes(String(inputs.caCertIdentifier)) &&
      `has the authority ${inputs.caCertIdentifier}`,
  ),
  {
    id: 13,
    title: "Only the functions reach the database, in private subnets",
    sources: "AwsSolutions-RDS8, RDS.18, RDS.46",
    violations: graph => [...publicSubnetsOfDatabase(graph), ...foreignIngressOfDatabase(graph)],
  },
  database(
    14,
    "The database's first user has a name of its own",
    "RDS.25",
    inputs =>
      ["postgres", "admin", "", "undefined"].includes(String(inputs.username)) &&
      `is owned by ${inputs.username}`,
  ),
  database(
    15,
    "The database survives the loss of an availability zone",
    "CKV_AWS_157, AwsSolutions-RDS3, RDS.5",
    inputs => inputs.multiAz !== true && "is in one availability zone",
  ),
];

function publicSubnetsOfDatabase(graph: ResourceGraph): string[] {
  const publicTables = new Set([
    ...resourcesOf(graph, "aws:ec2/routeTable:RouteTable")
      .filter(({ inputs }) => records(inputs.routes).some(route => route.gatewayId))
      .map(({ id }) => id),
    ...resourcesOf(graph, "aws:ec2/route:Route")
      .filter(({ inputs }) => inputs.gatewayId)
      .map(({ inputs }) => String(inputs.routeTableId)),
  ]);
  const publicSubnets = new Set(
    resourcesOf(graph, "aws:ec2/routeTableAssociation:RouteTableAssociation")
      .filter(({ inputs }) => publicTables.has(String(inputs.routeTableId)))
      .map(({ inputs }) => inputs.subnetId),
  );
  return each(graph, "aws:rds/subnetGroup:SubnetGroup", ({ subnetIds }) => {
    const subnets = texts(subnetIds);
    if (subnets.length < 2) return "has fewer than two subnets";
    return subnets.some(subnet => publicSubnets.has(subnet)) && "has a public subnet";
  });
}

function foreignIngressOfDatabase(graph: ResourceGraph): string[] {
  const ofFunctions = new Set(
    resourcesOf(graph, types.function).flatMap(({ inputs }) =>
      texts(record(inputs.vpcConfig).securityGroupIds),
    ),
  );
  const groups = new Set(resourcesOf(graph, types.securityGroup).map(({ id }) => id));
  return each(graph, types.database, ({ vpcSecurityGroupIds }) => {
    const own = texts(vpcSecurityGroupIds);
    if (own.length === 0 || own.some(id => !groups.has(id))) return "has no security group of the stacks";
    if (own.some(id => ofFunctions.has(id))) return "shares the functions' security group";
    const foreign = trafficOf(graph, "ingress").filter(
      ({ group, networks, groups: peers, fromPort, toPort }) =>
        own.includes(group) &&
        (networks.length > 0 ||
          peers.some(id => !ofFunctions.has(id)) ||
          fromPort !== 5432 ||
          toPort !== 5432),
    );
    return foreign.length > 0 && `lets in ${foreign.map(({ description }) => description).join(", ")}`;
  });
}
