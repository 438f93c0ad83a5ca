import { openStateDirectory } from "../src/state-directory.ts";
import { startPipeline } from "./pipeline-stage.ts";

// A local stage in a process of its own, which ingests once and then waits to be killed.

const [directory = "", apiPort = ""] = process.argv.slice(2);
const state = await openStateDirectory(directory);
const stage = await startPipeline(state, Number(apiPort));
await stage.invoke("ingest", { day: "before" });
process.stdout.write("ingested\n");
