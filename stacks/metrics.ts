import { ingestion } from "./ingestion.ts";
import { outboxDrain } from "./maintenance.ts";
import { apiAccessLog } from "./query.ts";

/** One namespace a stage, and no dimensions: each set of dimensions is a metric that is paid for. */
export const namespace = `VibeCharting/${$app.stage}`;

/** Metrics that CloudWatch reads from what the functions and the API log anyway. */
export const metrics = {
  /** 1 for each listing that was taken in: the heartbeat of the product. */
  ingestionCompleted: fromLog("IngestionCompleted", {
    logGroup: ingestion.nodes.logGroup.apply(name),
    pattern: '{ $.message = "data_ingestion completed" }',
    value: "1",
    unit: "Count",
  }),
  /** Seconds for which the oldest event has waited to be published, once each drain. */
  outboxAge: fromLog("OutboxAgeSeconds", {
    logGroup: outboxDrain.nodes.logGroup.apply(name),
    pattern: '{ $.message = "outbox_drain completed" }',
    value: "$.details.oldestSeconds",
    unit: "Seconds",
  }),
  /** Seconds since the newest listing was observed, once each drain; none before the first listing. */
  newestDataAge: fromLog("NewestDataAgeSeconds", {
    logGroup: outboxDrain.nodes.logGroup.apply(name),
    pattern: '{ $.message = "outbox_drain completed" }',
    value: "$.details.newestDataSeconds",
    unit: "Seconds",
  }),
  /** Requests over the throttle or the quota; API Gateway has no metric of them alone. */
  apiThrottled: fromLog("ApiThrottled", {
    logGroup: apiAccessLog.name,
    pattern: '{ $.status = "429" }',
    value: "1",
    unit: "Count",
  }),
};

function fromLog(
  metric: string,
  source: { logGroup: $util.Input<string>; pattern: string; value: string; unit: string },
): { namespace: string; metric: string } {
  new aws.cloudwatch.LogMetricFilter(`${metric}Metric`, {
    name: metric,
    logGroupName: source.logGroup,
    pattern: source.pattern,
    metricTransformation: { name: metric, namespace, value: source.value, unit: source.unit },
  });
  return { namespace, metric };
}

function name(logGroup: aws.cloudwatch.LogGroup | undefined): $util.Output<string> {
  if (!logGroup) throw new Error("A function whose log carries a metric has no log group");
  return logGroup.name;
}
