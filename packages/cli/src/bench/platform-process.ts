import { bundlePlatform, findPlatform, loadPlatform } from "@vibe-charting/local-stage/graph";
import { projectDirectory } from "../stage/project.ts";

// Loads SST's components and nothing else, as the process that evaluates the stacks does before it begins.
const platform = findPlatform(projectDirectory);
loadPlatform(platform, await bundlePlatform(platform));
process.exit(0);
