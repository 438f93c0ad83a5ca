import { expect, test } from "vitest";
import type { BuildRequest } from "./bundle-function.ts";
import { functionBuilds } from "./function-builds.ts";
import type { GraphResource } from "./resource-graph.ts";

function resource(type: string, name: string, fields: Partial<GraphResource>): GraphResource {
  return { urn: `urn:${name}`, type, name, parent: null, id: name, inputs: {}, outputs: {}, ...fields };
}

const statement = { Effect: "Allow", Action: "sqs:SendMessage", Resource: "*" };
const listed = { Effect: "Allow", Action: ["sqs:SendMessage"], Resource: ["*"] };
const document = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
const request: BuildRequest = {
  functionID: "Worker",
  handler: "src/worker.handler",
  runtime: "nodejs24.x",
  links: {},
};
const bundle = {
  handler: "bundle.handler",
  out: "/build/Worker",
  sourcemaps: [],
  entry: { file: "/build/Worker/bundle.mjs", exportName: "handler" },
};
const lambda = resource("aws:lambda/function:Function", "WorkerFunction", {
  parent: "urn:Worker",
  outputs: {
    name: "app-worker",
    role: "arn:aws:iam::000000000000:role/app-worker-role",
    runtime: "nodejs24.x",
    timeout: 20,
    memorySize: 128,
    environment: { variables: { SST_KEY: "k", SST_KEY_FILE: "resource.enc", LEVEL: "info" } },
  },
});
const component = resource("sst:aws:Function", "Worker", {});

test("a function has the policies that are inline, attached, the account's own and AWS's", () => {
  const role = "app-worker-role";
  const ownPolicyArn = "arn:aws:iam::000000000000:policy/own";
  const [build] = functionBuilds(
    [
      component,
      lambda,
      resource("aws:iam/role:Role", "WorkerRole", {
        id: role,
        outputs: {
          inlinePolicies: [{ name: "inline", policy: document }],
          managedPolicyArns: ["arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess"],
        },
      }),
      resource("aws:iam/rolePolicy:RolePolicy", "Extra", { outputs: { role, policy: document } }),
      resource("aws:iam/rolePolicy:RolePolicy", "Foreign", {
        outputs: { role: "another", policy: document },
      }),
      resource("aws:iam/policy:Policy", "Own", { id: ownPolicyArn, outputs: { policy: document } }),
      resource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "Attachment", {
        outputs: { role, policyArn: ownPolicyArn },
      }),
    ],
    [{ request, bundle }],
  );
  expect(build?.policies).toEqual([
    listed,
    listed,
    expect.objectContaining({ Action: expect.arrayContaining(["xray:PutTraceSegments"]) }),
    listed,
  ]);
});

test("a function has its variables with later additions, and without those of the encrypted links", () => {
  const addition = resource("pulumi-nodejs:dynamic:Resource", "WorkerEnvironmentUpdate", {
    inputs: { functionName: "app-worker", environment: { API_URL: "http://127.0.0.1:4000" } },
  });
  const [build] = functionBuilds([component, lambda, addition], [{ request, bundle }]);
  expect(build?.environment).toEqual({ LEVEL: "info", API_URL: "http://127.0.0.1:4000" });
});

test("a Lambda function that SST did not bundle is left out", () => {
  expect(functionBuilds([{ ...lambda, parent: null }], [{ request, bundle }])).toEqual([]);
});
