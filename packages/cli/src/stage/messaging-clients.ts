import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import { LOCAL_STAGE_ACCESS_KEY_ID } from "@vibe-charting/local-stage";
import type { RunningStage } from "./running-stage.ts";

/** Clients of a running stage's SNS and SQS, with the operator's key. */
export function messagingClients(stage: Pick<RunningStage, "messagingUrl" | "region">): {
  sns: SNSClient;
  sqs: SQSClient;
} {
  const client = {
    endpoint: stage.messagingUrl,
    region: stage.region,
    credentials: { accessKeyId: LOCAL_STAGE_ACCESS_KEY_ID, secretAccessKey: "local" },
  };
  // The emulator's queue URLs name a host that only it knows.
  return { sns: new SNSClient(client), sqs: new SQSClient({ ...client, useQueueUrlAsEndpoint: false }) };
}
