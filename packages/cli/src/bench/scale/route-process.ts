import { type ApiCall, loadHandler, type Statement, timed } from "../handler-process.ts";

// The process that answers API calls: its environment is the function's, its argument the handler's module.

/** What it is asked: a call, and how often. */
export type CallRequest = { readonly call: ApiCall; readonly repetitions: number };
/** What each repetition took, and the SQL of the first one. */
export type CallReport = {
  readonly timesMs: readonly number[];
  readonly statements: readonly Statement[];
  readonly statusCode: number;
  readonly bodyBytes: number;
  readonly memoryMiB: number;
};

const [, , modulePath = ""] = process.argv;
const handler = await loadHandler(modulePath);

process.on("message", (request: CallRequest) => {
  void answer(request).then(
    report => process.send?.(report),
    error => {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
      process.exit(1);
    },
  );
});

async function answer({ call, repetitions }: CallRequest): Promise<CallReport> {
  const timesMs: number[] = [];
  let last = { statusCode: 0, body: "" };
  const run = async () => {
    last = await handler.call(call);
  };
  const statements = await handler.statementsOf(async () => timesMs.push(await timed(run)));
  for (let repetition = 1; repetition < repetitions; repetition++) timesMs.push(await timed(run));
  const { statusCode, body } = last;
  if (statusCode >= 500)
    throw new Error(`${call.method} ${call.resource} was answered ${statusCode}: ${body}`);
  return {
    timesMs,
    statements,
    statusCode,
    bodyBytes: Buffer.byteLength(body),
    memoryMiB: process.memoryUsage().rss / 2 ** 20,
  };
}
