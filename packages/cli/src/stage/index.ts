export { checkOperations, describeSubscriptions } from "./check-wiring.ts";
export { progressBar } from "./progress-bar.ts";
export { localStageName, localValues, projectDirectory } from "./project.ts";
