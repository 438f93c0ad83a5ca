import type { OutgoingEvent, TopicName } from "@vibe-charting/contracts";
import { addToOutbox, leaseOutbox } from "@vibe-charting/database";
import { createTestDatabase, type TestDatabase } from "@vibe-charting/database/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { addedLease, drainOutbox, publishAdded } from "./drain-outbox.ts";
import type { Publisher } from "./publisher.ts";

let test: TestDatabase;
beforeEach(async () => {
  test = await createTestDatabase();
});
afterEach(() => test.drop());

function event(id: string, topic: TopicName = "prices.ingested"): OutgoingEvent {
  const groupId = topic === "prices.ingested" ? id : null;
  return { topic, id, groupId, json: JSON.stringify({ id }), text: null, attributes: {} };
}

/** A topic that takes everything but these ids, and what it took, in order. */
function topic(refused: ReadonlySet<string> = new Set()) {
  const taken: string[] = [];
  const publish: Publisher = async (name, events) => {
    const ids = events.map(({ id }) => id);
    taken.push(...ids.filter(id => !refused.has(id)).map(id => `${name} ${id}`));
    const indexes = ids.map((_, index) => index);
    return {
      published: indexes.filter(index => !refused.has(ids[index] ?? "")),
      failed: indexes
        .filter(index => refused.has(ids[index] ?? ""))
        .map(index => ({ index, reason: `refused ${ids[index]}` })),
    };
  };
  return { taken, publish };
}

const state = () =>
  test.query(
    `SELECT event_id, published_at IS NOT NULL AS published, leased_until IS NOT NULL AS leased, last_error
     FROM outbox ORDER BY id`,
  );

describe("publishAdded", () => {
  const topics = ["prices.ingested"] as const;

  it("publishes what was added for it after what waited before, and marks both", async () => {
    await addToOutbox(test.database, [event("before")]);
    const added = await addToOutbox(test.database, [event("a"), event("b")], addedLease);
    const other = topic();
    expect((await drainOutbox(test.database, other.publish, ["signals.detected"])).published).toBe(0);
    const { taken, publish } = topic();
    const report = await publishAdded(test.database, publish, topics, added);
    expect(report).toEqual({ published: 3, failed: 0, lastError: null });
    expect(taken).toEqual(["before", "a", "b"].map(id => `prices.ingested ${id}`));
    expect(new Set((await state()).map(({ published }) => published))).toEqual(new Set([true]));
  });

  it("gives back what it did not come to, where something before it was refused", async () => {
    await addToOutbox(test.database, [event("before")]);
    const added = await addToOutbox(test.database, [event("a")], addedLease);
    const { taken, publish } = topic(new Set(["before"]));
    const report = await publishAdded(test.database, publish, topics, added);
    expect(report).toEqual({ published: 0, failed: 1, lastError: "refused before" });
    expect(taken).toEqual([]);
    expect(await state()).toMatchObject([
      { event_id: "before", published: false, leased: false },
      { event_id: "a", published: false, leased: false },
    ]);
  });

  it("leaves what a killed process had added to the next drain, when the lease is over", async () => {
    await addToOutbox(test.database, [event("a")], addedLease);
    const early = topic();
    await drainOutbox(test.database, early.publish, topics);
    expect(early.taken).toEqual([]);
    await test.query("UPDATE outbox SET leased_until = now() - interval '1 second'");
    await drainOutbox(test.database, early.publish, topics);
    expect(early.taken).toEqual(["prices.ingested a"]);
  });
});

