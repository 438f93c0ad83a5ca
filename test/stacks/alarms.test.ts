import type { GraphResource, ResourceGraph } from "@vibe-charting/local-stage";
import { beforeAll, describe, expect, it } from "vitest";
import { expectedAlarms, isAlarm } from "../../stacks/rules/expected-alarms.ts";
import { readAlarms } from "./alarm-reader.ts";
import { stageGraph } from "./stage-graph.ts";

/** The metrics whose alarms are switched on by what they are for. */
const driven = [
  "AWS/ApiGateway 5XXError",
  "AWS/ApiGateway Latency",
  "AWS/Lambda Errors",
  "AWS/Lambda Throttles",
  "AWS/SQS ApproximateAgeOfOldestMessage",
  "AWS/SQS ApproximateNumberOfMessagesVisible",
  "VibeCharting/production ApiThrottled",
  "VibeCharting/production IngestionCompleted",
  "VibeCharting/production OutboxAgeSeconds",
];

/** The others, each with why no test on one machine can bring it about; their values are held by rule 51. */
const inAwsAlone = {
  "AWS/EC2 StatusCheckFailed": "there is no NAT instance",
  "AWS/Lambda AsyncEventAge": "nothing waits in a queue of Lambda's own",
  "AWS/Lambda AsyncEventsDropped": "nothing is retried by Lambda, and so nothing given up",
  "AWS/Lambda DestinationDeliveryFailures": "failed runs are not handed on",
  "AWS/Lambda Duration": "a run would have to take 16 seconds at least",
  "AWS/RDS CPUCreditBalance": "a machine of one's own has no credits",
  "AWS/RDS CPUUtilization": "the processor is everybody's",
  "AWS/RDS DatabaseConnections": "the local PostgreSQL takes 60 at most",
  "AWS/RDS FreeStorageSpace": "the disk is everybody's",
  "AWS/RDS FreeableMemory": "the memory is everybody's",
  "AWS/SNS NumberOfNotificationsFailed": "the emulator hands on at once or not at all",
  "AWS/SNS NumberOfNotificationsFailedToRedriveToDlq": "the emulator knows no dead letters of a topic",
  "AWS/SNS NumberOfNotificationsRedrivenToDlq": "the emulator knows no dead letters of a topic",
  "AWS/Scheduler InvocationDroppedCount": "the local scheduler gives nothing up",
  "AWS/Scheduler InvocationsFailedToBeSentToDeadLetterCount": "the local scheduler gives nothing up",
  "AWS/Scheduler TargetErrorCount": "the local scheduler always reaches its function",
};

describe("the alarms", () => {
  let graph: ResourceGraph;
  let alarms: readonly GraphResource[];
  beforeAll(async () => {
    graph = await stageGraph("production");
    ({ alarms } = await readAlarms());
  });

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

  it("are driven below, or watch what exists in AWS alone", () => {
    const watched = new Set(alarms.map(({ inputs }) => `${inputs.namespace} ${inputs.metricName}`));
    expect([...watched].sort()).toEqual([...driven, ...Object.keys(inAwsAlone)].sort());
  });
});
