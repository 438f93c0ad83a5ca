import { databaseIdentifier } from "./database.ts";
import { analysisDeadLetters, analysisQueue } from "./events.ts";
import { metrics } from "./metrics.ts";
import { operationsTopic } from "./operations.ts";
import { apiName } from "./query.ts";
import { watchedFunctions } from "./service-function.ts";
import { settings } from "./settings.ts";
import { physicalName, region } from "./stage.ts";
import "./alarms.ts";

type Metric = readonly $util.Input<string>[];

/** Six charts a row of two, in the order in which a price goes through the product. */
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
    title: "Prices to analyse, and dead letters",
    stat: "Maximum",
    series: [analysisQueue, analysisDeadLetters].map(queue => [
      "AWS/SQS",
      "ApproximateNumberOfMessagesVisible",
      "QueueName",
      queue.nodes.queue.name,
    ]),
  },
  { title: "Failed runs", stat: "Sum", series: ofEachFunction("Errors") },
  { title: "Duration of runs, p95 (ms)", stat: "p95", series: ofEachFunction("Duration") },
  {
    title: "Requests, and server errors",
    stat: "Sum",
    series: ["Count", "4XXError", "5XXError"].map(metric => ofApi(metric)),
  },
  { title: "Latency of the API, p95 (ms)", stat: "p95", series: [ofApi("Latency")] },
  {
    title: "Database: processor (%) and connections",
    stat: "Average",
    series: ["CPUUtilization", "DatabaseConnections"].map(metric => [
      "AWS/RDS",
      metric,
      "DBInstanceIdentifier",
      databaseIdentifier,
    ]),
  },
];

const chart = { width: 12, height: 6 };

if (settings.dashboard) {
  new aws.cloudwatch.Dashboard("Dashboard", {
    dashboardName: physicalName("overview"),
    dashboardBody: $jsonStringify({
      widgets: charts.map(({ title, stat, series }, index) => ({
        type: "metric",
        x: (index % 2) * chart.width,
        y: Math.floor(index / 2) * chart.height,
        ...chart,
        properties: { title, stat, region, period: 300, metrics: series },
      })),
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

function ofEachFunction(metric: string): Metric[] {
  return watchedFunctions.map(({ functionName }) => ["AWS/Lambda", metric, "FunctionName", functionName]);
}

function ofApi(metric: string): Metric {
  return ["AWS/ApiGateway", metric, "ApiName", apiName, "Stage", $app.stage];
}
