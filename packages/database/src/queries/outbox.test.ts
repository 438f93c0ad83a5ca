import type { OutgoingEvent, TopicName } from "@vibe-charting/contracts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../testing/index.ts";
import { addToOutbox, leaseOutbox, markPublished, readOutboxBacklog, releaseUnpublished } from "./outbox.ts";

let test: TestDatabase;
beforeEach(async () => {
  test = await createTestDatabase();
});
afterEach(() => test.drop());

function event(id: string, groupId: string | null, topic: TopicName = "prices.ingested"): OutgoingEvent {
  return { topic, id, groupId, json: JSON.stringify({ id }), text: null, attributes: {} };
}

const lease = async (options: { limit?: number; seconds?: number } = {}) =>
  await leaseOutbox(test.database, ["prices.ingested"], options.limit ?? 100, options.seconds ?? 60);
const leasedIds = async (options?: { limit?: number; seconds?: number }) =>
  (await lease(options)).map(({ id }) => id);
const endLeases = () => test.query("UPDATE outbox SET leased_until = now() - interval '1 second'");

describe("the outbox", () => {
  it("gives an event back as it was put in", async () => {
    const alert: OutgoingEvent = {
      topic: "signals.detected",
      id: "signal:1",
      groupId: null,
      json: JSON.stringify({
        specversion: "1.0",
        data: { confidence: 0.1, note: "a \"quoted\" \\ 'word',\n{x}" },
      }),
      text: { email: "Bitcoin\n...", sms: "BTC", subject: "BTC" },
      attributes: { confidence: { dataType: "Number", value: "0.100" } },
    };
    await addToOutbox(test.database, [alert]);
    expect(await leaseOutbox(test.database, ["signals.detected"], 10, 60)).toEqual([
      { ...alert, outboxId: expect.any(Number) },
    ]);
  });

  it("takes an event once, whatever else comes under its id", async () => {
    await addToOutbox(test.database, [event("a", "1")]);
    await addToOutbox(test.database, [event("a", "2"), event("b", "2")]);
    expect((await lease()).map(({ id, groupId }) => [id, groupId])).toEqual([
      ["a", "1"],
      ["b", "2"],
    ]);
  });

  it("refuses a body of several lines, and takes nothing of what came with it", async () => {
    const pretty = { ...event("b", "2"), json: JSON.stringify({ id: "b" }, null, 2) };
    await expect(addToOutbox(test.database, [event("a", "1"), pretty])).rejects.toThrow(
      new TypeError("The event b has a body of several lines"),
    );
    expect(await leasedIds()).toEqual([]);
  });

  it("takes nothing of nothing", async () => {
    await addToOutbox(test.database, []);
    expect(await leasedIds()).toEqual([]);
  });

  it("takes all events of a listing of 10,000 coins", { timeout: 60_000 }, async () => {
    const ids = Array.from({ length: 10_000 }, (_, index) => String(index));
    await addToOutbox(
      test.database,
      ids.map(id => event(id, id)),
    );
    const taken: string[] = [];
    for (let events = await lease({ limit: 500 }); events.length > 0; events = await lease({ limit: 500 })) {
      taken.push(...events.map(({ id }) => id));
      await markPublished(
        test.database,
        events.map(({ outboxId }) => outboxId),
      );
    }
    expect(taken).toEqual(ids);
  });

  it("forgets events whose transaction is rolled back", async () => {
    const failing = test.database.transaction(async tx => {
      await addToOutbox(tx, [event("a", "1")]);
      throw new Error("changed my mind");
    });
    await expect(failing).rejects.toThrow("changed my mind");
    expect(await leasedIds()).toEqual([]);
  });

  it("leases the oldest events of its topics, up to the limit, and to one only", async () => {
    await addToOutbox(test.database, [
      event("alert", null, "signals.detected"),
      event("a", "1"),
      event("b", "2"),
      event("c", "3"),
    ]);
    expect(await leasedIds({ limit: 2 })).toEqual(["a", "b"]);
    expect(await leasedIds()).toEqual(["c"]);
    expect(await leasedIds()).toEqual([]);
  });

  it("leases again what was leased too long ago", async () => {
    await addToOutbox(test.database, [event("a", "1")]);
    await lease();
    await endLeases();
    expect(await leasedIds()).toEqual(["a"]);
  });

  it("holds an event back while an earlier one of its group is leased", async () => {
    await addToOutbox(test.database, [event("a1", "a")]);
    await lease();
    await addToOutbox(test.database, [event("a2", "a"), event("b1", "b")]);
    expect(await leasedIds()).toEqual(["b1"]);
    await endLeases();
    expect(await leasedIds()).toEqual(["a1", "a2", "b1"]);
  });

  it("does not hold back events that have no group", async () => {
    await addToOutbox(test.database, [event("x", null)]);
    await lease();
    await addToOutbox(test.database, [event("y", null)]);
    expect(await leasedIds()).toEqual(["y"]);
  });

  it("gives nothing out again that was marked as published", async () => {
    await addToOutbox(test.database, [event("a", "1"), event("b", "2")]);
    const [first] = await lease();
    await markPublished(test.database, first ? [first.outboxId] : []);
    await endLeases();
    expect(await leasedIds()).toEqual(["b"]);
  });

  it("gives out at once what was released, with the reason noted", async () => {
    await addToOutbox(test.database, [event("a", "1")]);
    const leased = await lease();
    await releaseUnpublished(
      test.database,
      leased.map(({ outboxId }) => outboxId),
      "Throttled",
    );
    expect(await test.query("SELECT attempts, last_error FROM outbox")).toEqual([
      { attempts: 1, last_error: "Throttled" },
    ]);
    expect(await leasedIds()).toEqual(["a"]);
  });

  it("keeps what another drain published meanwhile published", async () => {
    await addToOutbox(test.database, [event("a", "1")]);
    const ids = (await lease()).map(({ outboxId }) => outboxId);
    await markPublished(test.database, ids);
    await releaseUnpublished(test.database, ids, "timed out");
    expect(await test.query("SELECT published_at IS NOT NULL AS published, last_error FROM outbox")).toEqual([
      { published: true, last_error: null },
    ]);
    expect(await leasedIds()).toEqual([]);
  });

  it("tells how many events wait, and since when", async () => {
    expect(await readOutboxBacklog(test.database)).toEqual({ pending: 0, oldestSeconds: null });
    await addToOutbox(test.database, [event("a", "1"), event("b", "2"), event("c", "3")]);
    await test.query("UPDATE outbox SET created_at = now() - interval '1 hour' WHERE event_id <> 'c'");
    await markPublished(
      test.database,
      (await lease({ limit: 1 })).map(({ outboxId }) => outboxId),
    );
    const backlog = await readOutboxBacklog(test.database);
    expect(backlog.pending).toBe(2);
    expect(Math.round((backlog.oldestSeconds ?? 0) / 60)).toBe(60);
  });

  it("gives each event to one of many drains at once, oldest first", async () => {
    const events = Array.from({ length: 60 }, (_, index) => event(`e${index}`, String(index % 7)));
    await addToOutbox(test.database, events);
    const drains = await Promise.all(Array.from({ length: 6 }, () => leasedIds({ limit: 20 })));
    const given = drains.flat();
    expect(new Set(given).size).toBe(given.length);
    for (const drain of drains) expect(drain).toEqual(drain.toSorted((a, b) => numberOf(a) - numberOf(b)));
  });
});

function numberOf(id: string): number {
  return Number(id.slice(1));
}
