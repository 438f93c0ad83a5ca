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

export type EmulatorSubscription = {
  readonly arn: string;
  readonly topicArn: string;
  readonly protocol: string;
  readonly endpoint: string;
  readonly attributes: Readonly<Record<string, string>>;
  confirmed: boolean;
};

export type EmulatorSnsStore = {
  persistence: Pick<EmulatorPersistence, "insertSubscription"> | undefined;
  readonly subscriptions: Map<string, EmulatorSubscription>;
  getSubscription(arn: string): EmulatorSubscription | undefined;
  unsubscribe(arn: string): boolean;
  listSubscriptionsByTopic(
    topicArn: string,
    nextToken?: string,
  ): { subscriptions: EmulatorSubscription[]; nextToken?: string };
};

/** Whether a message with these attributes passes a filter policy. */
export type MatchesFilterPolicy = (
  policy: unknown,
  attributes: Readonly<Record<string, { DataType: string; StringValue?: string }>>,
) => boolean;

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
  SnsStore: new () => EmulatorSnsStore;
  matchesFilterPolicy: MatchesFilterPolicy;
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
  const [sqs, sns, filter, s3, persistence] = await Promise.all(
    ["sqs/sqsStore.js", "sns/snsStore.js", "sns/filter.js", "s3/s3Store.js", "persistence.js"].map(load),
  );
  // The modules' own declarations are not exported; the types above restate what is used of them.
  return { ...sqs, ...sns, ...filter, ...s3, ...persistence } as EmulatorInternals;
}

export type EmulatorStores = NonNullable<BuildAppOptions["stores"]>;
