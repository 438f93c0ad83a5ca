import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { findFreePort, isPortFree } from "../src/free-port.ts";
import type { LocalStage } from "../src/start-local-stage.ts";
import { openStateDirectory, type StateDirectory } from "../src/state-directory.ts";
import { changed, without } from "./graph-fixture.ts";
import { pipelineGraph, startPipeline } from "./pipeline-stage.ts";

let parent: string;
let directory: string;
let apiPort: number;
let state: StateDirectory | undefined;
let stage: LocalStage | undefined;

// One state folder for all: creating a database takes longer than any of the tests.
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), "vibe-stage-"));
  await chmod(parent, 0o755);
  directory = join(parent, ".vibe");
  apiPort = await findFreePort();
});
afterAll(async () => {
  await rm(parent, { recursive: true });
});
afterEach(async () => {
  await stage?.stop();
  await state?.release();
  stage = undefined;
  state = undefined;
});

async function open(): Promise<StateDirectory> {
  state = await openStateDirectory(directory);
  return state;
}

async function start(): Promise<LocalStage> {
  stage = await startPipeline(await open(), apiPort);
  return stage;
}

/** Takes everything out of the alerts queue. */
async function takeAlerts(endpoint: string): Promise<string[]> {
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const sqs = new SQSClient({ endpoint, region: "us-east-2", credentials });
  const QueueUrl = `${endpoint}/000000000000/alerts`;
  const texts: string[] = [];
  let batch: Message[];
  do {
    const answer = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    batch = answer.Messages ?? [];
    texts.push(...batch.map(({ Body }) => Body ?? ""));
    const Entries = batch.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
    if (Entries.length > 0) await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
  } while (batch.length > 0);
  sqs.destroy();
  return texts.toSorted();
}

const postgresPid = () =>
  Number.parseInt(readFileSync(join(directory, "postgres/Database/postmaster.pid"), "utf8"), 10);

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

const signalsOf = (day: string) => ["BTC", "ETH", "SOL"].map(coin => `signal for ${coin} ${day}`);

describe("a running stage", () => {
  it("takes an event from the schedule through topics, queues and functions, and answers HTTP", async () => {
    const running = await start();
    const fired = await running.schedules.advanceTo(Date.UTC(2026, 10, 23, 18));
    await running.drained();
    const depths = running.queueDepths();
    const response = await fetch(`${running.apiUrl}/things/7`);
    const deployed = await readFile(join(directory, "postgres.log"), "utf8");
    expect({
      fired: fired.map(({ functionName, ok }) => [functionName, ok]),
      depths,
      alerts: await takeAlerts(running.messagingEndpoint),
      http: [response.status, JSON.parse(await response.text()).pathParameters],
      ready: deployed.includes("database system is ready to accept connections"),
    }).toEqual({
      fired: [["fixture-ingest", true]],
      depths: {
        "dead.fifo": { visible: 0, inFlight: 0, delayed: 0 },
        "work.fifo": { visible: 0, inFlight: 0, delayed: 0 },
        alerts: { visible: 3, inFlight: 0, delayed: 0 },
      },
      alerts: signalsOf("2026-11-23T12:00:00Z"),
      http: [200, { id: "7" }],
      ready: true,
    });
  });

  it("stops within seconds though a function hangs, and shows its message again after the next start", async () => {
    const opened = await open();
    const graph = pipelineGraph(opened);
    const hanging = graph.functions.map(build =>
      build.functionName === "fixture-analyze"
        ? { ...build, timeoutSeconds: 30, entry: { file: "plain.ts", exportName: "hang" } }
        : build,
    );
    stage = await startPipeline(opened, apiPort, { ...graph, functions: hanging });
    await stage.invoke("ingest", { day: "hung" });
    while (stage.queueDepths()["work.fifo"]?.inFlight === 0) await new Promise(setImmediate);
    const began = performance.now();
    await stage.stop();
    const stoppedWithinMs = performance.now() - began;
    await opened.release();
    const running = await start();
    await running.drained();
    expect([stoppedWithinMs < 8_000, await takeAlerts(running.messagingEndpoint)]).toEqual([
      true,
      signalsOf("hung"),
    ]);
  });

  it("leaves nothing behind when it is stopped", async () => {
    const running = await start();
    const pid = postgresPid();
    const ports = [apiPort, ...Object.values(state?.ports ?? {})];
    await running.stop();
    await running.stop();
    expect([isAlive(pid), await Promise.all(ports.map(isPortFree))]).toEqual([
      false,
      [true, true, true, true],
    ]);
  });
});

it("goes on after kill -9 without losing anything", async () => {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, "stage-child.ts"), directory, String(apiPort)],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  await once(child.stdout, "data");
  child.kill("SIGKILL");
  await once(child, "exit");
  const leftover = postgresPid();
  const leftoverLived = isAlive(leftover);
  const running = await start();
  await running.invoke("ingest", { day: "after" });
  await running.drained();
  const alerts = await takeAlerts(running.messagingEndpoint);
  expect({
    leftover: [leftoverLived, isAlive(leftover)],
    // A kill between a function's publishing and its acknowledgement may repeat a message, never lose one.
    alerts: [...new Set(alerts)],
  }).toEqual({
    leftover: [true, false],
    alerts: [...signalsOf("after"), ...signalsOf("before")].toSorted(),
  });
});

describe("wiring that is broken", () => {
  it.each<[string, (state: StateDirectory) => ReturnType<typeof pipelineGraph>, RegExp]>([
    [
      "a filter value that is gone",
      opened => changed(pipelineGraph(opened), "WorkSubscription", { filterPolicy: '{"type":[]}' }),
      /^TopicSubscription "WorkSubscription": its filterPolicy has no value for "type"/,
    ],
    [
      "a route that is gone",
      opened => without(pipelineGraph(opened), "GET/things/{id}Method"),
      /^Integration "GET\/things\/\{id\}Integration" \(GET \/things\/\{id\}\) belongs to no method/,
    ],
    [
      "a function called at deployment that fails",
      opened => ({
        ...pipelineGraph(opened),
        functions: pipelineGraph(opened).functions.map(build =>
          build.functionName === "fixture-deploy"
            ? { ...build, entry: { file: "plain.ts", exportName: "fail" } }
            : build,
        ),
      }),
      /^Invocation "Deployed": fixture-deploy failed: RangeError/,
    ],
    [
      "a handler that is not exported",
      opened => ({
        ...pipelineGraph(opened),
        functions: pipelineGraph(opened).functions.map(build =>
          build.functionName === "fixture-http"
            ? { ...build, entry: { file: "plain.ts", exportName: "gone" } }
            : build,
        ),
      }),
      /^The function fixture-http does not start: Runtime\.HandlerNotFound: "gone"/,
    ],
  ])("fails the start for %s, and leaves nothing running", async (_case, broken, message) => {
    const opened = await open();
    await expect(startPipeline(opened, apiPort, broken(opened))).rejects.toThrow(message);
    const ports = [apiPort, ...Object.values(opened.ports)];
    expect(await Promise.all(ports.map(isPortFree))).toEqual([true, true, true, true]);
  });
});
