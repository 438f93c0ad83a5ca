import { ingestionDatabase } from "./database.ts";
import { pricesIngested, signalsDetected } from "./events.ts";
import { migrated } from "./maintenance.ts";
import { schedule } from "./schedule.ts";
import { serviceFunction } from "./service-function.ts";
import { settings, stageSettings } from "./settings.ts";
import { secretName } from "./stage.ts";

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

export const ingestion = new sst.aws.Function(
  "DataIngestion",
  serviceFunction({
    name: "data-ingestion",
    description: "Takes in the market listing and publishes prices.ingested",
    handler: "services/ingestion/src/ingest.handler",
    link: [ingestionDatabase, coinMarketCap, pricesIngested, signalsDetected, stageSettings],
    // A minute's limit of the provider can be waited for.
    timeout: "3 minutes",
    memory: "512 MB",
    concurrency: 1,
    invokedBy: "schedule",
  }),
  { dependsOn: [migrated] },
);

schedule("IngestionSchedule", {
  physicalName: "data-ingestion",
  expression: settings.ingestion.expression,
  function: ingestion,
});

new sst.aws.Function(
  "HistoryBackfill",
  serviceFunction({
    name: "history-backfill",
    description: "Takes in past prices of the listed coins",
    handler: "services/ingestion/src/backfill.handler",
    link: [ingestionDatabase, coinMarketCap, pricesIngested, stageSettings],
    timeout: "15 minutes",
    memory: "512 MB",
    concurrency: 1,
    invokedBy: "operator",
  }),
  { dependsOn: [migrated] },
);
