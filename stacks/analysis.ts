import { database } from "./database.ts";
import { analysisQueue, signalsDetected } from "./events.ts";
import { migrated } from "./maintenance.ts";
import { serviceFunction } from "./service-function.ts";

/** Coins are independent of each other, the database's connections are few. */
const concurrency = 5;

const analysis = new sst.aws.Function(
  "TrendAnalysis",
  {
    ...serviceFunction({
      name: "trend-analysis",
      description: "Works out trends and signals of a coin with new prices",
      handler: "services/analysis/src/analyze.handler",
      link: [database, signalsDetected],
      timeout: "30 seconds",
      memory: "512 MB",
      concurrency,
      invokedBy: "queue",
    }),
    permissions: [
      {
        actions: [
          "sqs:ReceiveMessage",
          "sqs:DeleteMessage",
          "sqs:GetQueueAttributes",
          "sqs:ChangeMessageVisibility",
        ],
        resources: [analysisQueue.arn],
      },
    ],
  },
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
