import { operationsTopic } from "./operations.ts";
import { physicalName } from "./stage.ts";

export type AlarmOptions = {
  /** The entry of docs/runbook.md that says what to do. */
  runbook: string;
  /** What is wrong, for whoever is woken by it. */
  meaning: string;
  namespace: string;
  metric: string;
  dimensions?: Record<string, $util.Input<string>>;
  statistic: "Sum" | "Minimum" | "Maximum" | "Average" | "p95";
  is: ">" | ">=" | "<";
  threshold: number;
  /** Seconds of one data point; five minutes unless said otherwise. */
  periodSeconds?: number;
  /** Data points in a row, or `breaching` of the `periods` last ones. */
  periods?: number;
  breaching?: number;
  /** What silence means: for most metrics that all is well. */
  missing?: "notBreaching" | "breaching";
};

const comparisons = {
  ">": "GreaterThanThreshold",
  ">=": "GreaterThanOrEqualToThreshold",
  "<": "LessThanThreshold",
} as const;

/** ARNs of the alarms that were declared so far. */
export const declaredAlarms: $util.Output<string>[] = [];

/** An alarm that tells the operators when it begins and when it is over. */
export function alarm(name: string, options: AlarmOptions): void {
  const { periods = 1, statistic } = options;
  const declared = new aws.cloudwatch.MetricAlarm(`${pascalCase(name)}Alarm`, {
    name: physicalName(name),
    alarmDescription: `${options.meaning} What to do: docs/runbook.md#${options.runbook}`,
    namespace: options.namespace,
    metricName: options.metric,
    ...(options.dimensions && { dimensions: options.dimensions }),
    ...(statistic === "p95" ? { extendedStatistic: statistic } : { statistic }),
    comparisonOperator: comparisons[options.is],
    threshold: options.threshold,
    period: options.periodSeconds ?? 300,
    evaluationPeriods: periods,
    datapointsToAlarm: options.breaching ?? periods,
    treatMissingData: options.missing ?? "notBreaching",
    actionsEnabled: true,
    alarmActions: [operationsTopic.arn],
    okActions: [operationsTopic.arn],
  });
  declaredAlarms.push(declared.arn);
}

function pascalCase(name: string): string {
  return name.replace(/(?:^|-)(\w)/g, (_match, letter: string) => letter.toUpperCase());
}
