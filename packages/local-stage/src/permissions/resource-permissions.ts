import type { ApiPlan } from "../api/api-plan.ts";
import type { EventSource } from "../functions/event-source-plan.ts";
import { parsePolicyStatements } from "../graph/policy-document.ts";
import {
  functionNamed,
  type PolicyStatement,
  type ResourceGraph,
  resourcesOf,
} from "../graph/resource-graph.ts";
import { LocalStageError } from "../local-stage-error.ts";
import type { MessagingPlan } from "../messaging/messaging-plan.ts";
import { functionNameOf, isRecord, optionalString, property, requiredString } from "../resource-reader.ts";
import { isAllowed } from "./policy-match.ts";

/** What Lambda does with the function's role when it polls a queue. */
const POLLING_ACTIONS = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"];

/**
 * Refuses wiring that AWS would leave without effect for want of a permission: a queue that its topic may not
 * send to, a queue that its function may not read, a function that its API may not call.
 */
export function checkResourcePermissions(
  graph: ResourceGraph,
  plans: { messaging: MessagingPlan; eventSources: EventSource[]; apis: ApiPlan[] },
): void {
  for (const { topicArn, queueArn, what } of plans.messaging.subscriptions) {
    if (mayDeliver(graph, queueArn)) continue;
    throw new LocalStageError(
      `${what}: no queue policy lets sns.amazonaws.com send to ${queueArn}, so nothing that ${topicArn} publishes would arrive; look at the queue's policy.`,
    );
  }
  for (const { queue, functionName, what } of plans.eventSources) {
    const policies = functionNamed(graph, functionName)?.policies ?? [];
    const missing = POLLING_ACTIONS.filter(action => !isAllowed(policies, action, queue.arn));
    if (missing.length === 0) continue;
    throw new LocalStageError(
      `${what}: the role of ${functionName} does not allow ${missing.join(", ")} on ${queue.name}; look at the function's permissions.`,
    );
  }
  for (const api of plans.apis) checkApiPermissions(graph, api);
}

function mayDeliver(graph: ResourceGraph, queueArn: string): boolean {
  return resourcesOf(graph, "aws:sqs/queuePolicy:QueuePolicy")
    .flatMap(policy => parsePolicyStatements(requiredString(policy, "policy")))
    .filter(statement => statement.Effect === "Deny" || namesService(statement, "sns.amazonaws.com"))
    .some((_statement, _index, statements) => isAllowed(statements, "sqs:SendMessage", queueArn));
}

function namesService(statement: PolicyStatement, service: string): boolean {
  const { Principal } = statement;
  if (Principal === "*") return true;
  if (!isRecord(Principal)) return false;
  return [Principal.Service, Principal.AWS].flat().some(name => name === service || name === "*");
}

function checkApiPermissions(graph: ResourceGraph, api: ApiPlan): void {
  const callable = new Set(
    resourcesOf(graph, "aws:lambda/permission:Permission")
      .filter(permission => {
        const source = optionalString(permission, "sourceArn");
        return (
          property(permission, "principal") === "apigateway.amazonaws.com" &&
          (source === undefined || source.includes(api.id))
        );
      })
      .map(permission => functionNameOf(requiredString(permission, "function"))),
  );
  for (const { method, path, integration } of api.routes) {
    if (integration.kind === "mock" || callable.has(integration.functionName)) continue;
    throw new LocalStageError(
      `${method} ${path}: no Lambda permission lets API Gateway call ${integration.functionName}; look at the API's routes.`,
    );
  }
}
