import {
  type FunctionBuild,
  functionNamed,
  type GraphResource,
  type ResourceGraph,
  resourcesOf,
} from "../graph/resource-graph.ts";
import { LocalStageError } from "../local-stage-error.ts";
import type { MessagingPlan, PlannedQueue } from "../messaging/messaging-plan.ts";
import { describeResource, isRecord, optionalNumber, property, requiredString } from "../resource-reader.ts";

export type EventSource = {
  queue: PlannedQueue;
  functionName: string;
  batchSize: number;
  batchWindowSeconds: number;
  maximumConcurrency: number | undefined;
  reportsItemFailures: boolean;
  /** For messages. */
  what: string;
};

/** Lambda's default, and the most that a FIFO queue allows. */
const FIFO_MAX_BATCH_SIZE = 10;

/** Reads the event source mappings, and refuses what Lambda would refuse. */
export function planEventSources(graph: ResourceGraph, messaging: MessagingPlan): EventSource[] {
  return resourcesOf(graph, "aws:lambda/eventSourceMapping:EventSourceMapping")
    .filter(resource => property(resource, "enabled") !== false)
    .map(resource => planEventSource(graph, messaging, resource));
}

function planEventSource(
  graph: ResourceGraph,
  messaging: MessagingPlan,
  resource: GraphResource,
): EventSource {
  const what = describeResource(resource);
  const queueArn = requiredString(resource, "eventSourceArn");
  const queue = messaging.queues.find(({ arn }) => arn === queueArn);
  if (queue === undefined) {
    throw new LocalStageError(`${what} reads from ${queueArn}, which is no queue of the stacks.`);
  }
  const build = mappedFunction(graph, resource, what);
  const batchSize = optionalNumber(resource, "batchSize") ?? FIFO_MAX_BATCH_SIZE;
  const batchWindowSeconds = optionalNumber(resource, "maximumBatchingWindowInSeconds") ?? 0;
  if (queue.fifo && (batchSize > FIFO_MAX_BATCH_SIZE || batchWindowSeconds > 0)) {
    throw new LocalStageError(
      `${what}: a FIFO queue allows batches of at most 10 and no batching window; it asks for ${batchSize} and ${batchWindowSeconds} s.`,
    );
  }
  if (queue.visibilityTimeoutSeconds < build.timeoutSeconds) {
    throw new LocalStageError(
      `${what}: the queue ${queue.name} hides a message for ${queue.visibilityTimeoutSeconds} s, less than the ${build.timeoutSeconds} s that ${build.functionName} may take; AWS refuses that. Six times the function's timeout is the rule.`,
    );
  }
  const filters = property(resource, "filterCriteria");
  if (isRecord(filters) && Array.isArray(filters.filters) && filters.filters.length > 0) {
    throw new LocalStageError(
      `${what} has filter criteria, which delete what does not match and which the local stage does not run; filter at the subscription.`,
    );
  }
  const scaling = property(resource, "scalingConfig");
  const maximum = isRecord(scaling) ? scaling.maximumConcurrency : undefined;
  const types = property(resource, "functionResponseTypes");
  return {
    queue,
    functionName: build.functionName,
    batchSize,
    batchWindowSeconds,
    maximumConcurrency: typeof maximum === "number" ? maximum : undefined,
    reportsItemFailures: Array.isArray(types) && types.includes("ReportBatchItemFailures"),
    what,
  };
}

function mappedFunction(graph: ResourceGraph, resource: GraphResource, what: string): FunctionBuild {
  const name = requiredString(resource, "functionName");
  const build = functionNamed(graph, name);
  if (build !== undefined) return build;
  throw new LocalStageError(`${what} calls ${name}, which is no function of the stacks.`);
}
