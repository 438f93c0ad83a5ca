import { createHash } from "node:crypto";
import type { LocalValues } from "./local-values.ts";

/** Where the mocked cloud is, and what it answers with. */
export interface CloudContext {
  region: string;
  appName: string;
  stage: string;
  values: LocalValues;
}

/** A resource on its way into the mocked cloud. */
export interface ResourceRequest {
  type: string;
  name: string;
  urn: string;
  inputs: Record<string, unknown>;
  /** The provider's id where the stacks read or import an existing resource. */
  existingId?: string;
}

/** What the provider would add to a resource: its id and the outputs that are computed. */
export interface CloudOutputs {
  id: string;
  outputs: Record<string, unknown>;
}

/** Computes the outputs of one type of resource. `physicalName` is the given name or a generated one. */
export type OutputRule = (
  request: ResourceRequest & { physicalName: string },
  context: CloudContext,
) => CloudOutputs;

/** Lower-case hexadecimal digits that depend on nothing but the seed, so that two evaluations agree. */
export function stableHex(seed: string, length: number): string {
  return createHash("sha512").update(seed).digest("hex").slice(0, length);
}

/** A version 4 shaped UUID that depends on nothing but the seed. */
export function stableUuid(seed: string): string {
  const hex = stableHex(seed, 32);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join("-");
}

/** An ARN in the context's region and account. */
export function arnOf(context: CloudContext, service: string, resource: string): string {
  return `arn:aws:${service}:${context.region}:${context.values.accountId}:${resource}`;
}

/** An ARN of a service that has no regions, such as IAM. */
export function globalArnOf(context: CloudContext, service: string, resource: string): string {
  return `arn:aws:${service}::${context.values.accountId}:${resource}`;
}

/** A string input, or undefined where it is absent or of another type. */
export function textOf(inputs: Record<string, unknown>, key: string): string | undefined {
  const value = inputs[key];
  return typeof value === "string" && value !== "" ? value : undefined;
}
