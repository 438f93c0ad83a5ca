import { type GraphResource, type ResourceGraph, resourcesOf } from "../graph/resource-graph.ts";
import { LocalStageError } from "../local-stage-error.ts";
import { describeResource, isRecord, property, requiredString } from "../resource-reader.ts";

export type QuotaPeriod = "DAY" | "WEEK" | "MONTH";

export type UsagePlan = {
  id: string;
  throttle: { ratePerSecond: number; burst: number } | undefined;
  quota: { limit: number; period: QuotaPeriod } | undefined;
  keys: { id: string; value: string }[];
};

/** The usage plans of one stage, with the enabled keys that belong to each. */
export function planUsagePlans(graph: ResourceGraph, apiId: string, stageName: string): UsagePlan[] {
  return resourcesOf(graph, "aws:apigateway/usagePlan:UsagePlan")
    .filter(plan => coversStage(plan, apiId, stageName))
    .map(plan => ({
      id: plan.id,
      throttle: readThrottle(plan),
      quota: readQuota(plan),
      keys: keysOf(graph, plan),
    }));
}

function coversStage(plan: GraphResource, apiId: string, stageName: string): boolean {
  const stages = property(plan, "apiStages");
  return (
    Array.isArray(stages) &&
    stages.some(stage => isRecord(stage) && stage.apiId === apiId && stage.stage === stageName)
  );
}

function readThrottle(plan: GraphResource): UsagePlan["throttle"] {
  const settings = property(plan, "throttleSettings");
  if (!isRecord(settings) || typeof settings.rateLimit !== "number") return undefined;
  const burst = typeof settings.burstLimit === "number" ? settings.burstLimit : settings.rateLimit;
  return { ratePerSecond: settings.rateLimit, burst };
}

function readQuota(plan: GraphResource): UsagePlan["quota"] {
  const settings = property(plan, "quotaSettings");
  if (!isRecord(settings) || typeof settings.limit !== "number") return undefined;
  const { limit, period } = settings;
  if (period !== "DAY" && period !== "WEEK" && period !== "MONTH") {
    throw new LocalStageError(`${describeResource(plan)}: the quota's period is ${String(period)}.`);
  }
  return { limit, period };
}

function keysOf(graph: ResourceGraph, plan: GraphResource): UsagePlan["keys"] {
  const keys = resourcesOf(graph, "aws:apigateway/apiKey:ApiKey");
  return resourcesOf(graph, "aws:apigateway/usagePlanKey:UsagePlanKey")
    .filter(link => property(link, "usagePlanId") === plan.id)
    .flatMap(link => {
      const keyId = requiredString(link, "keyId");
      const key = keys.find(({ id }) => id === keyId);
      if (key === undefined) {
        throw new LocalStageError(
          `${describeResource(link)} names the API key ${keyId}, which the stacks do not declare.`,
        );
      }
      return property(key, "enabled") === false ? [] : [{ id: key.id, value: requiredString(key, "value") }];
    });
}
