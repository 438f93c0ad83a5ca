import { afterEach, expect, it } from "vitest";
import { functionBuild, graphOf, resource } from "../../test/graph-fixture.ts";
import { findFreePort } from "../free-port.ts";
import type { LoopbackServer } from "../loopback-server.ts";
import { functionAccessKeyId } from "../permissions/access-keys.ts";
import { createRoleCheck } from "../permissions/role-check.ts";
import { planSecrets, startSecretsManagerServer } from "./secrets-manager-server.ts";

const arnOf = (name: string) => `arn:aws:secretsmanager:us-east-2:000000000000:secret:${name}-AbCdEf`;
const secret = (name: string) =>
  resource("aws:secretsmanager/secret:Secret", name, { name }, { arn: arnOf(name) });
const graph = graphOf(
  [
    secret("vibe/database"),
    secret("vibe/provider"),
    resource("aws:secretsmanager/secretVersion:SecretVersion", "DatabaseVersion", {
      secretId: arnOf("vibe/database"),
      secretString: '{"host":"db"}',
    }),
  ],
  [
    functionBuild("reader", "a#b", {
      policies: [
        { Effect: "Allow", Action: ["secretsmanager:GetSecretValue"], Resource: [arnOf("vibe/database")] },
      ],
    }),
  ],
);

const running: LoopbackServer[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) await server.stop();
});

/** Asks as the AWS SDK does; `overrides` are the values that the caller gave. */
async function ask(input: unknown, options: { overrides?: Record<string, string>; keyId?: string } = {}) {
  const port = await findFreePort();
  const secrets = planSecrets(graph, options.overrides ?? {});
  running.push(await startSecretsManagerServer({ port, secrets, roleCheck: createRoleCheck(graph) }));
  const response = await fetch(`http://127.0.0.1:${port}/`, {
    method: "POST",
    headers: {
      "x-amz-target": "secretsmanager.GetSecretValue",
      "content-type": "application/x-amz-json-1.1",
      authorization: `AWS4-HMAC-SHA256 Credential=${options.keyId ?? "OPERATOR"}/20261123/us-east-2/secretsmanager/aws4_request`,
    },
    body: JSON.stringify(input),
  });
  return { status: response.status, body: await response.json() };
}

it.each([["vibe/database"], [arnOf("vibe/database")], [arnOf("vibe/database").slice(0, -7)]])(
  "answers for %s",
  async SecretId => {
    expect(await ask({ SecretId })).toEqual({
      status: 200,
      body: {
        ARN: arnOf("vibe/database"),
        Name: "vibe/database",
        SecretString: '{"host":"db"}',
        VersionId: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
        VersionStages: ["AWSCURRENT"],
        CreatedDate: 0,
      },
    });
  },
);

it("prefers the caller's value", async () => {
  const answer = await ask({ SecretId: "vibe/provider" }, { overrides: { "vibe/provider": "mine" } });
  expect(answer).toMatchObject({ status: 200, body: { SecretString: "mine" } });
});

it.each([
  ["vibe/provider", "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT"],
  ["vibe/other", "Secrets Manager can't find the specified secret."],
])("answers for %s, which has no value, in AWS's words", async (SecretId, message) => {
  expect(await ask({ SecretId })).toEqual({
    status: 400,
    body: { __type: "ResourceNotFoundException", message },
  });
});

it("holds a function to its role", async () => {
  const keyId = functionAccessKeyId("reader");
  const allowed = await ask({ SecretId: "vibe/database" }, { keyId });
  const denied = await ask({ SecretId: "vibe/provider" }, { keyId });
  expect([allowed.status, denied]).toEqual([
    200,
    {
      status: 400,
      body: {
        __type: "AccessDeniedException",
        message: `User: arn:aws:sts::000000000000:assumed-role/reader-role/reader is not authorized to perform: secretsmanager:GetSecretValue on resource: ${arnOf("vibe/provider")} because no identity-based policy allows the secretsmanager:GetSecretValue action`,
      },
    },
  ]);
});

it("refuses a value for a secret that the stacks do not declare", () => {
  expect(() => planSecrets(graph, { "vibe/typo": "x" })).toThrow(
    "A value is given for the secret vibe/typo, which the stacks do not declare (vibe/database, vibe/provider).",
  );
});
