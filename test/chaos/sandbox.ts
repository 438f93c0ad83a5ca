import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import { connectDatabase, type Database, type DatabaseAddress } from "@vibe-charting/database";
import { type Publisher, snsPublisher } from "@vibe-charting/runtime";
import type { Gate } from "./gate.ts";
import { startPostgresProxy } from "./postgres-proxy.ts";
import { killProcess, type SimulatedProcess, simulatedProcess } from "./process.ts";
import type { Random } from "./random.ts";
import { startServiceProxy } from "./service-proxy.ts";
import { runInProcess } from "./virtual-time.ts";
import { region, type World } from "./world.ts";

/** A process with the ports that a function's code is given: all of them lead through the proxies. */
export type Sandbox = {
  readonly process: SimulatedProcess;
  readonly openDatabase: () => Promise<Database>;
  readonly publish: Publisher;
  readonly sqs: SQSClient;
  readonly providerUrl: string;
  readonly maxPoolSize: number;
  readonly backends: () => readonly number[];
  /** Ends the process in peace, or clears away what a kill has left. */
  readonly close: () => Promise<void>;
};

export type SandboxOptions = {
  readonly name: string;
  readonly random: Random;
  readonly world: World;
  readonly gate: Gate;
  readonly address: DatabaseAddress;
  readonly topicArns: { readonly "prices.ingested": string; readonly "signals.detected": string };
  readonly maxPoolSize: number;
  readonly statementTimeoutMs: number;
  readonly listing: () => unknown;
  readonly onLate: (deliver: () => Promise<void>) => void;
  readonly onCrash: (error: unknown) => void;
  readonly rewrite: (statement: string) => string;
  readonly terminateBackend: (backend: number) => Promise<void>;
  readonly onAnswer: (process: SimulatedProcess, action: string, request: string, answer: string) => void;
};

export async function openSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { world, gate, address, maxPoolSize, statementTimeoutMs } = options;
  const process = simulatedProcess(options.name, options.random, options.onCrash);
  const postgres = await startPostgresProxy({
    process,
    gate,
    target: world.server,
    terminateBackend: options.terminateBackend,
    rewrite: options.rewrite,
  });
  const services = await startServiceProxy({
    process,
    gate,
    awsPort: world.awsPort,
    listing: options.listing,
    onLate: options.onLate,
    onAnswer: (...answer) => options.onAnswer(process, ...answer),
  });
  const aws = {
    endpoint: services.url,
    region,
    credentials: { accessKeyId: "chaos", secretAccessKey: "chaos" },
  };
  const [sns, sqs] = runInProcess(process.context, () => [new SNSClient(aws), new SQSClient(aws)] as const);
  let pool: Promise<Database> | undefined;
  /** As the runtime does it: one pool, and one that could not be opened is tried again at the next call. */
  const openDatabase = () => {
    pool ??= connectDatabase({
      address: { ...address, port: postgres.port },
      password: async () => world.password,
      maxPoolSize,
      statementTimeoutMs,
    }).catch(error => {
      pool = undefined;
      throw error;
    });
    return pool;
  };
  return {
    process,
    openDatabase,
    publish: snsPublisher(options.topicArns, sns),
    sqs,
    providerUrl: services.url,
    maxPoolSize,
    backends: postgres.backends,
    close: async () => {
      if (!process.isKilled && pool) await (await pool).end();
      killProcess(process);
      postgres.close();
      services.close();
      sns.destroy();
      sqs.destroy();
    },
  };
}
