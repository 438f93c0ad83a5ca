import { ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { type FauxqsServer, startFauxqs } from "fauxqs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readQueueDepths } from "./queue-depths.ts";

describe("readQueueDepths", () => {
  let server: FauxqsServer;
  let sqs: SQSClient;
  beforeAll(async () => {
    server = await startFauxqs({ port: 0, host: "127.0.0.1", logger: false, defaultRegion: "us-east-2" });
    sqs = new SQSClient({
      endpoint: `http://127.0.0.1:${server.port}`,
      region: "us-east-2",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
      useQueueUrlAsEndpoint: false,
    });
  });
  afterAll(async () => {
    sqs.destroy();
    await server.stop();
  });

  it("counts what waits and what is worked on in each queue", async () => {
    for (const name of ["analysis", "dead-letters"]) server.createQueue(name, { region: "us-east-2" });
    for (const body of ["a", "b", "c"]) server.sendMessage("analysis", body);
    const url = (name: string) => `http://127.0.0.1/000000000000/${name}`;
    await sqs.send(new ReceiveMessageCommand({ QueueUrl: url("analysis"), MaxNumberOfMessages: 1 }));
    const urls = { dead: url("dead-letters"), analysis: url("analysis") };
    expect(await readQueueDepths(urls, sqs)).toEqual({ dead: 0, analysis: 3 });
  });
});
