import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { projectDirectory } from "../stage/project.ts";

// For processes that measure the API's handler: their environment is the function's, their argument its module.

export type Statement = { readonly text: string; readonly values: unknown[] };
type PgQuery = (text: string, values: unknown[]) => Promise<{ readonly rows: Record<string, unknown>[] }>;
type PgAddress = { host: string; port: number; database: string; user: string; password: unknown };
export type PgClient = PgAddress & { connect(): Promise<void>; query: PgQuery; end(): Promise<void> };
type Handler = (event: object, context: object) => Promise<{ statusCode: number; body: string }>;

export type ApiCall = {
  readonly method: "GET" | "POST";
  /** As the API declares it, such as `/trends/{symbol}`. */
  readonly resource: string;
  readonly pathParameters?: Readonly<Record<string, string>>;
  readonly queryParameters?: Readonly<Record<string, string>>;
  readonly body?: unknown;
};

export type MeasuredHandler = {
  readonly call: (call: ApiCall) => Promise<{ statusCode: number; body: string }>;
  /** The SQL statements that some work runs. */
  readonly statementsOf: (work: () => Promise<unknown>) => Promise<readonly Statement[]>;
  /** A connection like the handler's own, once that has one; its statements are not recorded. */
  readonly connect: () => Promise<PgClient>;
};

/** Loads the handler with the driver of its pool listened to, so that what it asks can be written down. */
export async function loadHandler(modulePath: string): Promise<MeasuredHandler> {
  const pg: { Client: { new (configuration: object): PgClient; prototype: PgClient } } = createRequire(
    join(projectDirectory, "packages/database/package.json"),
  )("pg");
  let recorded: Statement[] | undefined;
  let address: PgAddress | undefined;
  const query = pg.Client.prototype.query;
  pg.Client.prototype.query = function (this: PgClient, text, values) {
    recorded?.push({ text, values });
    const { host, port, database, user, password } = this;
    address = { host, port, database, user, password };
    return query.call(this, text, values);
  };
  const { handler }: { handler: Handler } = await import(pathToFileURL(modulePath).href);
  return {
    call: async call =>
      await handler(apiEvent(call), { awsRequestId: "bench", getRemainingTimeInMillis: () => 20_000 }),
    statementsOf: async work => {
      recorded = [];
      await work();
      const statements = recorded;
      recorded = undefined;
      return statements;
    },
    connect: async () => {
      const client = new pg.Client({ ...address });
      client.query = query;
      await client.connect();
      return client;
    },
  };
}

/** A call as API Gateway hands it to the function. */
export function apiEvent({
  method,
  resource,
  pathParameters = {},
  queryParameters = {},
  body,
}: ApiCall): object {
  return {
    httpMethod: method,
    resource,
    path: resource,
    headers: { "content-type": "application/json" },
    body: body === undefined ? null : JSON.stringify(body),
    isBase64Encoded: false,
    queryStringParameters: queryParameters,
    pathParameters,
    requestContext: {},
  };
}

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}
