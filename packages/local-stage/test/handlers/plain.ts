import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from "aws-lambda";

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
