import { expect, it } from "vitest";
import { checkQueues } from "./check-queues.ts";

const empty = { "analysis-dead-letters": 0, "alert-dead-letters": 0 };

it("is well while messages wait that somebody will process", async () => {
  expect(await checkQueues(async () => ({ analysis: 7, alertSignals: 3, deadLetters: empty }))).toEqual({
    ok: true,
    detail: "no dead letters",
    analysisDepth: 7,
    alertDepth: 3,
    deadLetters: 0,
    deadLettersByQueue: empty,
  });
});

it("is not well with messages in any dead-letter queue, and names it", async () => {
  const deadLetters = { ...empty, "alert-dead-letters": 2, undelivered: 1 };
  expect(await checkQueues(async () => ({ analysis: 0, alertSignals: 0, deadLetters }))).toMatchObject({
    ok: false,
    detail: "2 in alert-dead-letters, 1 in undelivered: see docs/runbook.md",
    deadLetters: 3,
    deadLettersByQueue: deadLetters,
  });
});

it("says so where the queues cannot be asked", async () => {
  expect(await checkQueues(async () => Promise.reject(new Error("SQS is away")))).toMatchObject({
    ok: false,
    detail: "the queues cannot be asked",
    alertDepth: null,
    deadLettersByQueue: null,
  });
});