describe("drainOutbox", () => {
  it("publishes all events of its topics, oldest first, and marks them", async () => {
    const ids = Array.from({ length: 620 }, (_, index) => `event-${index}`);
    await addToOutbox(test.database, [...ids.map(id => event(id)), event("alert", "signals.detected")]);
    const { taken, publish } = topic();
    expect(await drainOutbox(test.database, publish, ["prices.ingested"])).toEqual({
      published: 620,
      failed: 0,
      lastError: null,
    });
    expect(taken).toEqual(ids.map(id => `prices.ingested ${id}`));
    const [alert, ...others] = (await state()).toReversed();
    expect(alert).toMatchObject({ event_id: "alert", published: false });
    expect(new Set(others.map(({ published }) => published))).toEqual(new Set([true]));
  });

  it("publishes each event on its own topic", async () => {
    await addToOutbox(test.database, [event("price"), event("alert", "signals.detected")]);
    const { taken, publish } = topic();
    await drainOutbox(test.database, publish, ["prices.ingested", "signals.detected"]);
    expect(taken).toEqual(["prices.ingested price", "signals.detected alert"]);
  });

  it("gives back what was refused, with the reason, for the next drain", async () => {
    await addToOutbox(test.database, [event("a"), event("b")]);
    const first = topic(new Set(["b"]));
    expect(await drainOutbox(test.database, first.publish, ["prices.ingested"])).toEqual({
      published: 1,
      failed: 1,
      lastError: "refused b",
    });
    expect(await state()).toEqual([
      { event_id: "a", published: true, leased: false, last_error: null },
      { event_id: "b", published: false, leased: false, last_error: "refused b" },
    ]);
    const second = topic();
    await drainOutbox(test.database, second.publish, ["prices.ingested"]);
    expect(second.taken).toEqual(["prices.ingested b"]);
    expect(await state()).toEqual([
      { event_id: "a", published: true, leased: false, last_error: null },
      { event_id: "b", published: true, leased: false, last_error: null },
    ]);
  });

  it("leaves no event to itself that it had taken for later when one is refused", async () => {
    const ids = Array.from({ length: 1_100 }, (_, index) => `event-${index}`);
    await addToOutbox(
      test.database,
      ids.map(id => event(id)),
    );
    const { taken, publish } = topic(new Set(["event-7"]));
    const report = await drainOutbox(test.database, publish, ["prices.ingested"]);
    expect(report).toEqual({ published: 499, failed: 1, lastError: "refused event-7" });
    expect(taken).toHaveLength(499);
    expect(await test.query("SELECT event_id FROM outbox WHERE leased_until IS NOT NULL")).toEqual([]);
  });

  it("publishes a group's events in order, however many batches they take", async () => {
    const ids = Array.from({ length: 1_100 }, (_, index) => `event-${index}`);
    await addToOutbox(
      test.database,
      ids.map(id => ({ ...event(id), groupId: "one" })),
    );
    const { taken, publish } = topic();
    expect((await drainOutbox(test.database, publish, ["prices.ingested"])).published).toBe(1_100);
    expect(taken).toEqual(ids.map(id => `prices.ingested ${id}`));
  });

  it("publishes each event once when two drains run at once", async () => {
    const ids = Array.from({ length: 150 }, (_, index) => `event-${index}`);
    await addToOutbox(
      test.database,
      ids.map(id => event(id)),
    );
    const { taken, publish } = topic();
    const reports = await Promise.all([
      drainOutbox(test.database, publish, ["prices.ingested"]),
      drainOutbox(test.database, publish, ["prices.ingested"]),
    ]);
    expect(reports.reduce((sum, { published }) => sum + published, 0)).toBe(150);
    expect(taken.toSorted()).toEqual(ids.map(id => `prices.ingested ${id}`).toSorted());
  });

  it("publishes again, under the same id, what a killed drain had published and not marked", async () => {
    await addToOutbox(test.database, [event("a"), event("b")]);
    const killed = topic();
    const leased = await leaseOutbox(test.database, ["prices.ingested"], 100, 15);
    await killed.publish("prices.ingested", leased);

    const tooEarly = topic();
    await drainOutbox(test.database, tooEarly.publish, ["prices.ingested"]);
    expect(tooEarly.taken).toEqual([]);

    await test.query("UPDATE outbox SET leased_until = now() - interval '1 second'");
    const next = topic();
    await drainOutbox(test.database, next.publish, ["prices.ingested"]);
    expect(next.taken).toEqual(killed.taken);
    expect(await state()).toMatchObject([{ published: true }, { published: true }]);
  });

  it("leaves events leased when the publisher itself fails, so that they are free after the lease", async () => {
    await addToOutbox(test.database, [event("a")]);
    const publish = () => Promise.reject(new Error("the topic is not linked"));
    await expect(drainOutbox(test.database, publish, ["prices.ingested"])).rejects.toThrow("not linked");
    expect(await state()).toEqual([{ event_id: "a", published: false, leased: true, last_error: null }]);
  });
});
