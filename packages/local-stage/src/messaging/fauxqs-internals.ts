import type { BuildAppOptions } from "fauxqs";

/** What fauxqs keeps of a message; `sequenceNumber` is zero-padded, so it sorts as text. */
type EmulatorMessage = { messageGroupId?: string; sequenceNumber?: string };

export type EmulatorQueue = {
  readonly name: string;
  readonly arn: string;
  readonly fifoMessages: Map<string, EmulatorMessage[]>;
  readonly fifoLockedGroups: Map<string, number>;
  persistence: unknown;
  getAttribute(name: string): string | undefined;
  processTimers(): void;
  dequeueFifo(maximum: number, ...rest: unknown[]): { MessageId: string }[];
};

type EmulatorSqsStore = {
  persistence: unknown;
  allQueues(): Iterable<EmulatorQueue>;
  getQueueByName(name: string): EmulatorQueue | undefined;
  createQueue(...args: unknown[]): EmulatorQueue;
};

type SqliteDatabase = {
  exec(sql: string): void;
  prepare(sql: string): { run(...values: unknown[]): unknown };
};

export type EmulatorPersistence = {
  readonly db: SqliteDatabase;
  loadSqsAndSns(sqs: unknown, sns: unknown): void;
  close(): void;
} & Record<(typeof WRITES)[number], (...args: unknown[]) => unknown>;

/** The persistence manager's methods that write about queues, messages, topics and subscriptions. */
export const WRITES = [
  "insertQueue",
  "deleteQueue",
  "updateQueueAttributes",
  "updateQueueSequenceCounter",
  "insertMessage",
  "deleteMessage",
  "updateMessageInflight",
  "updateMessageReady",
  "deleteQueueMessages",
  "insertTopic",
  "deleteTopic",
  "updateTopicAttributes",
  "updateTopicSubscriptionArns",
  "insertSubscription",
  "deleteSubscription",
  "updateSubscriptionAttributes",
] as const;

export type EmulatorInternals = {
  SqsStore: new () => EmulatorSqsStore;
  SnsStore: new () => { persistence: unknown };
  S3Store: new () => object;
  PersistenceManager: new (dataDirectory: string) => EmulatorPersistence;
};

/**
 * The parts of fauxqs (version pinned in package.json) that its entry point does not export. With its own
 * `startFauxqs` it would listen on every network interface, wait for the disk at every message, and offer no
 * way to correct F1 and `ChangeMessageVisibility` 0 (AWS.md section 7).
 */
export async function loadEmulatorInternals(): Promise<EmulatorInternals> {
  const load = (file: string) => import(new URL(file, import.meta.resolve("fauxqs")).href);
  const [sqs, sns, s3, persistence] = await Promise.all(
    ["sqs/sqsStore.js", "sns/snsStore.js", "s3/s3Store.js", "persistence.js"].map(load),
  );
  // The modules' own declarations are not exported; the types above restate what is used of them.
  return { ...sqs, ...sns, ...s3, ...persistence } as EmulatorInternals;
}

export type EmulatorStores = NonNullable<BuildAppOptions["stores"]>;
