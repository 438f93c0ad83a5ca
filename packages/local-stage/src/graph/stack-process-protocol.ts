import type { LocalValues } from "./local-values.ts";
import type { GraphResource } from "./resource-graph.ts";

/** First message to the stack process, while the stacks are still being bundled: what can be loaded ahead. */
export interface PrepareMessage {
  kind: "prepare";
  platformDirectory: string;
  platformBundle: string;
}

/** Second message to the stack process: evaluate. */
export interface EvaluateMessage {
  kind: "evaluate";
  projectDirectory: string;
  platformDirectory: string;
  stacksBundle: string;
  workDirectory: string;
  stage: string;
  values: LocalValues;
}

/** What the stack process answers, once. */
export type StackResult =
  | { kind: "evaluated"; appName: string; region: string; resources: GraphResource[] }
  | { kind: "failed"; message: string; stack: string };
