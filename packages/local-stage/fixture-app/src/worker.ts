import { describeOrder } from "./order.ts";

/** Acknowledges every record. */
export async function handler(event: { Records: { body: string }[] }) {
  return { batchItemFailures: [], orders: event.Records.map(record => describeOrder(record.body)) };
}
