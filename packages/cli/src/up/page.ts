import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { StaticSite } from "@vibe-charting/local-stage";
import { localApiKey, projectDirectory } from "../stage/project.ts";

/** As often as the demo market lists; a tab that is open for a day stays within the key's quota. */
const pollSeconds = 5;

/**
 * Builds the page where its sources changed, and says how it is served: with the API, on the same origin. It is not
 * read from the graph: the stacks declare no page so far.
 */
export async function buildPage(): Promise<StaticSite> {
  const folder = join(projectDirectory, "packages/web");
  await promisify(execFile)(process.execPath, [join(folder, "scripts/build.ts")], { cwd: folder });
  return {
    directory: join(folder, "dist"),
    // An address without an origin: the page's own.
    // Its key is the operator's, who is alone here: the page may keep alerts under it.
    config: { apiKey: localApiKey, apiUrl: "", pollSeconds, isOwnKey: true },
  };
}
