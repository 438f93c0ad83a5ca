import { processPartialResponse, SqsFifoPartialProcessorAsync } from "@aws-lambda-powertools/batch";
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { logger } from "./logger.ts";

/** How a message ended. A retryable failure is thrown instead; then the rest of its group waits with it. */
export type MessageOutcome =
  | { readonly kind: "done"; readonly eventId: string }
  | { readonly kind: "skipped"; readonly eventId: string; readonly reason: string }
  /** It can never be processed: put aside and acknowledged, so that it blocks nothing. */
  | { readonly kind: "parked"; readonly reason: string };

/**
 * A handler of a FIFO queue: messages one after the other, and after a failure the rest of that group is left for
 * the retry while the other groups go on. A throw that fails every message would only repeat what the response
 * says, so it is switched off; failures are in the log and in the queue's metrics.
 */
export function fifoConsumer(
  receive: (record: SQSRecord) => Promise<MessageOutcome>,
): (event: SQSEvent, context: Context) => Promise<SQSBatchResponse> {
  const processor = new SqsFifoPartialProcessorAsync();
  const receiveLogged = async (record: SQSRecord) => {
    const message = { messageId: record.messageId, group: record.attributes.MessageGroupId };
    try {
      const outcome = await receive(record);
      logger.info(`message ${outcome.kind}`, { ...message, outcome });
    } catch (error) {
      const attempt = Number(record.attributes.ApproximateReceiveCount);
      logger.error("message failed and will be delivered again", { ...message, attempt, error });
      throw error;
    }
  };
  return async (event, context) =>
    await processPartialResponse(event, receiveLogged, processor, {
      context,
      skipGroupOnError: true,
      throwOnFullBatchFailure: false,
    });
}
