import { declaredAlarms } from "./alarm.ts";
import { databaseIdentifier } from "./database.ts";
import { alertQueue, analysisQueue, deadLetterQueues } from "./events.ts";
import { metrics } from "./metrics.ts";
import { natInstances } from "./nat.ts";
import { operationsTopic } from "./operations.ts";
import { apiName } from "./query.ts";
import { watchedFunctions } from "./service-function.ts";
import { settings } from "./settings.ts";
import { physicalName, region } from "./stage.ts";
import "./alarms.ts";

type Metric = readonly $util.Input<string>[];

/**
 * What somebody who was woken wants to see, in the order in which a price goes through the product. Fifty metrics at
 * most: with more, a dashboard is none of an account's three free ones.
 */
const charts: { title: string; stat: string; series: Metric[] }[] = [
  {
    title: "Listings taken in",
    stat: "Sum",
    series: [[metrics.ingestionCompleted.namespace, metrics.ingestionCompleted.metric]],
  },
  {
    title: "Oldest event in the outbox (s)",
    stat: "Maximum",
    series: [[metrics.outboxAge.namespace, metrics.outboxAge.metric]],
  },
  {
    title: "Age of the newest data (s)",
    stat: "Maximum",
    series: [[metrics.newestDataAge.namespace, metrics.newestDataAge.metric]],
  },
  {
    title: "Oldest message that waits to be read (s)",
    stat: "Maximum",
    series: [analysisQueue, alertQueue].map(queue => ofQueue(queue, "ApproximateAgeOfOldestMessage")),
  },
  {
    title: "Messages that wait to be read",
    stat: "Maximum",
    // SQS counts them by itself: a metric of ours would be the same number again.
    series: [analysisQueue, alertQueue].map(queue => ofQueue(queue, "ApproximateNumberOfMessagesVisible")),
  },
  {
    title: "Given up: dead letters and undelivered",
    stat: "Maximum",
    series: Object.values(deadLetterQueues).map(queue =>
      ofQueue(queue, "ApproximateNumberOfMessagesVisible"),
    ),
  },
  { title: "Failed runs", stat: "Sum", series: ofEachFunction("Errors") },
  { title: "Duration of runs, p95 (ms)", stat: "p95", series: ofEachFunction("Duration") },
  {
    title: "Requests, refused ones, and server errors",
    stat: "Sum",
    series: [
      ...["Count", "4XXError", "5XXError"].map(metric => ofApi(metric)),
      [metrics.apiThrottled.namespace, metrics.apiThrottled.metric],
    ],
  },
  { title: "Latency of the API, p95 (ms)", stat: "p95", series: [ofApi("Latency")] },
  {
    title: "Database: processor (%), credits and connections",
    stat: "Average",
    series: ["CPUUtilization", "CPUCreditBalance", "DatabaseConnections"].map(metric => ofDatabase(metric)),
  },
  {
    title: "Database: bytes left of disk and memory",
    stat: "Minimum",
    series: ["FreeStorageSpace", "FreeableMemory"].map(metric => ofDatabase(metric)),
  },
  {
    title: "Throttled runs of all functions, and NAT instances that are not well",
    stat: "Maximum",
    series: [
      ["AWS/Lambda", "Throttles"],
      ...natInstances.map(({ instance }) => ["AWS/EC2", "StatusCheckFailed", "InstanceId", instance.id]),
    ],
  },
];

const chart = { width: 12, height: 6 };
/** Above the charts: which alarms are on, and where to read on. */
const heading = { height: 8 };

if (settings.dashboard) {
  new aws.cloudwatch.Dashboard("Dashboard", {
    dashboardName: physicalName("overview"),
    dashboardBody: $jsonStringify({
      widgets: [
        {
          type: "text",
          x: 0,
          y: 0,
          width: 6,
          ...heading,
          properties: {
            markdown:
              "# Vibe Charting\nAn alarm's description ends in its entry of `docs/runbook.md`. First ask the product: `GET /health` names the part that is not well. Logs: `/aws/lambda/" +
              `${physicalName("")}*\`, filter \`{ $.level = "ERROR" }\`; a line's \`xray_trace_id\` finds its trace.`,
          },
        },
        {
          type: "alarm",
          x: 6,
          y: 0,
          width: 18,
          ...heading,
          properties: { title: "Alarms", alarms: declaredAlarms, sortBy: "stateUpdatedTimestamp" },
        },
        ...charts.map(({ title, stat, series }, index) => ({
          type: "metric",
          x: (index % 2) * chart.width,
          y: heading.height + Math.floor(index / 2) * chart.height,
          ...chart,
          properties: { title, stat, region, period: 300, metrics: series },
        })),
      ],
    }),
  });
}

/** Of the whole account: costs by tag need a switch in the billing console, and without it such a budget sees nothing. */
new aws.budgets.Budget("Budget", {
  name: physicalName("monthly"),
  budgetType: "COST",
  timeUnit: "MONTHLY",
  limitAmount: String(settings.monthlyBudgetUsd),
  limitUnit: "USD",
  notifications: [
    { notificationType: "ACTUAL", threshold: 80 },
    { notificationType: "FORECASTED", threshold: 100 },
  ].map(notification => ({
    ...notification,
    comparisonOperator: "GREATER_THAN",
    thresholdType: "PERCENTAGE",
    subscriberSnsTopicArns: [operationsTopic.arn],
  })),
});

function ofQueue(queue: sst.aws.Queue, metric: string): Metric {
  return ["AWS/SQS", metric, "QueueName", queue.nodes.queue.name];
}

function ofDatabase(metric: string): Metric {
  return ["AWS/RDS", metric, "DBInstanceIdentifier", databaseIdentifier];
}

function ofEachFunction(metric: string): Metric[] {
  return watchedFunctions.map(({ functionName }) => ["AWS/Lambda", metric, "FunctionName", functionName]);
}

function ofApi(metric: string): Metric {
  return ["AWS/ApiGateway", metric, "ApiName", apiName, "Stage", $app.stage];
}
