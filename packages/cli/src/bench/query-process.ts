import { loadHandler, timed } from "./handler-process.ts";
import type { QueryTimes } from "./measure-queries.ts";

// The process that measures POST /query: its environment is the function's, its argument the handler's module.

const questions = ["top 5 performers this week", "which coins are in an uptrend?", "how is BN7 doing?"];
const warmUps = 50;
const repetitions = 300;

const [, , modulePath = ""] = process.argv;
const handler = await loadHandler(modulePath);
const times: QueryTimes[] = [];
for (const question of questions) times.push(await measure(question));
process.send?.(times, undefined, undefined, () => process.exit(0));

async function measure(question: string): Promise<QueryTimes> {
  for (let run = 0; run < warmUps; run++) await ask(question);
  const statements = await handler.statementsOf(() => ask(question));
  const client = await handler.connect();
  const runStatements = async () => {
    for (const { text, values } of statements) await client.query(text, values);
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
  const { statusCode, body } = await handler.call({
    method: "POST",
    resource: "/query",
    body: { query: question },
  });
  if (statusCode !== 200) throw new Error(`"${question}" was answered ${statusCode}: ${body}`);
}
