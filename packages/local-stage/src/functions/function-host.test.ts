import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { functionBuild, graphOf, resource } from "../../test/graph-fixture.ts";
import type { FunctionBuild, GraphResource } from "../graph/resource-graph.ts";
import { functionAccessKeyId } from "../permissions/access-keys.ts";
import { type FunctionHost, findFunction, startFunctionHost } from "./function-host.ts";
import type { InvocationResult } from "./invocation.ts";

let directory: string;
const running: FunctionHost[] = [];
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "vibe-functions-"));
});
afterEach(async () => {
  for (const host of running.splice(0)) await host.stop();
  await rm(directory, { recursive: true });
});

async function start(functions: FunctionBuild[], resources: GraphResource[] = []): Promise<FunctionHost> {
  const host = await startFunctionHost({
    graph: graphOf(resources, functions),
    endpoints: { messaging: "http://127.0.0.1:1", secrets: "http://127.0.0.1:2" },
    logsDirectory: join(directory, "logs"),
    compileCacheDirectory: join(directory, "cache"),
  });
  running.push(host);
  return host;
}

const reserve = (functionName: string, count: number) =>
  resource("aws:lambda/function:Function", `${functionName}Function`, {
    name: functionName,
    reservedConcurrentExecutions: count,
  });

function payloadOf(result: InvocationResult): Record<string, unknown> {
  if (!result.ok) throw new Error(result.error.errorMessage);
  return JSON.parse(result.payload);
}

function errorOf(result: InvocationResult) {
  if (result.ok) throw new Error(`it succeeded with ${result.payload}`);
  const { errorType, errorMessage } = result.error;
  return { errorType, errorMessage: errorMessage.replace(/^\S+ [0-9a-f-]{36} /, "TIME ID ") };
}

describe("invoke", () => {
  it("gives event and context, and reuses the sandbox", async () => {
    const host = await start([functionBuild("echo", "plain.ts#echo")]);
    await host.invoke("echo", null);
    const result = await host.invoke("echo", { a: 1 });
    expect(payloadOf(result)).toEqual({
      event: { a: 1 },
      calls: 2,
      requestId: result.requestId,
      name: "echo",
    });
  });

  it("shows a function its own environment and nothing of this process", async () => {
    const build = functionBuild("environment", "plain.ts#showEnvironment", {
      environment: { OWN: "1" },
      links: { Prices: { arn: "arn:prices" } },
    });
    const host = await start([build]);
    expect(payloadOf(await host.invoke("environment", {}))).toEqual({
      OWN: "1",
      SST_RESOURCES_JSON: '{"App":{"name":"fixture","stage":"local"},"Prices":{"arn":"arn:prices"}}',
      AWS_REGION: "us-east-2",
      AWS_DEFAULT_REGION: "us-east-2",
      AWS_LAMBDA_FUNCTION_NAME: "environment",
      AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "128",
      AWS_LAMBDA_LOG_GROUP_NAME: "/aws/lambda/environment",
      AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
      AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x",
      LAMBDA_TASK_ROOT: build.bundleDirectory,
      AWS_ACCESS_KEY_ID: functionAccessKeyId("environment"),
      AWS_SECRET_ACCESS_KEY: "local",
      AWS_SESSION_TOKEN: "local",
      AWS_ENDPOINT_URL_SNS: "http://127.0.0.1:1",
      AWS_ENDPOINT_URL_SQS: "http://127.0.0.1:1",
      AWS_ENDPOINT_URL_SECRETS_MANAGER: "http://127.0.0.1:2",
      POWERTOOLS_TRACE_ENABLED: "false",
      TZ: "UTC",
    });
  });

  it("reports an error with its type, message and cause", async () => {
    const host = await start([functionBuild("fail", "plain.ts#fail")]);
    const result = await host.invoke("fail", { message: "no such coin" });
    expect(errorOf(result)).toEqual({ errorType: "RangeError", errorMessage: "no such coin" });
    expect(result.ok ? [] : result.error.trace).toContainEqual(
      expect.stringMatching(/^caused by Error: the cause/),
    );
  });

  it("ends a function at its timeout, and starts anew", async () => {
    const host = await start([functionBuild("hang", "plain.ts#hangOnce", { timeoutSeconds: 0.3 })]);
    const first = errorOf(await host.invoke("hang", { hang: true }));
    const second = payloadOf(await host.invoke("hang", { hang: false }));
    expect([first, second]).toEqual([
      { errorType: "Sandbox.Timedout", errorMessage: "TIME ID Task timed out after 0.30 seconds" },
      { calls: 1 },
    ]);
  });

  it.each([
    ["crash", "Runtime.ExitError", "Runtime exited with error: exit status 3"],
    ["rejectLater", "TypeError", "nobody handles this"],
  ])("survives a function that ends its thread (%s)", async (name, errorType, errorMessage) => {
    const host = await start([functionBuild(name, `plain.ts#${name}`)]);
    const errors = [errorOf(await host.invoke(name, {})), errorOf(await host.invoke(name, {}))];
    expect(errors).toEqual([
      { errorType, errorMessage },
      { errorType, errorMessage },
    ]);
  });

  it("says how much time remains", async () => {
    const host = await start([functionBuild("remaining", "plain.ts#remaining", { timeoutSeconds: 60 })]);
    const result = await host.invoke("remaining", {});
    const remainingMs = Number(result.ok && result.payload);
    expect([remainingMs > 50_000, remainingMs <= 60_000]).toEqual([true, true]);
  });

  it.each([1, 2])("runs at most the reserved %d at a time, and the others in turn", async reserved => {
    const host = await start([functionBuild("thread", "plain.ts#thread")], [reserve("thread", reserved)]);
    const threads = await Promise.all(
      [1, 2, 3, 4].map(async () => payloadOf(await host.invoke("thread", {})).thread),
    );
    expect([new Set(threads).size, host.concurrencyOf("thread"), host.activeInvocations()]).toEqual([
      reserved,
      reserved,
      0,
    ]);
  });

  it("tells in the function's log of a call that Lambda would refuse", async () => {
    const host = await start([functionBuild("thread", "plain.ts#thread")], [reserve("thread", 1)]);
    const [, waited] = await Promise.all([host.invoke("thread", {}), host.invoke("thread", {})]);
    await host.stop();
    const lines = (await readFile(join(directory, "logs/thread.log"), "utf8")).split("\n").filter(Boolean);
    expect(lines.map(line => JSON.parse(line))).toEqual([
      {
        level: "WARN",
        requestId: waited.requestId,
        throttled: true,
        message: "Rate Exceeded: 1 runs are all that may run at once; this one waits",
      },
    ]);
  });

  it("writes what a function prints to its log", async () => {
    const host = await start([functionBuild("print", "plain.ts#print")]);
    await host.invoke("print", {});
    await host.stop();
    expect(await readFile(join(directory, "logs/print.log"), "utf8")).toEqual("a line of the function\n");
  });
});

