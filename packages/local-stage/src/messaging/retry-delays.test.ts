import { expect, it } from "vitest";
import { retryDelaysMs } from "./retry-delays.ts";

const policy = (healthyRetryPolicy: object) => JSON.stringify({ healthyRetryPolicy });

it.each([
  ["SNS's own", undefined, [20, 20, 20]],
  ["none", policy({ numRetries: 0 }), []],
  ["linear", policy({ numRetries: 3, minDelayTarget: 10, maxDelayTarget: 30 }), [10, 20, 30]],
  [
    "exponential, after two at once",
    policy({
      numRetries: 5,
      numNoDelayRetries: 2,
      minDelayTarget: 10,
      maxDelayTarget: 1_000,
      backoffFunction: "exponential",
    }),
    [0, 0, 10, 100, 1_000],
  ],
  [
    "with its slow beginning and end",
    policy({
      numRetries: 4,
      numMinDelayRetries: 1,
      numMaxDelayRetries: 2,
      minDelayTarget: 1,
      maxDelayTarget: 9,
    }),
    [1, 1, 9, 9],
  ],
])("waits by the policy: %s", (_, text, seconds) => {
  expect(retryDelaysMs(text)).toEqual(seconds.map(second => second * 1_000));
});
