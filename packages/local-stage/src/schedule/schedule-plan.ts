import {
  functionNamed,
  type GraphResource,
  type ResourceGraph,
  resourcesOf,
} from "../graph/resource-graph.ts";
import { LocalStageError } from "../local-stage-error.ts";
import { describeResource, isRecord, optionalString, property, requiredString } from "../resource-reader.ts";
import { type Occurrences, parseScheduleExpression } from "./schedule-expression.ts";

export type Schedule = {
  /** The schedule's physical name, or its logical one. */
  name: string;
  resourceName: string;
  arn: string;
  functionName: string;
  input: string | undefined;
  occurrences: Occurrences;
};

/** Reads the schedules that are enabled; `startMs` is when rates begin to count. */
export function planSchedules(graph: ResourceGraph, startMs: number): Schedule[] {
  return resourcesOf(graph, "aws:scheduler/schedule:Schedule")
    .filter(resource => property(resource, "state") !== "DISABLED")
    .map(resource => planSchedule(graph, resource, startMs));
}

function planSchedule(graph: ResourceGraph, resource: GraphResource, startMs: number): Schedule {
  const target = property(resource, "target");
  const arn = isRecord(target) ? target.arn : undefined;
  const build = typeof arn === "string" ? functionNamed(graph, arn) : undefined;
  if (build === undefined) {
    throw new LocalStageError(
      `${describeResource(resource)} starts ${String(arn)}, which is no function of the stacks.`,
    );
  }
  const input = isRecord(target) ? target.input : undefined;
  const expression = requiredString(resource, "scheduleExpression");
  const timezone = optionalString(resource, "scheduleExpressionTimezone") ?? "UTC";
  try {
    return {
      name: optionalString(resource, "name") ?? resource.name,
      resourceName: resource.name,
      arn: optionalString(resource, "arn") ?? resource.name,
      functionName: build.functionName,
      input: typeof input === "string" ? input : undefined,
      occurrences: parseScheduleExpression(expression, { timezone, startMs }),
    };
  } catch (error) {
    throw new LocalStageError(
      `${describeResource(resource)}: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  }
}
