import { PublishCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import {
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import type { ResourceGraph } from "@vibe-charting/local-stage";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { type Messaging, startMessaging } from "../../packages/local-stage/src/messaging/messaging.ts";
import { planMessaging } from "../../packages/local-stage/src/messaging/messaging-plan.ts";
import { functionAccessKeyId } from "../../packages/local-stage/src/permissions/access-keys.ts";
import { createRoleCheck } from "../../packages/local-stage/src/permissions/role-check.ts";
import {
  planSecrets,
  startSecretsManagerServer,
} from "../../packages/local-stage/src/secrets/secrets-manager-server.ts";
import { freePort, temporaryState } from "../support/stage-process.ts";
import { stageGraph } from "./stage-graph.ts";

const account = "000000000000";
const Answer = z.object({ __type: z.string().optional() });
/** How SNS, SQS and Secrets Manager refuse. */
const refusals = ["AuthorizationErrorException", "AccessDeniedException", "AccessDenied"];

describe("the functions' roles, on the local stage", () => {
  const state = temporaryState();
  let graph: ResourceGraph;
  let messaging: Messaging;
  let secrets: Awaited<ReturnType<typeof startSecretsManagerServer>>;
  let endpoint: string;
  let secretsUrl: string;
  beforeAll(async () => {
    graph = await stageGraph("production");
    const roleCheck = createRoleCheck(graph);
    const [port, secretsPort] = [await freePort(), await freePort()];
    endpoint = `http://127.0.0.1:${port}`;
    secretsUrl = `http://127.0.0.1:${secretsPort}`;
    const plan = planMessaging(graph);
    const { region } = graph;
    messaging = await startMessaging({ plan, endpoint, port, region, dataDirectory: state.path, roleCheck });
    secrets = await startSecretsManagerServer({
      port: secretsPort,
      secrets: planSecrets(graph, { "vibe-charting/coinmarketcap": "{}" }),
      roleCheck,
    });
  });
  afterAll(async () => {
    await secrets?.stop();
    await messaging?.stop();
    state.remove();
  });

  const namesOf = (type: string) =>
    graph.resources.filter(resource => resource.type.endsWith(type)).map(({ inputs }) => String(inputs.name));
  const short = (name: string) => name.replace(/^vibe-charting[-/]/, "");

  /** Every call that a function could think of, under the name of the right that it takes. */
  function callsOf(functionName: string): Record<string, () => Promise<unknown>> {
    const credentials = { accessKeyId: functionAccessKeyId(functionName), secretAccessKey: "local" };
    const client = { endpoint, region: graph.region, credentials, maxAttempts: 1 };
    const sns = new SNSClient(client);
    const sqs = new SQSClient({ ...client, useQueueUrlAsEndpoint: false });
    const readSecret = async (SecretId: string) => {
      const response = await fetch(secretsUrl, {
        method: "POST",
        headers: {
          "content-type": "application/x-amz-json-1.1",
          "x-amz-target": "secretsmanager.GetSecretValue",
          authorization: `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/20261123/us-east-2/secretsmanager/aws4_request`,
        },
        body: JSON.stringify({ SecretId }),
      });
      const { __type: name } = Answer.parse(await response.json());
      if (name !== undefined) throw Object.assign(new Error(name), { name });
    };
    return Object.fromEntries([
      ...namesOf("sns/topic:Topic").flatMap(name => {
        const TopicArn = `arn:aws:sns:${graph.region}:${account}:${name}`;
        const order = name.endsWith(".fifo") && { MessageGroupId: "1", MessageDeduplicationId: "1" };
        const Endpoint = `arn:aws:sqs:${graph.region}:${account}:none`;
        return [
          [
            `publish ${short(name)}`,
            () => sns.send(new PublishCommand({ TopicArn, Message: "{}", ...order })),
          ],
          [
            `subscribe ${short(name)}`,
            () => sns.send(new SubscribeCommand({ TopicArn, Protocol: "sqs", Endpoint })),
          ],
        ];
      }),
      ...namesOf("sqs/queue:Queue").flatMap(name => {
        const QueueUrl = `${endpoint}/${account}/${name}`;
        const order = name.endsWith(".fifo") && { MessageGroupId: "1", MessageDeduplicationId: "1" };
        return [
          [
            `send ${short(name)}`,
            () => sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "{}", ...order })),
          ],
          [`receive ${short(name)}`, () => sqs.send(new ReceiveMessageCommand({ QueueUrl }))],
          [
            `measure ${short(name)}`,
            () => sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] })),
          ],
        ];
      }),
      ...namesOf("secretsmanager/secret:Secret").map(name => [`read ${short(name)}`, () => readSecret(name)]),
    ]);
  }

  it("let each of them do what it is for, and refuse it everything else", async () => {
    const allowed: Record<string, string[]> = {};
    const failures: string[] = [];
    for (const { functionName } of graph.functions) {
      const ofFunction: string[] = [];
      for (const [call, run] of Object.entries(callsOf(functionName))) {
        await run().then(
          () => ofFunction.push(call),
          ({ name }) => {
            if (!refusals.includes(name)) failures.push(`${functionName} ${call}: ${name}`);
          },
        );
      }
      allowed[short(functionName)] = ofFunction.sort();
    }
    expect(failures).toEqual([]);
    expect(allowed).toEqual({
      alerts: [
        "measure alert-signals",
        "publish alert-deliveries",
        "receive alert-signals",
        "send undelivered",
        "subscribe alert-deliveries",
      ],
      "analysis-catch-up": ["publish prices-ingested.fifo", "send undelivered"],
      "data-clean-up": ["send undelivered"],
      "data-ingestion": [
        "publish prices-ingested.fifo",
        "publish signals-detected",
        "read coinmarketcap",
        "send undelivered",
      ],
      "database-migrator": ["read database"],
      "history-backfill": ["publish prices-ingested.fifo", "read coinmarketcap", "send undelivered"],
      "outbox-drain": [
        "publish alert-deliveries",
        "publish prices-ingested.fifo",
        "publish signals-detected",
        "send undelivered",
      ],
      "query-processor": [
        "measure alert-dead-letters",
        "measure alert-signals",
        "measure analysis-dead-letters.fifo",
        "measure analysis.fifo",
        "measure undelivered",
        "measure undelivered-prices.fifo",
      ],
      "signal-record": ["send undelivered"],
      "trend-analysis": ["measure analysis.fifo", "publish signals-detected", "receive analysis.fifo"],
    });
  });

  it("let each of them sign in to the database as one user, by what the local database asks too", () => {
    const database = graph.resources.find(({ type }) => type === "aws:rds/instance:Instance");
    const users = ["charting", "ingestion", "analysis", "query", "maintenance", "alerts"];
    const roleCheck = createRoleCheck(graph);
    const usersOf = (functionName: string) =>
      users.filter(user => {
        const arn = `arn:aws:rds-db:${graph.region}:${account}:dbuser:${database?.outputs.resourceId}/vibe_${user}`;
        return roleCheck(functionAccessKeyId(functionName), "rds-db:connect", arn) === undefined;
      });
    expect(
      Object.fromEntries(
        graph.functions.map(({ functionName }) => [short(functionName), usersOf(functionName)]),
      ),
    ).toEqual({
      alerts: ["alerts"],
      "analysis-catch-up": ["maintenance"],
      "data-clean-up": ["maintenance"],
      "data-ingestion": ["ingestion"],
      "database-migrator": ["charting"],
      "history-backfill": ["ingestion"],
      "outbox-drain": ["maintenance"],
      "query-processor": ["query"],
      "signal-record": ["analysis"],
      "trend-analysis": ["analysis"],
    });
  });
});
