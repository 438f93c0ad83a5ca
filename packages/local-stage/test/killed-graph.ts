import type { ResourceGraph } from "../src/graph/resource-graph.ts";
import { graphOf, queue, subscription, topic } from "./graph-fixture.ts";

/** What the process that is killed and the one after it run. */
export function killedGraph(endpoint: string): ResourceGraph {
  return graphOf([
    topic("prices.fifo"),
    queue("work.fifo", endpoint, { visibilityTimeoutSeconds: 180 }),
    ...subscription("WorkSubscription", "prices.fifo", "work.fifo"),
  ]);
}
