import type { GraphResource, ResourceGraph } from "../../packages/local-stage/src/graph/resource-graph.ts";
import { deadLetterArns, record, resourcesOf, texts, types } from "./rule.ts";

/** An alarm that must exist, from the resource that it watches. */
export type ExpectedAlarm = {
  namespace: string;
  metric: string;
  dimensions: Record<string, unknown>;
  statistic: string;
  comparison: "GreaterThanThreshold" | "GreaterThanOrEqualToThreshold" | "LessThanThreshold";
  threshold: number;
  missing: "notBreaching" | "breaching";
};

const above = "GreaterThanThreshold";
const atLeast = "GreaterThanOrEqualToThreshold";
const below = "LessThanThreshold";

/** Every alarm that the resources of the graph call for; thresholds are of design, and stated nowhere else. */
export function expectedAlarms(graph: ResourceGraph): ExpectedAlarm[] {
  return [
    ...ofQueues(graph),
    ...ofFunctions(graph),
    ...ofAsynchronousRuns(graph),
    ...ofSchedules(graph),
    ...ofTopics(graph),
    ...ofApi(graph),
    ...ofDatabase(graph),
    ...resourcesOf(graph, types.instance).map(({ id }) =>
      expected("AWS/EC2", "StatusCheckFailed", { InstanceId: id }, "Maximum", atLeast, 1, "breaching"),
    ),
    ...ofProduct(graph),
  ];
}

/** The expected alarms that no alarm of the graph is, a sentence each. */
export function missingAlarms(graph: ResourceGraph): string[] {
  const alarms = resourcesOf(graph, types.alarm);
  return expectedAlarms(graph)
    .filter(wanted => !alarms.some(alarm => isAlarm(alarm, wanted)))
    .map(
      ({ namespace, metric, dimensions, comparison, threshold, missing }) =>
        `no alarm watches ${namespace} ${metric} of ${Object.values(dimensions).join("/") || "them all"} (${comparison} ${threshold}, missing data ${missing})`,
    );
}

/** Whether an alarm watches what is expected in the way that is expected. */
export function isAlarm({ inputs }: GraphResource, wanted: ExpectedAlarm): boolean {
  const dimensions = Object.entries(record(inputs.dimensions));
  return (
    inputs.namespace === wanted.namespace &&
    inputs.metricName === wanted.metric &&
    (inputs.statistic ?? inputs.extendedStatistic) === wanted.statistic &&
    inputs.comparisonOperator === wanted.comparison &&
    inputs.threshold === wanted.threshold &&
    inputs.treatMissingData === wanted.missing &&
    dimensions.length === Object.keys(wanted.dimensions).length &&
    dimensions.every(([name, value]) => wanted.dimensions[name] === value)
  );
}

function expected(
  namespace: string,
  metric: string,
  dimensions: Record<string, unknown>,
  statistic: string,
  comparison: ExpectedAlarm["comparison"],
  threshold: number,
  missing: ExpectedAlarm["missing"] = "notBreaching",
): ExpectedAlarm {
  return { namespace, metric, dimensions, statistic, comparison, threshold, missing };
}

function ofQueues(graph: ResourceGraph): ExpectedAlarm[] {
  const deadLetters = deadLetterArns(graph);
  const read = new Set(resourcesOf(graph, types.mapping).map(({ inputs }) => inputs.eventSourceArn));
  return resourcesOf(graph, types.queue).flatMap(({ inputs, outputs }) => {
    const dimensions = { QueueName: inputs.name };
    return [
      ...(deadLetters.has(String(outputs.arn))
        ? [expected("AWS/SQS", "ApproximateNumberOfMessagesVisible", dimensions, "Maximum", atLeast, 1)]
        : []),
      ...(read.has(outputs.arn)
        ? [expected("AWS/SQS", "ApproximateAgeOfOldestMessage", dimensions, "Maximum", above, 900)]
        : []),
    ];
  });
}

/** Parts of the ARNs and names by which schedules, queues and the API start functions. */
function startedByProduct(graph: ResourceGraph): string {
  return JSON.stringify([
    resourcesOf(graph, types.schedule).map(({ inputs }) => inputs.target),
    resourcesOf(graph, types.mapping).map(({ inputs }) => inputs.functionName),
    resourcesOf(graph, types.permission).map(({ inputs }) => inputs.function),
  ]);
}

/**
 * Who deploys waits for the functions that a deploy invokes, and sees them throttled or cut off; an operator's own run
 * may take all of its time, and goes on in the next one.
 */
