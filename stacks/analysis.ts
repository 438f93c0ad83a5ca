import { analysisDatabase } from "./database.ts";
import { analysisQueue, mayConsume, signalsDetected } from "./events.ts";
import { migrated } from "./maintenance.ts";
import { schedule } from "./schedule.ts";
import { serviceFunction } from "./service-function.ts";

/** Coins are independent of each other, the database's connections are few. */
const concurrency = 5;

const analysis = new sst.aws.Function(
  "TrendAnalysis",
  serviceFunction({
    name: "trend-analysis",
    description: "Works out trends and signals of a coin with new prices",
    handler: "services/analysis/src/analyze.handler",
    link: [analysisDatabase, signalsDetected],
    permissions: [mayConsume(analysisQueue)],
    timeout: "30 seconds",
    memory: "512 MB",
    concurrency,
    invokedBy: "queue",
  }),
  { dependsOn: [migrated] },
);

analysisQueue.subscribe(analysis.arn, {
  batch: { size: 10, partialResponses: true },
  transform: {
    eventSourceMapping: args => {
      args.scalingConfig = { maximumConcurrency: concurrency };
    },
  },
});

const record = new sst.aws.Function(
  "SignalRecord",
  serviceFunction({
    name: "signal-record",
    description: "Follows what became of past signals",
    handler: "services/analysis/src/signal-record.handler",
    link: [analysisDatabase],
    timeout: "5 minutes",
    memory: "512 MB",
    concurrency: 1,
    invokedBy: "schedule",
  }),
  { dependsOn: [migrated] },
);

schedule("SignalRecordSchedule", {
  physicalName: "signal-record",
  // After the catch-up: the day's analysis is complete.
  expression: "cron(30 13 * * ? *)",
  function: record,
});
