import { join, resolve } from "node:path";
import type { LocalValues, StateDirectory } from "@vibe-charting/local-stage";

/** The folder with sst.config.ts. */
export const projectDirectory = join(import.meta.dirname, "../../../..");

/** Where the local stage keeps its state, `.vibe` unless VIBE_STATE names another folder; `--reset` drops it. */
export const stateDirectoryPath = resolve(projectDirectory, process.env.VIBE_STATE || ".vibe");

/** The key of the local stage's API. It opens nothing but this machine. */
export const localApiKey = "vibe-charting-local-key";

export const localStageName = "local";

/** What the mocked cloud answers with, so that the graph's addresses are the ones that are served here. */
export function localValues(
  { ports, databasePassword }: Pick<StateDirectory, "ports" | "databasePassword">,
  apiPort: number,
): LocalValues {
  return {
    accountId: "000000000000",
    awsEndpoint: `http://127.0.0.1:${ports.messaging}`,
    database: { host: "127.0.0.1", port: ports.database },
    databasePassword,
    apiUrl: `http://127.0.0.1:${apiPort}`,
    apiKeyValues: { ApiKeyApiKey: localApiKey },
  };
}
