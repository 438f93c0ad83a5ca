import type { SimulatedProcess } from "./process.ts";

/** A message that a queue has handed out and that was not deleted since. */
export type Delivery = {
  readonly queueUrl: string;
  readonly receiptHandle: string;
  readonly messageId: string;
  readonly body: string;
  readonly receiveCount: number;
  readonly owner: SimulatedProcess;
  /** The task of the owner that the message was handed to. */
  readonly task: string | null;
};

export type Deliveries = {
  /** Takes note of an answer of SQS, whether or not it reached the process. */
  readonly observe: (owner: SimulatedProcess, action: string, request: string, answer: string) => void;
  readonly inFlight: () => readonly Delivery[];
  readonly forget: (delivery: Delivery) => void;
  /** Every message that was ever handed out, once. */
  readonly seen: () => readonly Delivery[];
};

/** Follows the messages that are in flight, past the processes that work on them. */
export function followDeliveries(): Deliveries {
  const inFlight = new Map<string, Delivery>();
  const seen = new Map<string, Delivery>();
  return {
    observe: (owner, action, request, answer) => {
      const { QueueUrl: queueUrl, Entries = [] } = action === "PublishBatch" ? {} : JSON.parse(request);
      if (action === "ReceiveMessage") {
        for (const message of JSON.parse(answer).Messages ?? []) {
          const delivery: Delivery = {
            queueUrl,
            receiptHandle: message.ReceiptHandle,
            messageId: message.MessageId,
            body: message.Body,
            receiveCount: Number(message.Attributes.ApproximateReceiveCount),
            owner,
            task: owner.task,
          };
          inFlight.set(delivery.receiptHandle, delivery);
          seen.set(delivery.messageId, delivery);
        }
      }
      if (action === "DeleteMessageBatch") {
        const done = new Set((JSON.parse(answer).Successful ?? []).map(({ Id }: { Id: string }) => Id));
        for (const { Id, ReceiptHandle } of Entries) if (done.has(Id)) inFlight.delete(ReceiptHandle);
      }
    },
    inFlight: () => [...inFlight.values()],
    forget: ({ receiptHandle }) => {
      inFlight.delete(receiptHandle);
    },
    seen: () => [...seen.values()],
  };
}
