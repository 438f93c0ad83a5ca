import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../testing/index.ts";
import { parkMessage, receiveOnce } from "./inbox.ts";

let test: TestDatabase;
beforeEach(async () => {
  test = await createTestDatabase();
});
afterEach(() => test.drop());

describe("receiveOnce", () => {
  it("is true for an event's first delivery to a consumer, and false from then on", async () => {
    expect(await receiveOnce(test.database, "analysis", "event-1")).toBe(true);
    expect(await receiveOnce(test.database, "analysis", "event-1")).toBe(false);
    expect(await receiveOnce(test.database, "digest", "event-1")).toBe(true);
    expect(await receiveOnce(test.database, "analysis", "event-2")).toBe(true);
  });

  it("is true again when what the event caused was rolled back", async () => {
    const failing = test.database.transaction(async tx => {
      await receiveOnce(tx, "analysis", "event-1");
      throw new Error("out of memory");
    });
    await expect(failing).rejects.toThrow("out of memory");
    expect(await receiveOnce(test.database, "analysis", "event-1")).toBe(true);
  });

  it("is true for one of two deliveries at once", async () => {
    const answers = await Promise.all(
      [1, 2].map(() => test.database.transaction(tx => receiveOnce(tx, "analysis", "event-1"))),
    );
    expect(answers.sort()).toEqual([false, true]);
  });
});

describe("parkMessage", () => {
  it("keeps the message with its reason, once", async () => {
    const message = { consumer: "analysis", messageId: "m1", reason: "not JSON", body: "{" };
    await parkMessage(test.database, message);
    await parkMessage(test.database, { ...message, reason: "again" });
    expect(await test.query("SELECT consumer, message_id, reason, body FROM parked_messages")).toEqual([
      { consumer: "analysis", message_id: "m1", reason: "not JSON", body: "{" },
    ]);
  });

  it.each([
    ["a NUL", "{\u0000}"],
    ["half a character", "{\ud800}"],
    ["as much as SNS delivers", "x".repeat(256 * 1024)],
  ])("keeps a body with %s", async (_, body) => {
    await parkMessage(test.database, { consumer: "analysis", messageId: "m1", reason: body, body });
    expect(await test.query("SELECT message_id FROM parked_messages")).toEqual([{ message_id: "m1" }]);
  });
});
