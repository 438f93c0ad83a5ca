import { isDeepStrictEqual } from "node:util";
import type { Deliveries } from "./deliveries.ts";
import type { Messaging } from "./messaging.ts";
import type { Observer, Row } from "./observer.ts";
import { type Outcome, readOutcome } from "./outcome.ts";

export type Violation = { readonly invariant: string; readonly detail: string };

/** What must hold once the faults have stopped and everything has drained. `expected` is the run without faults. */
export async function checkRun(run: {
  readonly observer: Observer;
  readonly messaging: Messaging;
  readonly deliveries: Deliveries;
  readonly poison: readonly string[];
  readonly expected: Outcome | null;
}): Promise<{ outcome: Outcome; violations: readonly Violation[] }> {
  const { observer, messaging, deliveries, poison, expected } = run;
  const outcome = await readOutcome(observer);
  const violations: Violation[] = [];
  const hold = (invariant: string, found: readonly unknown[]) => {
    if (found.length > 0) violations.push({ invariant, detail: JSON.stringify(found.slice(0, 3)) });
  };

  for (const name of Object.keys(outcome) as (keyof Outcome)[]) {
    if (expected) hold(`the same ${name} as without faults`, differences(outcome[name], expected[name]));
  }
  hold(
    "every event is published",
    await observer.query("SELECT event_id FROM outbox WHERE published_at IS NULL"),
  );

  const alerts = outcome.events
    .filter(({ topic }) => topic === "signals.detected")
    .map(({ event_id }) => String(event_id));
  const sent = new Set(deliveries.seen().flatMap(({ body }) => idOf(body)));
  hold(
    "every event is delivered at least once",
    outcome.events.map(({ event_id }) => String(event_id)).filter(id => !sent.has(id)),
  );
  const told = await observer.query(
    "SELECT event_id, count(*)::int AS times FROM told_alerts GROUP BY event_id ORDER BY event_id",
  );
  hold(
    "a subscriber takes every alert exactly once",
    differences(
      told,
      alerts.map(event_id => ({ event_id, times: 1 })),
    ),
  );
  hold(
    "poison is parked once, with its reason, and nothing else is",
    differences(
      await observer.query(
        "SELECT body, count(*)::int AS times, bool_and(reason <> '') AS reason FROM parked_messages GROUP BY body ORDER BY body",
      ),
      poison.toSorted().map(body => ({ body, times: 1, reason: true })),
    ),
  );
  const { visible, inFlight } = messaging.depth(messaging.deadLetters);
  if (visible + inFlight > 0)
    violations.push({ invariant: "no message is a dead letter", detail: `${visible + inFlight} are` });
  hold(
    "no transaction is open",
    (await observer.sessions()).filter(({ state }) => state !== "idle"),
  );
  return { outcome, violations };
}

/** What is in one list and not in the other, side by side. */
function differences(actual: readonly Row[], expected: readonly Row[]): readonly unknown[] {
  const missing = expected.filter(row => !actual.some(other => isDeepStrictEqual(row, other)));
  const surplus = actual.filter(row => !expected.some(other => isDeepStrictEqual(row, other)));
  if (missing.length + surplus.length > 0)
    return [{ missing: missing.slice(0, 2), surplus: surplus.slice(0, 2) }];
  return actual.length === expected.length ? [] : [{ rows: actual.length, expected: expected.length }];
}

function idOf(body: string): readonly string[] {
  try {
    return [String(JSON.parse(body).id)];
  } catch {
    return [];
  }
}
