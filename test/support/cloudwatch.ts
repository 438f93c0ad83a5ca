/** The inputs of an alarm or a metric filter, as the resource graph has them. */
type Inputs = Readonly<Record<string, unknown>>;

/** The values that a metric filter of `{ $.field = "text" }` reads from lines of a log. */
export function valuesOfFilter(
  { pattern, metricTransformation }: Inputs,
  lines: readonly string[],
): number[] {
  const [, field, wanted] = /^\{ \$\.(\w+) = "([^"]*)" \}$/.exec(String(pattern)) ?? [];
  const value = fieldOf(metricTransformation, "value");
  if (field === undefined || typeof value !== "string")
    throw new Error(`This filter is not known: ${pattern}`);
  return lines
    .map(line => JSON.parse(line))
    .filter(line => fieldOf(line, field) === wanted)
    .map(line => Number(value.startsWith("$.") ? pathOf(line, value.slice(2)) : value));
}

/**
 * Whether an alarm is on, given its metric in each of the last periods; undefined where the metric was silent.
 * As CloudWatch evaluates M of N, with missing data as the alarm wants it.
 */
export function isOn(alarm: Inputs, datapoints: readonly (number | undefined)[]): boolean {
  const breaching = datapoints.slice(-Number(alarm.evaluationPeriods)).filter(value => {
    if (value === undefined) return alarm.treatMissingData === "breaching";
    const threshold = Number(alarm.threshold);
    if (alarm.comparisonOperator === "LessThanThreshold") return value < threshold;
    return alarm.comparisonOperator === "GreaterThanThreshold" ? value > threshold : value >= threshold;
  });
  return breaching.length >= Number(alarm.datapointsToAlarm);
}

function pathOf(value: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>(fieldOf, value);
}

function fieldOf(value: unknown, field: string): unknown {
  return typeof value === "object" && value !== null
    ? Object.entries(value).find(([key]) => key === field)?.[1]
    : undefined;
}
