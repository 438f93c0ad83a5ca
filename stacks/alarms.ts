import { alarm } from "./alarm.ts";
import { databaseIdentifier } from "./database.ts";
import { alertQueue, analysisQueue, deadLetterQueues, topics } from "./events.ts";
import { metrics } from "./metrics.ts";
import { natInstances } from "./nat.ts";
import { apiName } from "./query.ts";
import { scheduleGroupName } from "./schedule.ts";
import { watchedFunctions } from "./service-function.ts";
import { settings } from "./settings.ts";

const hourSeconds = 60 * 60;
const megabyte = 1_000_000;

// Messages that nobody processed. An empty queue reports nothing after some hours, and that is well.
const deadLetterMeanings: Record<keyof typeof deadLetterQueues, string> = {
  "analysis-dead-letters": "Prices failed to be analysed five times",
  "undelivered-prices": "SNS could not hand prices to the queue",
  "alert-dead-letters": "Signals could not be made alerts of",
  undelivered: "A run or a notice was given up",
};
for (const [name, queue] of Object.entries(deadLetterQueues)) {
  alarm(name, {
    runbook: name,
    meaning: `${deadLetterMeanings[name as keyof typeof deadLetterQueues]}.`,
    namespace: "AWS/SQS",
    metric: "ApproximateNumberOfMessagesVisible",
    dimensions: { QueueName: queue.nodes.queue.name },
    statistic: "Maximum",
    is: ">=",
    threshold: 1,
  });
}

const readQueues = [
  { name: "analysis-queue-age", queue: analysisQueue, what: "Prices have waited for their analysis" },
  { name: "alert-queue-age", queue: alertQueue, what: "Signals have waited to become alerts" },
];
for (const { name, queue, what } of readQueues) {
  alarm(name, {
    runbook: name,
    meaning: `${what} for more than 15 minutes.`,
    namespace: "AWS/SQS",
    metric: "ApproximateAgeOfOldestMessage",
    dimensions: { QueueName: queue.nodes.queue.name },
    statistic: "Maximum",
    is: ">",
    threshold: 900,
  });
}

for (const watched of watchedFunctions) {
  const lambda = { namespace: "AWS/Lambda", dimensions: { FunctionName: watched.functionName } } as const;
  alarm(`errors-${watched.name}`, {
    ...lambda,
    runbook: "function-errors",
    meaning: `${watched.functionName} failed.`,
    metric: "Errors",
    statistic: "Sum",
    is: ">=",
    threshold: 1,
  });
  // Who deploys waits for the migrator, and sees it throttled or cut off.
  if (watched.invokedBy === "deploy") continue;
  alarm(`throttles-${watched.name}`, {
    ...lambda,
    runbook: "function-throttles",
    meaning: `${watched.functionName} was called more often at once than it may run.`,
    metric: "Throttles",
    statistic: "Sum",
    is: ">=",
    threshold: 1,
  });
  // An operator's run may take all of its time, and goes on in the next one.
  if (watched.invokedBy === "operator") continue;
  alarm(`duration-${watched.name}`, {
    ...lambda,
    runbook: "function-duration",
    meaning: `${watched.functionName} takes more than 80 % of its timeout.`,
    metric: "Duration",
    statistic: "p95",
    is: ">",
    threshold: watched.timeoutSeconds * 1_000 * 0.8,
  });
}

// Without a dimension a metric of Lambda is of all functions of the region (its manual: "Across All Functions"). A run
// that waits, is given up or is lost names its function in the undelivered queue or by the function's own alarms, and
// twenty-one alarms would say no more.
const asynchronousRuns = { namespace: "AWS/Lambda", runbook: "asynchronous-invocations" } as const;
alarm("async-age", {
  ...asynchronousRuns,
  meaning: "Runs of a function in this account wait for more than 10 minutes to begin.",
  metric: "AsyncEventAge",
  statistic: "Maximum",
  is: ">",
  threshold: 10 * 60 * 1_000,
});
alarm("async-dropped", {
  ...asynchronousRuns,
  meaning: "Lambda gave up a run of a function in this account.",
  metric: "AsyncEventsDropped",
  statistic: "Sum",
  is: ">",
  threshold: 0,
});
alarm("async-lost", {
  ...asynchronousRuns,
  meaning: "A failed run of a function in this account did not even reach its undelivered queue.",
  metric: "DestinationDeliveryFailures",
  statistic: "Sum",
  is: ">",
  threshold: 0,
});

const schedulerMetrics = [
  { name: "schedule-errors", metric: "TargetErrorCount", what: "A schedule could not start its function" },
  { name: "schedule-dropped", metric: "InvocationDroppedCount", what: "The scheduler gave up a run" },
  {
    name: "schedule-lost",
    metric: "InvocationsFailedToBeSentToDeadLetterCount",
    what: "A run that was given up did not reach the undelivered queue",
  },
];
for (const { name, metric, what } of schedulerMetrics) {
  alarm(name, {
    runbook: "schedules",
    meaning: `${what}.`,
    namespace: "AWS/Scheduler",
    metric,
    dimensions: { ScheduleGroup: scheduleGroupName },
    statistic: "Sum",
    is: ">=",
    threshold: 1,
  });
}

