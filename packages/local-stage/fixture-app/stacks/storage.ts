/** A network and a database with SST's own defaults, and a secret that is not SST's. */
export const vpc = new sst.aws.Vpc("Vpc", { nat: "ec2" });

const postgres = new sst.aws.Postgres("Postgres", {
  vpc,
  version: "17",
  database: "fixture",
  username: "fixture",
  transform: { instance: { identifier: `fixture-${$app.stage}-db` } },
});

const secret = new aws.secretsmanager.Secret("DatabaseSecret", { name: `fixture-${$app.stage}/database` });

new aws.secretsmanager.SecretVersion("DatabaseSecretVersion", {
  secretId: secret.id,
  secretString: $jsonStringify({
    host: postgres.host,
    port: postgres.port,
    database: postgres.database,
    username: postgres.username,
    password: postgres.password,
  }),
});

export const database = new sst.Linkable("Database", {
  properties: { secretArn: secret.arn },
  include: [sst.aws.permission({ actions: ["secretsmanager:GetSecretValue"], resources: [secret.arn] })],
});
