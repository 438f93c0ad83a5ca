export { checkOperations, describeSubscriptions } from "./check-wiring.ts";
export { localStageName, localValues, projectDirectory } from "./project.ts";