const topicMetrics = [
  { name: "prices-not-delivered", topic: topics.pricesIngested, metric: "NumberOfNotificationsFailed" },
  { name: "signals-not-delivered", topic: topics.signalsDetected, metric: "NumberOfNotificationsFailed" },
  { name: "signals-redriven", topic: topics.signalsDetected, metric: "NumberOfNotificationsRedrivenToDlq" },
  {
    name: "signals-lost",
    topic: topics.signalsDetected,
    metric: "NumberOfNotificationsFailedToRedriveToDlq",
  },
  { name: "alerts-not-delivered", topic: topics.alertDeliveries, metric: "NumberOfNotificationsFailed" },
  { name: "prices-redriven", topic: topics.pricesIngested, metric: "NumberOfNotificationsRedrivenToDlq" },
  {
    name: "prices-lost",
    topic: topics.pricesIngested,
    metric: "NumberOfNotificationsFailedToRedriveToDlq",
  },
];
for (const { name, topic, metric } of topicMetrics) {
  alarm(name, {
    runbook: "topics",
    meaning: "SNS could not deliver what was published.",
    namespace: "AWS/SNS",
    metric,
    dimensions: { TopicName: topic.name },
    statistic: "Sum",
    is: ">=",
    threshold: 1,
  });
}

const apiDimensions = { ApiName: apiName, Stage: $app.stage };
alarm("api-errors", {
  runbook: "api-errors",
  meaning: "More than 1 % of the API's answers are server errors.",
  namespace: "AWS/ApiGateway",
  metric: "5XXError",
  dimensions: apiDimensions,
  statistic: "Average",
  is: ">",
  threshold: 0.01,
});
alarm("api-latency", {
  runbook: "api-latency",
  meaning: "One in twenty answers of the API takes more than two seconds.",
  namespace: "AWS/ApiGateway",
  metric: "Latency",
  dimensions: apiDimensions,
  statistic: "p95",
  is: ">",
  threshold: 2_000,
  periods: 3,
  breaching: 2,
});
alarm("api-throttled", {
  runbook: "api-throttled",
  meaning: "The API refuses requests for being too many.",
  ...metrics.apiThrottled,
  statistic: "Sum",
  is: ">",
  threshold: 20,
});

const database = { namespace: "AWS/RDS", dimensions: { DBInstanceIdentifier: databaseIdentifier } } as const;
alarm("database-storage", {
  ...database,
  runbook: "database-storage",
  meaning: "The database has less than 4 GB left, or does not run.",
  metric: "FreeStorageSpace",
  statistic: "Minimum",
  is: "<",
  threshold: 4_000 * megabyte,
  periods: 3,
  missing: "breaching",
});
alarm("database-credits", {
  ...database,
  runbook: "database-cpu",
  meaning: "The database has used up nearly all of the processor time that it saved.",
  metric: "CPUCreditBalance",
  statistic: "Average",
  is: "<",
  threshold: 30,
  periods: 3,
});
alarm("database-cpu", {
  ...database,
  runbook: "database-cpu",
  meaning: "The database's processor is busy more than 80 % of the time.",
  metric: "CPUUtilization",
  statistic: "Average",
  is: ">",
  threshold: 80,
  periods: 3,
});
alarm("database-connections", {
  ...database,
  runbook: "database-connections",
  meaning: "More than 60 connections are open; the functions' pools together hold fewer.",
  metric: "DatabaseConnections",
  statistic: "Maximum",
  is: ">",
  threshold: 60,
});
alarm("database-memory", {
  ...database,
  runbook: "database-memory",
  meaning: "The database has less than 100 MB of memory left.",
  metric: "FreeableMemory",
  statistic: "Minimum",
  is: "<",
  threshold: 100 * megabyte,
  periods: 3,
});

for (const { number, instance } of natInstances) {
  alarm(`nat-${number}`, {
    runbook: "nat",
    meaning:
      "A NAT instance is not well, or gone: functions reach neither AWS nor the provider. EC2 recovers it.",
    namespace: "AWS/EC2",
    metric: "StatusCheckFailed",
    dimensions: { InstanceId: instance.id },
    statistic: "Maximum",
    is: ">=",
    threshold: 1,
    missing: "breaching",
  });
}

/** A run may be two hours late (retries), or half an hour where runs are frequent. */
const isFrequent = settings.ingestion.longestGapMinutes < 60;
alarm("heartbeat", {
  runbook: "heartbeat",
  meaning: "No market listing was taken in when one was due: prices, trends and signals are getting old.",
  ...metrics.ingestionCompleted,
  statistic: "Sum",
  is: "<",
  threshold: 1,
  periodSeconds: isFrequent ? 300 : hourSeconds,
  periods: isFrequent
    ? Math.ceil((settings.ingestion.longestGapMinutes + 30) / 5)
    : Math.ceil(settings.ingestion.longestGapMinutes / 60) + 2,
  missing: "breaching",
});

alarm("outbox-age", {
  runbook: "outbox-age",
  meaning:
    "Committed events have waited for more than 15 minutes to be published, or the drain does not run.",
  ...metrics.outboxAge,
  statistic: "Maximum",
  is: ">",
  threshold: 900,
  periodSeconds: 900,
  periods: 2,
  breaching: 2,
  missing: "breaching",
});
