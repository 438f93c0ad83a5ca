import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { type ResourceGraph, resourcesOf } from "../graph/resource-graph.ts";
import { LocalStageError } from "../local-stage-error.ts";
import { type LoopbackServer, startLoopbackServer } from "../loopback-server.ts";
import { accessKeyIdOf } from "../permissions/access-keys.ts";
import type { RoleCheck } from "../permissions/role-check.ts";
import { isRecord, optionalString, requiredString } from "../resource-reader.ts";

export type Secret = { name: string; arn: string; value: string | undefined };

/** The graph's secrets with their current values; `overrides` is by secret name. */
export function planSecrets(graph: ResourceGraph, overrides: Record<string, string>): Secret[] {
  const versions = resourcesOf(graph, "aws:secretsmanager/secretVersion:SecretVersion");
  const secrets = resourcesOf(graph, "aws:secretsmanager/secret:Secret").map(resource => {
    const name = requiredString(resource, "name");
    const arn = requiredString(resource, "arn");
    const version = versions.findLast(candidate => {
      const secretId = optionalString(candidate, "secretId");
      return secretId === arn || secretId === name || secretId === resource.id;
    });
    const stored = version && optionalString(version, "secretString");
    return { name, arn, value: overrides[name] ?? stored };
  });
  for (const name of Object.keys(overrides)) {
    if (secrets.some(secret => secret.name === name)) continue;
    const known = secrets.map(secret => secret.name).join(", ") || "none";
    throw new LocalStageError(
      `A value is given for the secret ${name}, which the stacks do not declare (${known}).`,
    );
  }
  return secrets;
}

/** Answers `secretsmanager.GetSecretValue` as Secrets Manager does. */
export async function startSecretsManagerServer(options: {
  port: number;
  secrets: Secret[];
  roleCheck: RoleCheck;
}): Promise<LoopbackServer> {
  return await startLoopbackServer({
    port: options.port,
    purpose: "Secrets Manager",
    listener: (request, response) => {
      void answer(options.secrets, options.roleCheck, request, response).catch(error => {
        respond(response, 500, { __type: "InternalServiceError", message: String(error) });
      });
    },
  });
}

async function answer(
  secrets: Secret[],
  roleCheck: RoleCheck,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const refuse = (type: string, message: string) => respond(response, 400, { __type: type, message });
  const target = request.headers["x-amz-target"];
  if (target !== "secretsmanager.GetSecretValue") {
    return refuse(
      "UnknownOperationException",
      `The local stage answers GetSecretValue, not ${String(target)}.`,
    );
  }
  const input = parseObject(await text(request));
  if (input === undefined) return refuse("SerializationException", "The body is not a JSON object.");
  const secretId = input.SecretId;
  if (typeof secretId !== "string") {
    return refuse(
      "ValidationException",
      "1 validation error detected: Value null at 'secretId' failed to satisfy constraint: Member must not be null",
    );
  }
  const secret = secrets.find(
    ({ name, arn }) => secretId === name || secretId === arn || isPartialArn(secretId, arn),
  );
  const denied = roleCheck(accessKeyIdOf(request), "secretsmanager:GetSecretValue", secret?.arn ?? secretId);
  if (denied !== undefined) return refuse("AccessDeniedException", denied);
  if (secret === undefined) {
    return refuse("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
  }
  const stage = typeof input.VersionStage === "string" ? input.VersionStage : "AWSCURRENT";
  if (secret.value === undefined || stage !== "AWSCURRENT") {
    return refuse(
      "ResourceNotFoundException",
      `Secrets Manager can't find the specified secret value for staging label: ${stage}`,
    );
  }
  respond(response, 200, {
    ARN: secret.arn,
    Name: secret.name,
    SecretString: secret.value,
    VersionId: versionIdOf(secret.value),
    VersionStages: ["AWSCURRENT"],
    CreatedDate: 0,
  });
}

/** An ARN may be given without the six random characters at its end. */
function isPartialArn(secretId: string, arn: string): boolean {
  return (
    secretId.startsWith("arn:") &&
    /^-[A-Za-z0-9]{6}$/.test(arn.slice(secretId.length)) &&
    arn.startsWith(secretId)
  );
}

/** Looks like a version id and changes with the value. */
function versionIdOf(value: string): string {
  const digest = createHash("sha256").update(value).digest("hex");
  return digest.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

function parseObject(body: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function respond(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/x-amz-json-1.1" });
  response.end(JSON.stringify(body));
}
