import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { localValues, projectDirectory } from "@vibe-charting/cli/stage";
import { evaluateGraph, type ResourceGraph } from "@vibe-charting/local-stage";
import type { StageKind } from "../../stacks/rules/waivers.ts";

/** For what an evaluation writes; the graph is evaluated anew each time. */
const buildDirectory = join(projectDirectory, "node_modules/.cache/stack-tests");

/** What an operator of each kind of stage sets. */
const settingsOf: Record<StageKind, { stage: string; environment: Record<string, string> }> = {
  dev: { stage: "dev", environment: { VIBE_ALARM_EMAIL: "developer@example.com" } },
  production: {
    stage: "production",
    environment: {
      VIBE_ALARM_EMAIL: "operations@example.com",
      VIBE_DOMAIN: "api.vibe-charting.com",
      VIBE_PAGE_DOMAIN: "vibe-charting.com",
    },
  },
  "production-multi-az": {
    stage: "production",
    environment: {
      VIBE_ALARM_EMAIL: "operations@example.com",
      VIBE_DOMAIN: "api.vibe-charting.com",
      VIBE_PAGE_DOMAIN: "vibe-charting.com",
      VIBE_MULTI_AZ: "true",
    },
  },
};

const evaluated = new Map<StageKind, Promise<ResourceGraph>>();

/** Evaluates the stacks as a deploy of a kind of stage would; each caller may change its copy. */
export async function stageGraph(kind: StageKind): Promise<ResourceGraph> {
  const { stage, environment } = settingsOf[kind];
  const graph = evaluated.get(kind) ?? evaluateStage(stage, environment);
  evaluated.set(kind, graph);
  return structuredClone(await graph);
}

/** Evaluates the stacks with nothing in the environment but the settings. */
export async function evaluateStage(stage: string, settings: Record<string, string>): Promise<ResourceGraph> {
  mkdirSync(buildDirectory, { recursive: true });
  const ports = { database: 5432, messaging: 4566, secrets: 4567 };
  return await evaluateGraph({
    projectDirectory,
    stage,
    values: localValues({ ports, databasePassword: "the-password-of-the-database" }, 4000),
    buildDirectory,
    withoutBundles: true,
    environment: { PATH: process.env.PATH, HOME: process.env.HOME, ...settings },
  });
}
