import { readFileSync } from "node:fs";
import { join } from "node:path";
import { SQSClient } from "@aws-sdk/client-sqs";

/** The queues of a running stage as an operator, whom no role holds back, reaches them. */
export function stageQueues(stateDirectory: string): SQSClient {
  // The stage wrote this file: it has both fields.
  const { messagingUrl, region } = JSON.parse(readFileSync(join(stateDirectory, "running.json"), "utf8"));
  return new SQSClient({
    endpoint: messagingUrl,
    region,
    credentials: { accessKeyId: "OPERATOR", secretAccessKey: "local" },
    useQueueUrlAsEndpoint: false,
  });
}
