import type { ResourceGraph } from "@vibe-charting/local-stage";
import { evaluateGraph } from "@vibe-charting/local-stage/graph";
import { localValues, projectDirectory } from "./stage/project.ts";

/** Stand-ins: nothing is started, so nothing listens there. */
const placeholders = {
  ports: { database: 5432, messaging: 4566, secrets: 4567 },
  databasePassword: "not-a-password",
};

/** For looking at production from a machine where its settings are not set; a deploy asks for real ones. */
const exampleSettings = {
  VIBE_DOMAIN: "api.vibe-charting.com",
  VIBE_PAGE_DOMAIN: "vibe-charting.com",
  VIBE_ALARM_EMAIL: "operations@example.com",
};

/** Evaluates the stacks of a stage for reading: nothing is bundled or started. */
export async function evaluateStacks(
  stage: string,
  buildDirectory: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<ResourceGraph> {
  const environment = { ...(stage === "production" && exampleSettings), ...process.env, ...settings };
  const values = localValues(placeholders, 4000);
  const options = { projectDirectory, stage, values, buildDirectory, environment };
  return await evaluateGraph({ ...options, withoutBundles: true });
}
