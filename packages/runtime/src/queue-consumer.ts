import {
  BatchProcessor,
  EventType,
  processPartialResponse,
  SqsFifoPartialProcessorAsync,
} from "@aws-lambda-powertools/batch";
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { logger } from "./logger.ts";

/** How a message ended. A retryable failure is thrown instead; then the rest of its group waits with it. */
export type MessageOutcome =
  | { readonly kind: "done"; readonly eventId: string }
  | { readonly kind: "skipped"; readonly eventId: string; readonly reason: string }
  /** It can never be processed: put aside and acknowledged, so that it blocks nothing. */
  | { readonly kind: "parked"; readonly reason: string };

/** How the messages of one batch ended. `failed` ones will be delivered again, and those of their group behind them. */
type BatchReport = {
  readonly startedAt: Date;
  readonly done: number;
  readonly skipped: number;
  readonly parked: number;
  readonly failed: number;
};

type Receive = (record: SQSRecord) => Promise<MessageOutcome>;
type Report = (batch: BatchReport) => Promise<void>;
type Consumer = (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;
const reportNothing: Report = async () => {};

/**
 * A handler of a FIFO queue: messages one after the other, and after a failure the rest of that group is left for
 * the retry while the other groups go on.
 */
export function fifoConsumer(receive: Receive, report = reportNothing): Consumer {
  const processor = new SqsFifoPartialProcessorAsync();
  return consumer(receive, report, (event, receiveLogged, context) =>
    processPartialResponse(event, receiveLogged, processor, {
      context,
      skipGroupOnError: true,
      throwOnFullBatchFailure: false,
    }),
  );
}

/** A handler of a standard queue: messages one after the other, and one that fails is left for the retry alone. */
export function standardConsumer(receive: Receive, report = reportNothing): Consumer {
  const processor = new BatchProcessor(EventType.SQS);
  return consumer(receive, report, (event, receiveLogged, context) =>
    processPartialResponse(event, receiveLogged, processor, {
      context,
      processInParallel: false,
      throwOnFullBatchFailure: false,
    }),
  );
}

/**
 * A throw that fails every message would only repeat what the response says, so it is switched off; failures are in
 * the log and in the queue's metrics.
 */
function consumer(
  receive: Receive,
  report: Report,
  process: (
    event: SQSEvent,
    receiveLogged: (record: SQSRecord) => Promise<void>,
    context: Context,
  ) => Promise<SQSBatchResponse>,
): Consumer {
  let outcomes: MessageOutcome["kind"][] = [];
  const receiveLogged = async (record: SQSRecord) => {
    const message = { messageId: record.messageId, group: record.attributes.MessageGroupId };
    try {
      const outcome = await receive(record);
      outcomes.push(outcome.kind);
      logger.info(`message ${outcome.kind}`, { ...message, outcome });
    } catch (error) {
      const attempt = Number(record.attributes.ApproximateReceiveCount);
      logger.error("message failed and will be delivered again", { ...message, attempt, error });
      throw error;
    }
  };
  return async (event, context) => {
    const startedAt = new Date();
    outcomes = [];
    const response = await process(event, receiveLogged, context);
    const count = (kind: MessageOutcome["kind"]) => outcomes.filter(outcome => outcome === kind).length;
    const batch = { done: count("done"), skipped: count("skipped"), parked: count("parked") };
    const failed = response.batchItemFailures.length;
    // The messages are done; that their number could not be recorded is no reason to have them again.
    await report({ ...batch, failed, startedAt }).catch(error =>
      logger.error("the batch was not recorded", { error }),
    );
    return response;
  };
}
