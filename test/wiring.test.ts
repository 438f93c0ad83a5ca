import { join } from "node:path";
import { checkOperations, localStageName, localValues, projectDirectory } from "@vibe-charting/cli/stage";
import {
  evaluateGraph,
  openStateDirectory,
  type ResourceGraph,
  type StateDirectory,
  startLocalStage,
} from "@vibe-charting/local-stage";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freePort, temporaryState } from "./support/stage-process.ts";

describe("the local stage follows the graph of the stacks alone", () => {
  const folder = temporaryState();
  let state: StateDirectory;
  let port: number;
  let graph: ResourceGraph;
  beforeAll(async () => {
    state = await openStateDirectory(folder.path);
    port = await freePort();
    const values = localValues(state, port);
    graph = await evaluateGraph({
      projectDirectory,
      stage: localStageName,
      values,
      buildDirectory: join(state.path, "build"),
    });
  });
  afterAll(async () => {
    await state.release();
    folder.remove();
  });

  /** Starts the stage from a changed copy of the graph. */
  async function startChanged(change: (graph: ResourceGraph) => void): Promise<void> {
    const changed = structuredClone(graph);
    change(changed);
    checkOperations(changed);
    const stage = await startLocalStage({
      graph: changed,
      stateDirectory: state,
      apiPort: port,
      values: localValues(state, port),
    });
    await stage.stop();
  }

  it("starts from the graph as it is", async () => {
    await expect(startChanged(() => {})).resolves.toBeUndefined();
  });

  it("fails without a link, and names the function and the link", async () => {
    const withoutLink = startChanged(changed => {
      const analysis = changed.functions.find(({ functionName }) => functionName.endsWith("trend-analysis"));
      delete analysis?.links.SignalsDetected;
    });
    await expect(withoutLink).rejects.toThrow(/trend-analysis.*SignalsDetected.*not linked/s);
  });

  it("fails without a filter value, and names the subscription and the key", async () => {
    const withoutValue = startChanged(changed => {
      for (const { name, inputs, outputs } of changed.resources) {
        if (name !== "AnalysisSubscription") continue;
        inputs.filterPolicy = outputs.filterPolicy = JSON.stringify({ type: [] });
      }
    });
    await expect(withoutValue).rejects.toThrow(/AnalysisSubscription.*"type"/s);
  });

  it("fails without a route, and names it", async () => {
    const withoutRoute = startChanged(changed => {
      const paths = changed.resources.filter(({ type }) => type === "aws:apigateway/resource:Resource");
      const signals = paths.find(({ outputs }) => outputs.path === "/signals");
      changed.resources = changed.resources.filter(
        ({ id, inputs }) => id !== signals?.id && inputs.resourceId !== signals?.id,
      );
    });
    await expect(withoutRoute).rejects.toThrow(/GET \/signals/);
  });

  it("fails without an event source, and names what waits for nobody", async () => {
    const withoutFunction = startChanged(changed => {
      changed.functions = changed.functions.filter(
        ({ functionName }) => !functionName.endsWith("trend-analysis"),
      );
    });
    await expect(withoutFunction).rejects.toThrow(/trend-analysis/);
  });
});
