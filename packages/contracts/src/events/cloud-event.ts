import { z } from "zod";
import type { MessageText } from "./signal-text.ts";

/** A CloudEvents 1.0 envelope in JSON, the body of every message that the product publishes. */
export function cloudEvent<Type extends string, Data extends z.ZodType>(type: Type, data: Data) {
  return z.object({
    specversion: z.literal("1.0"),
    id: z
      .string()
      .min(1)
      .max(256)
      .describe("The same for every copy of this event, and its deduplication id."),
    source: z.string().min(1).describe("The service that published it, as a URI path."),
    type: z.literal(type),
    subject: z.string().min(1).describe("The coin's symbol, or what else it is about."),
    time: z.iso.datetime().describe("When what it tells happened in the market, UTC."),
    datacontenttype: z.literal("application/json"),
    data,
  });
}

/** A message attribute as SNS takes it; subscribers' filter policies match on these. */
export type MessageAttribute = { readonly dataType: "String" | "Number"; readonly value: string };

/** An event with everything that is needed to publish it: nothing about it is decided at a call site. */
export type OutgoingEvent = {
  readonly topic: TopicName;
  readonly id: string;
  /** Serialises deliveries on FIFO topics; null on standard topics. */
  readonly groupId: string | null;
  /** The body, as it is stored and sent: JSON on one line. */
  readonly json: string;
  /** The text for subscribers that read words: e-mail and SMS; null where there are none. */
  readonly text: MessageText | null;
  readonly attributes: Readonly<Record<string, MessageAttribute>>;
};

export const TopicName = z.enum(["prices.ingested", "signals.detected", "alert.deliveries"]);
export type TopicName = z.infer<typeof TopicName>;