function ofFunctions(graph: ResourceGraph): ExpectedAlarm[] {
  const started = startedByProduct(graph);
  const deployed = JSON.stringify(
    resourcesOf(graph, types.invocation).map(({ inputs }) => inputs.functionName),
  );
  return resourcesOf(graph, types.function).flatMap(({ inputs }) => {
    const name = String(inputs.name);
    const of = (
      metric: string,
      statistic: string,
      comparison: ExpectedAlarm["comparison"],
      threshold: number,
    ) => expected("AWS/Lambda", metric, { FunctionName: name }, statistic, comparison, threshold);
    return [
      of("Errors", "Sum", atLeast, 1),
      ...(deployed.includes(`${name}"`) ? [] : [of("Throttles", "Sum", atLeast, 1)]),
      ...(started.includes(`${name}"`)
        ? [of("Duration", "p95", above, Number(inputs.timeout) * 1_000 * 0.8)]
        : []),
    ];
  });
}

/** Of all functions together: CloudWatch has these without a dimension too. */
function ofAsynchronousRuns(graph: ResourceGraph): ExpectedAlarm[] {
  if (resourcesOf(graph, types.asyncConfig).length === 0) return [];
  return [
    expected("AWS/Lambda", "AsyncEventAge", {}, "Maximum", above, 600_000),
    expected("AWS/Lambda", "AsyncEventsDropped", {}, "Sum", above, 0),
    expected("AWS/Lambda", "DestinationDeliveryFailures", {}, "Sum", above, 0),
  ];
}

function ofSchedules(graph: ResourceGraph): ExpectedAlarm[] {
  const groups = new Set(
    resourcesOf(graph, types.schedule).map(({ inputs }) => inputs.groupName ?? "default"),
  );
  const metrics = [
    "TargetErrorCount",
    "InvocationDroppedCount",
    "InvocationsFailedToBeSentToDeadLetterCount",
  ];
  return [...groups].flatMap(group =>
    metrics.map(metric => expected("AWS/Scheduler", metric, { ScheduleGroup: group }, "Sum", atLeast, 1)),
  );
}

function ofTopics(graph: ResourceGraph): ExpectedAlarm[] {
  // What alarms about the topic of alarms would go to itself.
  const operations = new Set(
    resourcesOf(graph, types.alarm).flatMap(({ inputs }) => texts(inputs.alarmActions)),
  );
  const subscribed = new Set(resourcesOf(graph, types.subscription).map(({ inputs }) => inputs.topic));
  return resourcesOf(graph, types.topic)
    .filter(({ outputs }) => !operations.has(String(outputs.arn)))
    .flatMap(({ inputs, outputs }) => {
      const metrics = [
        "NumberOfNotificationsFailed",
        ...(subscribed.has(outputs.arn)
          ? ["NumberOfNotificationsRedrivenToDlq", "NumberOfNotificationsFailedToRedriveToDlq"]
          : []),
      ];
      return metrics.map(metric =>
        expected("AWS/SNS", metric, { TopicName: inputs.name }, "Sum", atLeast, 1),
      );
    });
}

function ofApi(graph: ResourceGraph): ExpectedAlarm[] {
  const apis = new Map(
    resourcesOf(graph, "aws:apigateway/restApi:RestApi").map(({ id, inputs }) => [id, inputs.name]),
  );
  return resourcesOf(graph, types.stage).flatMap(({ inputs }) => {
    const dimensions = { ApiName: apis.get(String(inputs.restApi)), Stage: inputs.stageName };
    return [
      expected("AWS/ApiGateway", "5XXError", dimensions, "Average", above, 0.01),
      expected("AWS/ApiGateway", "Latency", dimensions, "p95", above, 2_000),
    ];
  });
}

function ofDatabase(graph: ResourceGraph): ExpectedAlarm[] {
  return resourcesOf(graph, types.database).flatMap(({ inputs }) => {
    const dimensions = { DBInstanceIdentifier: inputs.identifier };
    return [
      expected("AWS/RDS", "FreeStorageSpace", dimensions, "Minimum", below, 4_000_000_000, "breaching"),
      expected("AWS/RDS", "CPUCreditBalance", dimensions, "Average", below, 30),
      expected("AWS/RDS", "DatabaseConnections", dimensions, "Maximum", above, 60),
      expected("AWS/RDS", "FreeableMemory", dimensions, "Minimum", below, 100_000_000),
      expected("AWS/RDS", "CPUUtilization", dimensions, "Average", above, 80),
    ];
  });
}

/** Of the product's own metrics, which come from the logs of functions. */
function ofProduct(graph: ResourceGraph): ExpectedAlarm[] {
  const namespace = `VibeCharting/${graph.app.stage}`;
  return [
    expected(namespace, "IngestionCompleted", {}, "Sum", below, 1, "breaching"),
    expected(namespace, "OutboxAgeSeconds", {}, "Maximum", above, 900, "breaching"),
    expected(namespace, "ApiThrottled", {}, "Sum", above, 20),
  ];
}
