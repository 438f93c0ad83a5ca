import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  GetQueueAttributesCommand,
  ListQueuesCommand,
  PurgeQueueCommand,
  SendMessageCommand,
} from "@aws-sdk/client-sqs";
import { sql } from "slonik";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { isOn, valuesOfFilter } from "../support/cloudwatch.ts";
import {
  connectToStage,
  runVibe,
  type StageProcess,
  startStage,
  temporaryState,
} from "../support/stage-process.ts";
import { stageQueues } from "../support/stage-queues.ts";
import { type AlarmReader, readAlarms } from "./alarm-reader.ts";

const silence = (periods: number) => Array.from({ length: periods }, () => undefined);

describe("alarms on the local stage", () => {
  const state = temporaryState();
  let stage: StageProcess;
  let alarmNamed: AlarmReader["alarmNamed"];
  let filterNamed: AlarmReader["filterNamed"];
  beforeAll(async () => {
    ({ alarmNamed, filterNamed } = await readAlarms());
    stage = await startStage(state.path, ["--source", "demo", "--reset", "--interval", "3600"]);
    await stage.printed("ready http");
  });
  afterAll(async () => {
    await stage?.end("SIGTERM");
    state.remove();
  });

  const getCoins = () =>
    fetch(`${stage.url}/coins?limit=1`, { headers: { "x-api-key": "vibe-charting-local-key" } });

  const logOf = (name: string) => {
    const file = join(state.path, "logs", `vibe-charting-local-${name}.log`);
    return existsSync(file)
      ? readFileSync(file, "utf8")
          .split("\n")
          .filter(line => line.startsWith("{"))
      : [];
  };

  it("the heartbeat beats with each listing, and fires when a day and two hours bring none", () => {
    const beats = valuesOfFilter(filterNamed("IngestionCompleted"), logOf("data-ingestion"));
    expect(beats.length).toBeGreaterThan(0);
    const heartbeat = alarmNamed("heartbeat");
    const [beat] = beats;
    expect([
      isOn(heartbeat, [beat, ...silence(25)]),
      isOn(heartbeat, silence(26)),
      isOn(heartbeat, [...silence(30), beat]),
    ]).toEqual([false, true, false]);
  });

  /** What Lambda counts as Errors: runs that end in one. */
  const errorsOf = (name: string) => logOf(name).filter(line => "errorType" in JSON.parse(line)).length;
  /** What Lambda counts as Throttles: calls beyond those that may run at once. */
  const throttlesOf = (name: string) => logOf(name).filter(line => JSON.parse(line).throttled).length;
  /** What API Gateway measures: the lines of its access log since the last time that it was asked. */
  const requestsSince = (() => {
    let seen = 0;
    return async (count: number) => {
      const lines = await vi.waitUntil(() => {
        const all = logOf("api-access").slice(seen);
        return all.length >= count && all;
      });
      seen += lines.length;
      return lines.map(line => JSON.parse(line));
    };
  })();
  const shareOfFaults = (requests: { status: string }[]) =>
    requests.filter(({ status }) => Number(status) >= 500).length / requests.length;

  it.each(["analysis-dead-letters", "undelivered-prices", "alert-dead-letters", "undelivered"])(
    "a message among the %s fires, and none does not",
    async name => {
      const sqs = stageQueues(state.path);
      const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
      const QueueUrl = QueueUrls.find(url => new RegExp(`-${name}(\\.fifo)?$`).test(url));
      const isFifo = QueueUrl?.endsWith(".fifo");
      /** What SQS reports as ApproximateNumberOfMessagesVisible. */
      const visible = async () => {
        const { Attributes } = await sqs.send(
          new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["ApproximateNumberOfMessages"] }),
        );
        return Number(Attributes?.ApproximateNumberOfMessages);
      };
      const whenWell = await visible();
      await sqs.send(
        new SendMessageCommand({
          QueueUrl,
          MessageBody: "not taken in",
          ...(isFifo && { MessageGroupId: "1", MessageDeduplicationId: "1" }),
        }),
      );
      const whenLeft = await visible();
      await sqs.send(new PurgeQueueCommand({ QueueUrl }));
      const alarm = alarmNamed(name);
      expect([isOn(alarm, [whenWell]), isOn(alarm, [whenLeft])]).toEqual([false, true]);
    },
  );

  it("each drain tells the newest data's age", async () => {
    const db = await connectToStage(state.path);
    const age = async () =>
      await db.oneFirst(sql.type(z.object({ seconds: z.number() }))`
        SELECT extract(epoch FROM now() - max(observed_at))::float8 AS seconds FROM market_snapshots
      `);
    const before = await age();
    expect((await runVibe(["invoke", "outbox-drain"], { stateDirectory: state.path })).code).toBe(0);
    const told = valuesOfFilter(filterNamed("NewestDataAgeSeconds"), logOf("outbox-drain")).at(-1);
    expect(told).toBeGreaterThanOrEqual(Math.floor(before));
    expect(told).toBeLessThanOrEqual(Math.ceil(await age()));
    await db.end();
  });

  it("the outbox's age fires when an event has waited for twenty minutes, or when no drain runs", async () => {
    const age = async () => {
      const { code } = await runVibe(["invoke", "outbox-drain"], { stateDirectory: state.path });
      expect(code).toBe(0);
      return valuesOfFilter(filterNamed("OutboxAgeSeconds"), logOf("outbox-drain")).at(-1);
    };
    const whenWell = await age();
    const db = await connectToStage(state.path);
    // Leased by a drain that died: it waits although drains run.
    await db.query(sql.unsafe`
      INSERT INTO outbox (topic, event_id, body, attributes, created_at, leased_until)
      VALUES ('prices.ingested', 'stuck', '{}', '{}', now() - interval '20 minutes', now() + interval '1 hour')
    `);
    const whenStuck = await age();
    await db.query(sql.unsafe`DELETE FROM outbox WHERE event_id = 'stuck'`);
    await db.end();
    const alarm = alarmNamed("outbox-age");
    expect({
      whenWell: isOn(alarm, [whenWell, whenWell]),
      whenStuck: isOn(alarm, [whenStuck, whenStuck]),
      whenNothingRuns: isOn(alarm, silence(2)),
    }).toEqual({ whenWell: false, whenStuck: true, whenNothingRuns: true });
  });

  it("the API's errors fire while the database lacks what it reads, and not before", async () => {
    await requestsSince(0);
    const ask = async () => {
      await Promise.all(Array.from({ length: 5 }, getCoins));
      return isOn(alarmNamed("api-errors"), [shareOfFaults(await requestsSince(5))]);
    };
    const whenWell = await ask();
    const db = await connectToStage(state.path);
    await db.query(sql.unsafe`ALTER TABLE market_snapshots RENAME TO gone`);
    const whenBroken = await ask();
    await db.query(sql.unsafe`ALTER TABLE gone RENAME TO market_snapshots`);
    await db.end();
    expect({ whenWell, whenBroken }).toEqual({ whenWell: false, whenBroken: true });
  });

  it("the API's latency and its function's throttles fire while more ask than the database answers", async () => {
    await requestsSince(0);
    const ask = (count: number) => Promise.all(Array.from({ length: count }, getCoins));
    const areOn = async (count: number) => {
      const times = (await requestsSince(count)).map(({ responseLatencyMs }) => Number(responseLatencyMs));
      const slowest = Math.max(...times);
      return [
        isOn(alarmNamed("api-latency"), [slowest, slowest, slowest]),
        isOn(alarmNamed("throttles-query-processor"), [throttlesOf("query-processor")]),
      ];
    };
    await ask(2);
    const whenWell = await areOn(2);
    const db = await connectToStage(state.path);
    const asking = await db.transaction(async lock => {
      await lock.query(sql.unsafe`LOCK TABLE market_snapshots IN ACCESS EXCLUSIVE MODE`);
      // One more than the function may run at once.
      const requests = ask(11);
      await new Promise(resolve => setTimeout(resolve, 2_500));
      return { requests };
    });
    await asking.requests;
    await db.end();
    expect({ whenWell, whenLocked: await areOn(11) }).toEqual({
      whenWell: [false, false],
      whenLocked: [true, true],
    });
  });

  it("a schedule's function is throttled when it is started while it runs", async () => {
    const db = await connectToStage(state.path);
    const run = () => runVibe(["invoke", "signal-record"], { stateDirectory: state.path });
    const isThrottled = () => isOn(alarmNamed("throttles-signal-record"), [throttlesOf("signal-record")]);
    await run();
    const whenAlone = isThrottled();
    const started = await db.transaction(async lock => {
      await lock.query(sql.unsafe`LOCK TABLE signal_events IN ACCESS EXCLUSIVE MODE`);
      const runs = [run(), run()];
      await vi.waitUntil(() => throttlesOf("signal-record") > 0, { timeout: 15_000 });
      return { runs };
    });
    await Promise.all(started.runs);
    await db.end();
    expect({ whenAlone, whenTwice: isThrottled() }).toEqual({ whenAlone: false, whenTwice: true });
  });

  // By now the stage is at rest after its start, which would end with an error here.
  it("the errors of every function that is started fire when its role may not sign in, and not before", async () => {
    // The API answers its callers in any case, the migrator signs in as the owner, and a message comes from a queue.
    const names = [
      "data-ingestion",
      "history-backfill",
      "outbox-drain",
      "analysis-catch-up",
      "data-clean-up",
      "signal-record",
      "alerts",
    ];
    const areOn = () => names.map(name => isOn(alarmNamed(`errors-${name}`), [errorsOf(name)]));
    const whenWell = areOn();
    const db = await connectToStage(state.path);
    await db.query(sql.unsafe`
      DO $$ DECLARE name text; BEGIN
        FOR name IN SELECT rolname FROM pg_roles WHERE rolname LIKE 'vibe\\_%' AND rolname <> current_user LOOP
          EXECUTE format('ALTER ROLE %I NOLOGIN', name);
        END LOOP;
      END $$`);
    await db.query(sql.unsafe`
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE usename LIKE 'vibe\\_%' AND usename <> current_user`);
    for (const name of names) await runVibe(["invoke", name], { stateDirectory: state.path });
    const whenBroken = areOn();
    await db.query(sql.unsafe`
      DO $$ DECLARE name text; BEGIN
        FOR name IN SELECT rolname FROM pg_roles WHERE rolname LIKE 'vibe\\_%' LOOP
          EXECUTE format('ALTER ROLE %I LOGIN', name);
        END LOOP;
      END $$`);
    await db.end();
    expect({ whenWell, whenBroken }).toEqual({
      whenWell: names.map(() => false),
      whenBroken: names.map(() => true),
    });
  });

  it("the migrator's errors fire when a migration that has landed was changed", async () => {
    const run = async () => {
      const { code } = await runVibe(["invoke", "database-migrator"], { stateDirectory: state.path });
      return [code, isOn(alarmNamed("errors-database-migrator"), [errorsOf("database-migrator")])];
    };
    const whenWell = await run();
    const db = await connectToStage(state.path);
    const md5 = await db.oneFirst(
      sql.type(z.object({ md5: z.string() }))`SELECT md5 FROM schema_migrations WHERE version = 1`,
    );
    await db.query(sql.unsafe`UPDATE schema_migrations SET md5 = 'changed' WHERE version = 1`);
    const whenChanged = await run();
    await db.query(sql.unsafe`UPDATE schema_migrations SET md5 = ${md5} WHERE version = 1`);
    await db.end();
    expect({ whenWell, whenChanged }).toEqual({ whenWell: [0, false], whenChanged: [1, true] });
  });

  // The last one: it uses up what the API admits.
  it("the refusals of the API fire when more ask than it admits", async () => {
    await requestsSince(0);
    const refusals = async () => {
      const lines = (await requestsSince(1)).map(line => JSON.stringify(line));
      return valuesOfFilter(filterNamed("ApiThrottled"), lines).reduce((sum, value) => sum + value, 0);
    };
    await getCoins();
    const whenFew = await refusals();
    await Promise.all(Array.from({ length: 400 }, () => fetch(`${stage.url}/openapi.json`)));
    const whenMany = await refusals();
    const alarm = alarmNamed("api-throttled");
    expect([whenFew, isOn(alarm, [whenFew]), isOn(alarm, [whenMany])]).toEqual([0, false, true]);
  });
});
