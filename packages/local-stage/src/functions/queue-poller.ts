import {
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import type { EventSource } from "./event-source-plan.ts";
import type { FunctionHost } from "./function-host.ts";
import { buildSqsEvent, settledMessages } from "./sqs-event.ts";

/** The most that one call of SQS takes or gives. */
const SQS_CALL_LIMIT = 10;
const LONG_POLL_SECONDS = 20;
/** After an unexpected refusal by SQS, so that a fault does not spin. */
const PAUSE_AFTER_ERROR_MS = 500;
/** How long batches in progress may still take when the stage stops; their messages are not lost. */
const STOP_GRACE_MS = 3_000;

export type QueuePoller = { stop(): Promise<void> };

/** What Lambda runs for an event source mapping: receives, invokes, deletes what is done. */
export function startQueuePoller(options: {
  source: EventSource;
  host: FunctionHost;
  sqs: SQSClient;
  region: string;
  log: (message: string) => void;
  stopGraceMs?: number;
}): QueuePoller {
  const { source, host, sqs } = options;
  const QueueUrl = source.queue.url;
  const stopping = new AbortController();
  const stopped = new Promise<void>(resolve => {
    stopping.signal.addEventListener("abort", () => resolve());
  });
  const running = new Set<Promise<void>>();
  // A batch that waits for a sandbox would only use up its visibility timeout.
  const concurrency = Math.min(
    source.maximumConcurrency ?? Number.POSITIVE_INFINITY,
    host.concurrencyOf(source.functionName),
  );

  const receive = async (maximum: number, waitSeconds: number): Promise<Message[]> => {
    const command = new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: Math.min(maximum, SQS_CALL_LIMIT),
      WaitTimeSeconds: waitSeconds,
      MessageSystemAttributeNames: ["All"],
      MessageAttributeNames: ["All"],
    });
    const { Messages } = await sqs.send(command, { abortSignal: stopping.signal });
    return Messages ?? [];
  };

  /** The first message ends the wait; what arrived together with it joins the batch. */
  const receiveBatch = async (): Promise<Message[]> => {
    const batch = await receive(source.batchSize, LONG_POLL_SECONDS);
    const deadline = performance.now() + source.batchWindowSeconds * 1000;
    while (batch.length > 0 && batch.length < source.batchSize) {
      const waitSeconds = Math.max(0, Math.ceil((deadline - performance.now()) / 1000));
      // A failure here must not keep back what is in hand, hidden from everybody until its visibility runs out.
      const more = await receive(source.batchSize - batch.length, waitSeconds).catch(() => []);
      batch.push(...more);
      if (more.length === 0) break;
    }
    return batch;
  };

  const process = async (batch: Message[]): Promise<void> => {
    const event = buildSqsEvent(batch, source.queue.arn, options.region);
    const result = await host.invoke(source.functionName, event);
    const done = settledMessages(batch, result, source.reportsItemFailures);
    for (let start = 0; start < done.length; start += SQS_CALL_LIMIT) {
      const Entries = done.slice(start, start + SQS_CALL_LIMIT).map((message, index) => ({
        Id: String(index),
        ReceiptHandle: message.ReceiptHandle,
      }));
      await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
    }
    if (done.length < batch.length && !stopping.signal.aborted) {
      const failed = batch.length - done.length;
      const cause = result.ok ? "reported as failed" : result.error.errorMessage;
      options.log(
        `${source.functionName}: ${failed} of ${batch.length} messages of ${source.queue.name} failed (${cause}); they come back after ${source.queue.visibilityTimeoutSeconds} s`,
      );
    }
  };

  const loop = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      if (running.size >= concurrency) {
        await Promise.race([...running, stopped]);
        continue;
      }
      try {
        const batch = await receiveBatch();
        if (batch.length === 0 || stopping.signal.aborted) continue;
        const task: Promise<void> = process(batch)
          .catch(error => options.log(`${source.queue.name}: ${String(error)}`))
          .finally(() => running.delete(task));
        running.add(task);
      } catch (error) {
        if (stopping.signal.aborted) return;
        options.log(`${source.queue.name} cannot be read: ${String(error)}`);
        await new Promise(resolve => setTimeout(resolve, PAUSE_AFTER_ERROR_MS));
      }
    }
  };
  const looping = loop();

  return {
    stop: async () => {
      stopping.abort();
      await looping;
      const grace = Promise.withResolvers<void>();
      const timer = setTimeout(grace.resolve, options.stopGraceMs ?? STOP_GRACE_MS);
      await Promise.race([Promise.all(running), grace.promise]);
      clearTimeout(timer);
    },
  };
}
