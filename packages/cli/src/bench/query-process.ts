import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { projectDirectory } from "../stage/project.ts";
import type { QueryTimes } from "./measure-queries.ts";

// The process that measures POST /query: its environment is the function's, its argument the handler's module.

const questions = ["top 5 performers this week", "which coins are in an uptrend?", "how is BN7 doing?"];
const warmUps = 50;
const repetitions = 300;

type Statement = { readonly text: string; readonly values: unknown[] };
type PgQuery = (text: string, values: unknown[]) => Promise<unknown>;
type PgAddress = { host: string; port: number; database: string; user: string; password: unknown };
type PgClient = PgAddress & { connect(): Promise<void>; query: PgQuery; end(): Promise<void> };
type Handler = (event: object, context: object) => Promise<{ statusCode: number; body: string }>;

// The very driver of the handler's pool, so that what it is asked can be written down and asked again.
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

const [, , modulePath = ""] = process.argv;
const { handler }: { handler: Handler } = await import(pathToFileURL(modulePath).href);
const times: QueryTimes[] = [];
for (const question of questions) times.push(await measure(question));
process.send?.(times, undefined, undefined, () => process.exit(0));

async function measure(question: string): Promise<QueryTimes> {
  for (let run = 0; run < warmUps; run++) await ask(question);
  recorded = [];
  await ask(question);
  const statements = recorded;
  recorded = undefined;
  const client = new pg.Client({ ...address });
  await client.connect();
  const runStatements = async () => {
    for (const { text, values } of statements) await query.call(client, text, values);
  };
  for (let run = 0; run < warmUps; run++) await runStatements();
  // In turns, so that whatever else the machine does falls on both.
  const handlerMs: number[] = [];
  const sqlMs: number[] = [];
  for (let run = 0; run < repetitions; run++) {
    handlerMs.push(await timed(() => ask(question)));
    sqlMs.push(await timed(runStatements));
  }
  await client.end();
  return { question, statements: statements.length, handlerMs, sqlMs };
}

async function ask(question: string): Promise<void> {
  const { statusCode, body } = await handler(
    {
      httpMethod: "POST",
      resource: "/query",
      path: "/query",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query: question }),
      isBase64Encoded: false,
      queryStringParameters: null,
      pathParameters: null,
      requestContext: {},
    },
    { awsRequestId: "bench", getRemainingTimeInMillis: () => 20_000 },
  );
  if (statusCode !== 200) throw new Error(`"${question}" was answered ${statusCode}: ${body}`);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}
