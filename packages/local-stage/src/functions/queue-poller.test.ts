import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SendMessageCommand } from "@aws-sdk/client-sqs";
import { afterEach, beforeEach, expect, it } from "vitest";
import { functionBuild, graphOf, mapping, queue, redriveTo } from "../../test/graph-fixture.ts";
import { findFreePort } from "../free-port.ts";
import { type Messaging, startMessaging } from "../messaging/messaging.ts";
import { planMessaging } from "../messaging/messaging-plan.ts";
import { planEventSources } from "./event-source-plan.ts";
import { type FunctionHost, startFunctionHost } from "./function-host.ts";
import { type QueuePoller, startQueuePoller } from "./queue-poller.ts";

let directory: string;
let messaging: Messaging;
let host: FunctionHost;
let endpoint: string;
let startPolling: () => void;
let pollers: QueuePoller[];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "vibe-poller-"));
  const port = await findFreePort();
  endpoint = `http://127.0.0.1:${port}`;
  pollers = [];
  const graph = graphOf(
    [
      queue("dead.fifo", endpoint),
      queue("work.fifo", endpoint, { visibilityTimeoutSeconds: 1, ...redriveTo("dead.fifo", 2) }),
      mapping("Mapping", "work.fifo", "consumer"),
    ],
    [functionBuild("consumer", "plain.ts#consume", { timeoutSeconds: 1 })],
  );
  const plan = planMessaging(graph);
  messaging = await startMessaging({
    plan,
    endpoint,
    port,
    region: "us-east-2",
    dataDirectory: join(directory, "messaging"),
    roleCheck: () => undefined,
  });
  host = await startFunctionHost({
    graph,
    endpoints: { messaging: endpoint, secrets: endpoint },
    logsDirectory: directory,
    compileCacheDirectory: join(directory, "cache"),
  });
  startPolling = () => {
    for (const source of planEventSources(graph, plan)) {
      pollers.push(
        startQueuePoller({ source, host, sqs: messaging.sqs, region: "us-east-2", log: () => undefined }),
      );
    }
  };
});
afterEach(async () => {
  for (const poller of pollers) await poller.stop();
  await host.stop();
  await messaging.stop();
  await rm(directory, { recursive: true });
});

async function send(group: string, ...texts: string[]): Promise<void> {
  for (const text of texts) {
    await messaging.sqs.send(
      new SendMessageCommand({
        QueueUrl: `${endpoint}/000000000000/work.fifo`,
        MessageBody: text,
        MessageGroupId: group,
        MessageDeduplicationId: text,
      }),
    );
  }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(resolve => setTimeout(resolve, 5));
}

const left = (name: string) => {
  const depth = messaging.emulator.queueDepth(name);
  return depth && depth.visible + depth.inFlight;
};

/** What the function was given, batch by batch. */
async function batches(): Promise<{ bodies: string[]; failed: number }[]> {
  await host.stop();
  const log = await readFile(join(directory, "consumer.log"), "utf8");
  return log
    .trimEnd()
    .split("\n")
    .map(line => JSON.parse(line));
}

it("gives waiting messages as one batch and deletes them", async () => {
  await send("a", "a1", "a2");
  await send("b", "b1");
  startPolling();
  await until(() => left("work.fifo") === 0);
  expect(await batches()).toEqual([{ bodies: ["a1", "b1", "a2"], failed: 0 }]);
});

it("brings back what failed after the visibility timeout, in order, until it is a dead letter", async () => {
  await send("a", "a1", "bad", "a2");
  await send("b", "b1");
  startPolling();
  await until(() => left("work.fifo") === 0);
  expect([await batches(), left("dead.fifo")]).toEqual([
    [
      { bodies: ["a1", "b1", "bad", "a2"], failed: 2 },
      { bodies: ["bad", "a2"], failed: 2 },
    ],
    // The innocent follower dies too, as on AWS.
    2,
  ]);
});

it("wakes at once when a message arrives", async () => {
  startPolling();
  const start = performance.now();
  await send("a", "a1");
  await until(() => left("work.fifo") === 0);
  // Without being woken it would wait out the 20 s of a long poll.
  expect(performance.now() - start).toBeLessThan(10_000);
});