describe("start", () => {
  it.each([
    ["a link that is missing", "broken.ts#handler", 'Error: "Database" is not linked in your sst.config.ts'],
    [
      "an export that is missing",
      "broken.ts#handle",
      'Runtime.HandlerNotFound: "handle" is undefined or not exported; exported: handler',
    ],
  ])("fails for %s, and names function and cause", async (_case, handler, cause) => {
    const links = handler.endsWith("handle") ? { Database: {} } : {};
    const starting = start([functionBuild("query-processor", handler, { links })]);
    await expect(starting).rejects.toThrow(
      `The function query-processor does not start: ${cause}\nLook at its handler, link and environment in stacks/.`,
    );
  });

  it("fails for a bundle that is missing", async () => {
    await expect(start([functionBuild("query-processor", "gone.ts#handler")])).rejects.toThrow(
      /^The function query-processor does not start: Error: Cannot find module '.*gone\.ts'/,
    );
  });

  it("reports all functions that do not start", async () => {
    const starting = start([
      functionBuild("first", "broken.ts#handler"),
      functionBuild("second", "broken.ts#handler"),
    ]);
    await expect(starting).rejects.toThrow(
      /The function first does not start[\s\S]*The function second does not start/,
    );
  });

  it("fails for a reserved concurrency of 0", async () => {
    const starting = start([functionBuild("echo", "plain.ts#echo")], [reserve("echo", 0)]);
    await expect(starting).rejects.toThrow(
      "The function echo has a reserved concurrency of 0, with which Lambda never runs it.",
    );
  });
});

describe("findFunction", () => {
  const graph = graphOf(
    [],
    [
      functionBuild("vibe-local-data-ingestion", "a#b", { resourceName: "DataIngestion" }),
      functionBuild("vibe-local-data-clean-up", "a#b", { resourceName: "CleanUp" }),
    ],
  );

  it.each(["vibe-local-data-ingestion", "DataIngestion", "ingestion", "data-ingestion"])("finds %s", name => {
    expect(findFunction(graph, name).resourceName).toEqual("DataIngestion");
  });

  it("names the functions when there is none", () => {
    expect(() => findFunction(graph, "query")).toThrow(
      'No function ends with "query": vibe-local-data-ingestion, vibe-local-data-clean-up.',
    );
  });
});
