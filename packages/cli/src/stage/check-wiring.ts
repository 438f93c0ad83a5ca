import { operations } from "@vibe-charting/contracts";
import { LocalStageError, type ResourceGraph } from "@vibe-charting/local-stage";

/** The resources of a type. */
function ofType(graph: ResourceGraph, type: string) {
  return graph.resources.filter(resource => resource.type === type);
}

/** Holds the API of the stacks against the contract. Throws a LocalStageError that names each missing operation. */
export function checkOperations(graph: ResourceGraph): void {
  const paths = new Map(
    ofType(graph, "aws:apigateway/resource:Resource").map(({ id, outputs }) => [id, outputs.path]),
  );
  const served = new Set(
    ofType(graph, "aws:apigateway/method:Method").map(
      ({ inputs }) => `${inputs.httpMethod} ${paths.get(String(inputs.resourceId))}`,
    ),
  );
  const missing = Object.values(operations)
    .map(({ method, path }) => `${method} ${path}`)
    .filter(route => !served.has(route));
  if (missing.length > 0) {
    throw new LocalStageError(
      `The API of the stacks does not serve ${missing.join(", ")}; look at the routes in stacks/query.ts.`,
    );
  }
}

/** The subscriptions between the topics and the queues with their filters, for messages about events that got lost. */
export function describeSubscriptions(graph: ResourceGraph): string {
  return ofType(graph, "aws:sns/topicSubscription:TopicSubscription")
    .map(({ name, inputs }) => `${name} passes ${inputs.filterPolicy ?? "everything"}`)
    .join("; ");
}
