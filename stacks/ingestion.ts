import { database } from "./database";
import { pricesIngested } from "./events";
import { migrated } from "./maintenance";
import { serviceFunction } from "./service-function";
import { stageSettings } from "./settings";
import { secretName } from "./stage";

/**
 * `{"apiKey": "..."}`, put there by the operator; without a value the keyless public endpoint is used. The same
 * secret may name other base URLs: that is how the local stage feeds a simulated market to the same code.
 */
const providerSecret = new aws.secretsmanager.Secret("CoinMarketCapSecret", {
  name: secretName("coinmarketcap"),
  description: "The market data provider's key",
});

const coinMarketCap = new sst.Linkable("CoinMarketCap", {
  properties: { secretArn: providerSecret.arn },
  include: [
    sst.aws.permission({ actions: ["secretsmanager:GetSecretValue"], resources: [providerSecret.arn] }),
  ],
});

const ingestion = new sst.aws.Function(
  "DataIngestion",
  serviceFunction({
    name: "data-ingestion",
    description: "Takes in the market listing and publishes prices.ingested",
    handler: "services/ingestion/src/ingest.handler",
    link: [database, coinMarketCap, pricesIngested, stageSettings],
    timeout: "60 seconds",
    memory: "512 MB",
    concurrency: 1,
  }),
  { dependsOn: [migrated] },
);

new sst.aws.CronV2("IngestionSchedule", {
  schedule: "cron(0 12 * * ? *)",
  function: ingestion.arn,
});

new sst.aws.Function(
  "HistoryBackfill",
  serviceFunction({
    name: "history-backfill",
    description: "Takes in past prices of the listed coins",
    handler: "services/ingestion/src/backfill.handler",
    link: [database, coinMarketCap, pricesIngested, stageSettings],
    timeout: "15 minutes",
    memory: "512 MB",
    concurrency: 1,
  }),
  { dependsOn: [migrated] },
);
