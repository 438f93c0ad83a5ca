export { bundlePlatform, findPlatform } from "./bundle-platform.ts";
export { evaluateGraph } from "./evaluate-graph.ts";
export { loadPlatform } from "./load-platform.ts";
