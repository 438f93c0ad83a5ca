import { describe, expect, it } from "vitest";
import { deliverStructuredMessages } from "./structured-messages.ts";

describe("deliverStructuredMessages", () => {
  it("gives a queue the default entry of each message of a batch", () => {
    const form = {
      Action: "PublishBatch",
      "PublishBatchRequestEntries.member.1.Message": JSON.stringify({ default: "one", email: "One!" }),
      "PublishBatchRequestEntries.member.1.MessageStructure": "json",
      "PublishBatchRequestEntries.member.2.Message": JSON.stringify({ default: "two" }),
    };
    expect(deliverStructuredMessages(form)).toBeUndefined();
    expect(form["PublishBatchRequestEntries.member.1.Message"]).toBe("one");
    expect(form["PublishBatchRequestEntries.member.2.Message"]).toBe('{"default":"two"}');
  });

  it("prefers the entry for queues", () => {
    const form = { Message: JSON.stringify({ default: "all", sqs: "queue" }), MessageStructure: "json" };
    expect(deliverStructuredMessages(form)).toBeUndefined();
    expect(form.Message).toBe("queue");
  });

  it.each(["not json", "{}", '{"default": 1}', "null"])("refuses %s as SNS does", message => {
    expect(deliverStructuredMessages({ Message: message, MessageStructure: "json" })).toMatch(
      /No default entry/,
    );
  });
});
