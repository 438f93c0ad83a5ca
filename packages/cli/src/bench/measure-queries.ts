import { fork } from "node:child_process";
import { extname, join } from "node:path";
import { z } from "zod";
import { projectDirectory } from "../stage/project.ts";
import type { Figure } from "./figure-table.ts";
import { functionEnvironment } from "./function-environment.ts";
import { median, quantile } from "./quantile.ts";
import type { BenchInput } from "./with-bench-stage.ts";

/** What a question took, and the SQL that it ran, alone; milliseconds of each repetition. */
export const QueryTimes = z.object({
  question: z.string(),
  statements: z.int().describe("How many SQL statements one answer needs."),
  handlerMs: z.array(z.number()),
  sqlMs: z.array(z.number()),
});
export type QueryTimes = z.infer<typeof QueryTimes>;

/** `POST /query` at the handler in a process of its own, warm, beside the same SQL alone on one connection. */
export async function measureQueries({ stage, log }: BenchInput): Promise<readonly Figure[]> {
  const build = stage.graph.functions.find(({ resourceName }) => resourceName === "QueryProcessor");
  if (!build) throw new Error("The stacks declare no function QueryProcessor");
  if ((await stage.operator.health()).checks.data.newestAt === null) {
    await stage.operator.run("data-ingestion", {});
    await stage.operator.drained();
  }
  const endpoints = { messaging: stage.stage.messagingEndpoint, secrets: stage.secretsUrl };
  const source = build.handler.slice(0, -extname(build.handler).length);
  const child = fork(
    join(import.meta.dirname, "query-process.ts"),
    [join(projectDirectory, `${source}.ts`)],
    {
      env: { PATH: process.env.PATH, ...functionEnvironment(stage.graph, build, endpoints) },
      execArgv: ["--no-warnings"],
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    },
  );
  const times = await new Promise<readonly QueryTimes[]>((resolve, reject) => {
    child.once("message", message => resolve(z.array(QueryTimes).parse(message)));
    child.once("exit", code => reject(new Error(`The process that asks the questions ended with ${code}`)));
    child.once("error", reject);
  });
  for (const { question, statements } of times) log(`"${question}" runs ${statements} SQL statements`);
  const all: QueryTimes = {
    question: "all of them",
    statements: 0,
    handlerMs: times.flatMap(({ handlerMs }) => handlerMs),
    sqlMs: times.flatMap(({ sqlMs }) => sqlMs),
  };
  return [...times, all].flatMap(figuresOf);
}

function figuresOf({ question, handlerMs, sqlMs }: QueryTimes): readonly Figure[] {
  return [
    {
      what: `POST /query "${question}", p50 of ${handlerMs.length}`,
      value: median(handlerMs),
      unit: "ms",
      comparedTo: { what: "the same SQL alone, p50", value: median(sqlMs) },
    },
    {
      what: `POST /query "${question}", p99`,
      value: quantile(handlerMs, 0.99),
      unit: "ms",
      comparedTo: { what: "the same SQL alone, p99", value: quantile(sqlMs, 0.99) },
    },
  ];
}
