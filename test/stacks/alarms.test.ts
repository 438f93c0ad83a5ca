import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  GetQueueAttributesCommand,
  ListQueuesCommand,
  PurgeQueueCommand,
  SendMessageCommand,
} from "@aws-sdk/client-sqs";
import type { GraphResource, ResourceGraph } from "@vibe-charting/local-stage";
import { sql } from "slonik";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expectedAlarms, isAlarm } from "../../stacks/rules/expected-alarms.ts";
import { isOn, valuesOfFilter } from "../support/cloudwatch.ts";
import {
  connectToStage,
  runVibe,
  type StageProcess,
  startStage,
  temporaryState,
} from "../support/stage-process.ts";
import { stageQueues } from "../support/stage-queues.ts";
import { stageGraph } from "./stage-graph.ts";

const silence = (periods: number) => Array.from({ length: periods }, () => undefined);

describe("the alarms", () => {
  let graph: ResourceGraph;
  let alarms: GraphResource[];
  beforeAll(async () => {
    graph = await stageGraph("production");
    alarms = graph.resources.filter(({ type }) => type === "aws:cloudwatch/metricAlarm:MetricAlarm");
  });

  const alarmNamed = (name: string) => {
    const alarm = alarms.find(({ inputs }) => inputs.name === `vibe-charting-${name}`);
    if (!alarm) throw new Error(`There is no alarm ${name}`);
    return alarm.inputs;
  };
  const filterNamed = (name: string) => {
    const filter = graph.resources.find(
      resource => resource.type.endsWith(":LogMetricFilter") && resource.inputs.name === name,
    );
    if (!filter) throw new Error(`There is no metric filter ${name}`);
    return filter.inputs;
  };

  it("are those that the resources call for, each once and no others", () => {
    const wanted = expectedAlarms(graph);
    expect(alarms.map(alarm => wanted.filter(expected => isAlarm(alarm, expected)).length)).toEqual(
      alarms.map(() => 1),
    );
    expect(alarms).toHaveLength(wanted.length);
  });

  it("tell the operators when they begin and when they are over", () => {
    const topic = "arn:aws:sns:us-east-2:000000000000:vibe-charting-operations";
    expect(alarms.map(({ inputs }) => [inputs.alarmActions, inputs.okActions])).toEqual(
      alarms.map(() => [[topic], [topic]]),
    );
  });

  it("fire at a dead letter, and not on an empty queue that reports nothing", () => {
    for (const name of ["analysis-dead-letters", "undelivered-prices", "undelivered"]) {
      expect([isOn(alarmNamed(name), [0, 1]), isOn(alarmNamed(name), silence(1))], name).toEqual([
        true,
        false,
      ]);
    }
  });

  it("fire when the API's own log has more than twenty refusals for being too many", () => {
    const refusal = JSON.stringify({ requestId: "r", status: "429" });
    const lines = [...Array.from({ length: 21 }, () => refusal), JSON.stringify({ status: "200" })];
    const count = valuesOfFilter(filterNamed("ApiThrottled"), lines).reduce((sum, value) => sum + value, 0);
    expect([
      isOn(alarmNamed("api-throttled"), [count]),
      isOn(alarmNamed("api-throttled"), [count - 1]),
    ]).toEqual([true, false]);
  });

  describe("on the local stage", () => {
    const state = temporaryState();
    let stage: StageProcess;
    beforeAll(async () => {
      stage = await startStage(state.path, ["--source", "demo", "--reset", "--interval", "3600"]);
      await stage.printed("ready http");
    });
    afterAll(async () => {
      await stage?.end("SIGTERM");
      state.remove();
    });

    const getCoins = () =>
      fetch(`${stage.url}/coins?limit=1`, { headers: { "x-api-key": "vibe-charting-local-key" } });

    const logOf = (functionName: string) => {
      const file = join(state.path, "logs", `vibe-charting-local-${functionName}.log`);
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

    it("a function's errors and the API's fire while the database lacks what they read, and not before", async () => {
      /** What Lambda counts as Errors: runs that end in one. */
      const errors = () => logOf("signal-record").filter(line => "errorType" in JSON.parse(line)).length;
      /** What API Gateway averages as 5XXError. */
      const shareOfFaults = async () => {
        const statuses = await Promise.all(Array.from({ length: 5 }, async () => (await getCoins()).status));
        return statuses.filter(status => status >= 500).length / statuses.length;
      };
      const run = () => runVibe(["invoke", "signal-record"], { stateDirectory: state.path });
      await run();
      const whenWell = { errors: errors(), faults: await shareOfFaults() };
      const db = await connectToStage(state.path);
      await db.query(sql.unsafe`ALTER TABLE market_snapshots RENAME TO gone`);
      const { code } = await run();
      const whenBroken = { errors: errors(), faults: await shareOfFaults() };
      await db.query(sql.unsafe`ALTER TABLE gone RENAME TO market_snapshots`);
      await db.end();
      const areOn = ({ errors: failed, faults }: typeof whenWell) => [
        isOn(alarmNamed("errors-signal-record"), [failed]),
        isOn(alarmNamed("api-errors"), [faults]),
      ];
      expect({ code, whenWell: areOn(whenWell), whenBroken: areOn(whenBroken) }).toEqual({
        code: 1,
        whenWell: [false, false],
        whenBroken: [true, true],
      });
    });

    it.each(["analysis-dead-letters", "undelivered-prices", "alert-dead-letters"])(
      "a message among the %s fires, and none does not",
      async name => {
        const sqs = stageQueues(state.path);
        const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
        const QueueUrl = QueueUrls.find(url => url.includes(name));
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
  });
});
