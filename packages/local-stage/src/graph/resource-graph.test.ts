import { expect, test } from "vitest";
import {
  childrenOf,
  type FunctionBuild,
  functionNamed,
  type GraphResource,
  type ResourceGraph,
  resourceByIdentity,
  resourceNamed,
} from "./resource-graph.ts";

const component: GraphResource = {
  urn: "urn:work",
  type: "sst:aws:Queue",
  name: "Work",
  parent: null,
  id: "",
  inputs: {},
  outputs: {},
};
const queue: GraphResource = {
  urn: "urn:work-queue",
  type: "aws:sqs/queue:Queue",
  name: "WorkQueue",
  parent: component.urn,
  id: "http://127.0.0.1:4566/000000000000/work",
  inputs: {},
  outputs: { arn: "arn:aws:sqs:us-east-2:000000000000:work" },
};
const worker: FunctionBuild = {
  functionName: "app-worker",
  resourceName: "Worker",
  handler: "src/worker.handler",
  bundleDirectory: "/build/Worker",
  entry: { file: "/build/Worker/bundle.mjs", exportName: "handler" },
  runtime: "nodejs24.x",
  timeoutSeconds: 20,
  memoryMegabytes: 128,
  environment: {},
  links: {},
  roleName: "app-worker-role",
  policies: [],
};
const graph: ResourceGraph = {
  app: { name: "app", stage: "local" },
  region: "us-east-2",
  resources: [queue, component],
  functions: [worker],
};

test("a resource is found by id and by ARN, and a component's children by its URN", () => {
  expect([
    resourceByIdentity(graph, "http://127.0.0.1:4566/000000000000/work"),
    resourceByIdentity(graph, "arn:aws:sqs:us-east-2:000000000000:work"),
    childrenOf(graph, "urn:work"),
  ]).toEqual([queue, queue, [queue]]);
});

test("a name that the stacks do not declare is refused with those that they do", () => {
  expect(() => resourceNamed(graph, "aws:sqs/queue:Queue", "Play")).toThrow(
    'The stacks declare no aws:sqs/queue:Queue named "Play". Declared: WorkQueue.',
  );
});

test.each(["app-worker", "Worker", "arn:aws:lambda:us-east-2:000000000000:function:app-worker:1"])(
  "a function is found as %s",
  name => {
    expect(functionNamed(graph, name)).toBe(worker);
  },
);
