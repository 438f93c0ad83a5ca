import { expect, it } from "vitest";
import { changed, functionBuild, graphOf, mapping, queue, without } from "../../test/graph-fixture.ts";
import type { ResourceGraph } from "../graph/resource-graph.ts";
import { LocalStageError } from "../local-stage-error.ts";
import { planMessaging } from "../messaging/messaging-plan.ts";
import { planEventSources } from "./event-source-plan.ts";

const graph = graphOf(
  [
    queue("work.fifo", "http://127.0.0.1:1"),
    mapping("Mapping", "work.fifo", "worker", { batchSize: 7, scalingConfig: { maximumConcurrency: 4 } }),
  ],
  [functionBuild("worker", "plain.ts#echo")],
);
const plan = (candidate: ResourceGraph) => planEventSources(candidate, planMessaging(candidate));

it("reads batch size, concurrency and the kind of answer", () => {
  const [source] = plan(graph);
  expect({ ...source, queue: source?.queue.name }).toEqual({
    queue: "work.fifo",
    functionName: "worker",
    batchSize: 7,
    batchWindowSeconds: 0,
    maximumConcurrency: 4,
    reportsItemFailures: true,
    what: 'EventSourceMapping "Mapping"',
  });
});

it("leaves out a mapping that is switched off", () => {
  expect(plan(changed(graph, "Mapping", { enabled: false }))).toEqual([]);
});

it.each<[string, ResourceGraph, string]>([
  [
    "a queue that is gone",
    without(graph, "work.fifoQueue"),
    'EventSourceMapping "Mapping" reads from arn:aws:sqs:us-east-2:000000000000:work.fifo, which is no queue of the stacks.',
  ],
  [
    "a function that is gone",
    { ...graph, functions: [] },
    'EventSourceMapping "Mapping" calls arn:aws:lambda:us-east-2:000000000000:function:worker, which is no function of the stacks.',
  ],
  [
    "a batching window on a FIFO queue",
    changed(graph, "Mapping", { maximumBatchingWindowInSeconds: 5 }),
    'EventSourceMapping "Mapping": a FIFO queue allows batches of at most 10 and no batching window; it asks for 7 and 5 s.',
  ],
  [
    "a queue that hides messages for less than the function may take",
    changed(graph, "work.fifoQueue", { visibilityTimeoutSeconds: 4 }),
    'EventSourceMapping "Mapping": the queue work.fifo hides a message for 4 s, less than the 5 s that worker may take; AWS refuses that. Six times the function\'s timeout is the rule.',
  ],
  [
    "filter criteria",
    changed(graph, "Mapping", { filterCriteria: { filters: [{ pattern: "{}" }] } }),
    'EventSourceMapping "Mapping" has filter criteria, which delete what does not match and which the local stage does not run; filter at the subscription.',
  ],
])("refuses %s", (_case, broken, message) => {
  expect(() => plan(broken)).toThrow(new LocalStageError(message));
});
