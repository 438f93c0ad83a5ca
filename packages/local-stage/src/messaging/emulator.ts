import { mkdir } from "node:fs/promises";
import { buildApp } from "fauxqs";
import { LocalStageError } from "../local-stage-error.ts";
import { accessKeyIdOf } from "../permissions/access-keys.ts";
import { readEmulatorCall, refuseCall } from "../permissions/call-authorization.ts";
import type { RoleCheck } from "../permissions/role-check.ts";
import { LOCAL_ACCOUNT_ID } from "../resource-reader.ts";
import { emailSubscribers, hidePendingArns } from "./email-subscribers.ts";
import { prepareEmulatorPersistence } from "./emulator-persistence.ts";
import { type EmulatorStores, loadEmulatorInternals } from "./fauxqs-internals.ts";
import { receiveWholeGroups } from "./fifo-receive.ts";
import { httpsSubscribers } from "./https-subscribers.ts";
import type { Mailbox } from "./mailbox.ts";
import { type MessageSigner, messageSigner } from "./message-signer.ts";
import { endpointPoster, type LocalEndpoints } from "./post-to-endpoint.ts";
import { deliverStructuredMessages } from "./structured-messages.ts";

export type QueueDepth = { visible: number; inFlight: number; delayed: number };

export type Emulator = {
  queueDepth(queueName: string): QueueDepth | undefined;
  stop(): Promise<void>;
};

/** Starts SNS and SQS on the loopback interface; their state is in `dataDirectory`. */
export async function startEmulator(options: {
  port: number;
  region: string;
  dataDirectory: string;
  roleCheck: RoleCheck;
  mail: Mailbox;
  endpoints?: LocalEndpoints | undefined;
  signatureVersionOf?: (topicArn: string) => "1" | "2";
  log?: ((message: string) => void) | undefined;
}): Promise<Emulator> {
  await mkdir(options.dataDirectory, { recursive: true });
  const { SqsStore, SnsStore, S3Store, PersistenceManager, matchesFilterPolicy } =
    await loadEmulatorInternals();
  const sqs = new SqsStore();
  const sns = new SnsStore();
  const persistence = new PersistenceManager(options.dataDirectory);
  prepareEmulatorPersistence(persistence);
  // Loading comes before the stores know the persistence, or each loaded row would be written back.
  persistence.loadSqsAndSns(sqs, sns);
  sqs.persistence = persistence;
  sns.persistence = persistence;
  for (const queue of sqs.allQueues()) {
    queue.persistence = persistence;
    receiveWholeGroups(queue);
  }
  const createQueue = sqs.createQueue.bind(sqs);
  sqs.createQueue = (...args) => {
    const queue = createQueue(...args);
    receiveWholeGroups(queue);
    return queue;
  };

  hidePendingArns(sns);
  const endpoint = `http://127.0.0.1:${options.port}`;
  const email = emailSubscribers({ sns, matchesFilterPolicy, mail: options.mail, endpoint });
  let signer: Promise<MessageSigner> | undefined;
  const https = httpsSubscribers({
    sns,
    matchesFilterPolicy,
    signer: () => {
      signer ??= messageSigner(endpoint);
      return signer;
    },
    signatureVersionOf: options.signatureVersionOf ?? (() => "1"),
    post: endpointPoster(options.endpoints ?? { hosts: {}, certificates: [] }),
    endpoint,
    log: options.log ?? (() => undefined),
  });
  /** What a call means for subscribers by e-mail and HTTPS, once it is answered. */
  const pendingMessages = new Map<unknown, () => Promise<void>>();

  const app = buildApp({
    logger: false,
    defaultRegion: options.region,
    // Instances of fauxqs's own classes, of which only a part is typed here.
    stores: { sqsStore: sqs, snsStore: sns, s3Store: new S3Store() } as unknown as EmulatorStores,
  });
  const account = { region: options.region, accountId: LOCAL_ACCOUNT_ID };
  app.addHook("preHandler", async (request, reply) => {
    if (request.method === "GET") {
      const { pathname, searchParams } = new URL(request.url, endpoint);
      const answer = email.openLink(searchParams) ?? (await signer)?.certificateAt(pathname);
      if (answer !== undefined) return reply.type("text/plain").send(answer);
    }
    const target = request.headers["x-amz-target"]?.toString();
    const call = readEmulatorCall(target, request.body, account);
    const denied = call && options.roleCheck(accessKeyIdOf(request), call.action, call.resourceArn);
    if (denied !== undefined) return refuseCall(reply, target !== undefined, denied);
    if (isForm(request.body)) {
      const [send, post] = [email.follow(request.body), https.follow(request.body)];
      pendingMessages.set(request, () => {
        // Endpoints take their time, and the caller waits for none of them.
        post();
        return send();
      });
    }
    const malformed = deliverStructuredMessages(request.body);
    if (malformed !== undefined) {
      const error = `<Error><Type>Sender</Type><Code>InvalidParameter</Code><Message>${malformed}</Message></Error>`;
      return reply.code(400).type("text/xml").send(`<ErrorResponse>${error}</ErrorResponse>`);
    }
  });
  app.addHook("onSend", async (request, reply) => {
    const send = pendingMessages.get(request);
    pendingMessages.delete(request);
    if (reply.statusCode === 200) await send?.();
  });
  try {
    await app.listen({ port: options.port, host: "127.0.0.1" });
  } catch (error) {
    persistence.close();
    throw new LocalStageError(`SNS and SQS cannot listen on 127.0.0.1:${options.port}.`, { cause: error });
  }
  const count = (name: string, queue: ReturnType<typeof sqs.getQueueByName>) =>
    Number(queue?.getAttribute(name) ?? 0);
  return {
    queueDepth: queueName => {
      const queue = sqs.getQueueByName(queueName);
      if (queue === undefined) return undefined;
      return {
        visible: count("ApproximateNumberOfMessages", queue),
        inFlight: count("ApproximateNumberOfMessagesNotVisible", queue),
        delayed: count("ApproximateNumberOfMessagesDelayed", queue),
      };
    },
    stop: async () => {
      await https.stop();
      await app.close();
      persistence.close();
    },
  };
}

/** The body of a call of SNS, by its flattened names. */
function isForm(body: unknown): body is Readonly<Record<string, string>> {
  return typeof body === "object" && body !== null && "Action" in body;
}
