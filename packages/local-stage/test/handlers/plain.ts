import { threadId } from "node:worker_threads";
import type {
  APIGatewayProxyEvent,
  APIGatewayProxyResult,
  Context,
  SQSBatchResponse,
  SQSEvent,
} from "aws-lambda";

let calls = 0;

export async function echo(event: unknown, context: Context) {
  calls += 1;
  return { event, calls, requestId: context.awsRequestId, name: context.functionName };
}

export async function showEnvironment() {
  return process.env;
}

export async function fail(event: { message: string }) {
  throw new RangeError(event.message, { cause: new Error("the cause") });
}

export async function hang() {
  await new Promise(() => setInterval(() => undefined, 1_000));
}

export async function crash() {
  process.exit(3);
}

export async function rejectLater() {
  void Promise.reject(new TypeError("nobody handles this"));
  await new Promise(() => setInterval(() => undefined, 1_000));
}

export async function print() {
  process.stdout.write("a line of the function\n");
}

export async function remaining(_event: unknown, context: Context) {
  return context.getRemainingTimeInMillis();
}

export async function http(event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> {
  return { statusCode: 200, headers: { "X-Own": "yes" }, body: JSON.stringify(event) };
}

export async function malformedHttp() {
  return { status: 200, body: { not: "text" } };
}

/** Fails the messages whose body starts with "bad", and those of their group that follow. */
export async function consume(event: SQSEvent): Promise<SQSBatchResponse> {
  const failedGroups = new Set<string | undefined>();
  const batchItemFailures = event.Records.filter(record => {
    const group = record.attributes.MessageGroupId;
    if (record.body.startsWith("bad")) failedGroups.add(group);
    return failedGroups.has(group);
  }).map(record => ({ itemIdentifier: record.messageId }));
  const bodies = event.Records.map(({ body }) => body);
  process.stdout.write(`${JSON.stringify({ bodies, failed: batchItemFailures.length })}\n`);
  return { batchItemFailures };
}

export async function hangOnce(event: { hang: boolean }) {
  calls += 1;
  if (event.hang) await new Promise(() => setInterval(() => undefined, 1_000));
  return { calls };
}

/** Tells the sandboxes apart. */
export async function thread() {
  return { thread: threadId };
}
