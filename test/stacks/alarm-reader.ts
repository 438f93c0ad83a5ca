import type { GraphResource } from "@vibe-charting/local-stage";
import { stageGraph } from "./stage-graph.ts";

type Inputs = GraphResource["inputs"];

export type AlarmReader = {
  readonly alarms: readonly GraphResource[];
  /** The inputs of the alarm with a name, without its prefix. */
  readonly alarmNamed: (name: string) => Inputs;
  /** The inputs of the metric filter with a name. */
  readonly filterNamed: (name: string) => Inputs;
};

/** The alarms of production, and the filters from which some get their metrics. */
export async function readAlarms(): Promise<AlarmReader> {
  const { resources } = await stageGraph("production");
  const alarms = resources.filter(({ type }) => type === "aws:cloudwatch/metricAlarm:MetricAlarm");
  const filters = resources.filter(({ type }) => type.endsWith(":LogMetricFilter"));
  const inputsOf = (candidates: readonly GraphResource[], name: string) => {
    const found = candidates.find(({ inputs }) => inputs.name === name);
    if (!found) throw new Error(`The graph has no ${name}`);
    return found.inputs;
  };
  return {
    alarms,
    alarmNamed: name => inputsOf(alarms, `vibe-charting-${name}`),
    filterNamed: name => inputsOf(filters, name),
  };
}
