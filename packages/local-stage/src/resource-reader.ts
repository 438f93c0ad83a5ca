import type { GraphResource } from "./graph/resource-graph.ts";
import { LocalStageError } from "./local-stage-error.ts";

/** The emulator's account; the graph is evaluated for the same one, so that ARNs agree. */
export const LOCAL_ACCOUNT_ID = "000000000000";

/** `Queue "AnalysisQueue"`: how messages name a resource, so that it can be found in stacks/. */
export function describeResource(resource: GraphResource): string {
  return `${resource.type.split(":").at(-1) ?? resource.type} "${resource.name}"`;
}

/** A property as the provider reports it, else as the stack asked for it. */
export function property(resource: GraphResource, key: string): unknown {
  return resource.outputs[key] ?? resource.inputs[key];
}

export function optionalString(resource: GraphResource, key: string): string | undefined {
  const value = property(resource, key);
  return typeof value === "string" && value !== "" ? value : undefined;
}

export function requiredString(resource: GraphResource, key: string): string {
  const value = optionalString(resource, key);
  if (value === undefined) {
    throw new LocalStageError(
      `${describeResource(resource)} has no "${key}"; look at where stacks/ creates it.`,
    );
  }
  return value;
}

export function optionalNumber(resource: GraphResource, key: string): number | undefined {
  const value = property(resource, key);
  return typeof value === "number" ? value : undefined;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The function's name from an ARN (with or without a qualifier), an invoke URI or a plain name. */
export function functionNameOf(reference: string): string {
  const arn = /arn:aws[\w-]*:lambda:[^:]*:\d*:function:([^:/]+)/.exec(reference);
  return arn?.[1] ?? reference;
}

export function parseJson(resource: GraphResource, key: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new LocalStageError(`${describeResource(resource)}: "${key}" is not JSON: ${text}`, {
      cause: error,
    });
  }
}
