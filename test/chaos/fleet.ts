import type { DatabaseAddress } from "@vibe-charting/database";
import type { Deliveries } from "./deliveries.ts";
import { analysis, catchUp, drain, type Invocation, ingestion, subscriber } from "./functions.ts";
import type { Gate } from "./gate.ts";
import type { Messaging } from "./messaging.ts";
import type { Observer } from "./observer.ts";
import type { SimulatedProcess } from "./process.ts";
import type { Random } from "./random.ts";
import { openSandbox, type Sandbox } from "./sandbox.ts";
import type { World } from "./world.ts";

type Role = keyof typeof roles;
type Member = {
  readonly role: Role;
  readonly sandbox: Sandbox;
  readonly invoke: Invocation;
};

/** How many of each function run at most at once, with the pool and the time that each gives a statement. */
const roles = {
  ingestion: {
    count: 2,
    maxPoolSize: 2,
    statementTimeoutMs: 30_000,
    wire: (sandbox: Sandbox) => ingestion(sandbox),
  },
  analysis: {
    count: 3,
    maxPoolSize: 1,
    statementTimeoutMs: 10_000,
    wire: (sandbox: Sandbox, { analysisQueue }: Messaging) => analysis(sandbox, analysisQueue),
  },
  drain: { count: 2, maxPoolSize: 2, statementTimeoutMs: 10_000, wire: (sandbox: Sandbox) => drain(sandbox) },
  "catch-up": {
    count: 1,
    maxPoolSize: 2,
    statementTimeoutMs: 20_000,
    wire: (sandbox: Sandbox) => catchUp(sandbox),
  },
  subscriber: {
    count: 2,
    maxPoolSize: 1,
    statementTimeoutMs: 10_000,
    wire: (sandbox: Sandbox, { alertsQueue }: Messaging) => subscriber(sandbox, alertsQueue),
  },
} as const;

/** The processes of one run. A killed one gives its place to a new one. */
export type Fleet = {
  readonly members: readonly Member[];
  readonly processes: () => readonly SimulatedProcess[];
  readonly isBusy: (role: Role) => boolean;
  readonly idle: (role: Role) => readonly Member[];
  readonly replaceKilled: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export async function openFleet(options: {
  readonly world: World;
  readonly gate: Gate;
  readonly address: DatabaseAddress;
  readonly random: Random;
  readonly messaging: Messaging;
  readonly observer: Observer;
  readonly deliveries: Deliveries;
  readonly listing: () => unknown;
  readonly rewrite: (statement: string) => string;
  readonly onLate: (deliver: () => Promise<void>) => void;
  readonly onCrash: (process: string, error: unknown) => void;
}): Promise<Fleet> {
  const { messaging, observer, deliveries } = options;
  const open = async (role: Role, name: string): Promise<Member> => {
    const { maxPoolSize, statementTimeoutMs, wire } = roles[role];
    const sandbox = await openSandbox({
      ...options,
      name,
      onCrash: error => options.onCrash(name, error),
      maxPoolSize,
      statementTimeoutMs,
      topicArns: messaging.topicArns,
      terminateBackend: observer.terminateBackend,
      onAnswer: deliveries.observe,
    });
    return { role, sandbox, invoke: wire(sandbox, messaging) };
  };
  const members: Member[] = [];
  // The keys of the object are the roles.
  for (const role of Object.keys(roles) as Role[])
    for (let number = 1; number <= roles[role].count; number++)
      members.push(await open(role, `${role} ${number}`));
  const dead: Sandbox[] = [];
  return {
    members,
    processes: () => members.map(({ sandbox }) => sandbox.process),
    isBusy: role =>
      members.some(
        ({ role: other, sandbox: { process } }) =>
          other === role && process.task !== null && !process.isKilled,
      ),
    idle: role =>
      members.filter(
        ({ role: other, sandbox: { process } }) =>
          other === role && process.task === null && !process.isKilled,
      ),
    replaceKilled: async () => {
      for (const [index, { role, sandbox }] of members.entries()) {
        if (!sandbox.process.isKilled) continue;
        dead.push(sandbox);
        await waitUntilEnded(sandbox, observer);
        members[index] = await open(role, `${sandbox.process.name}'`);
      }
    },
    close: async () => {
      for (const sandbox of [...dead, ...members.map(member => member.sandbox)]) await sandbox.close();
    },
  };
}

/** The server notices at once that an idle session's client is gone; one that waits for a lock hears of it later. */
async function waitUntilEnded(sandbox: Sandbox, observer: Observer): Promise<void> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const gone = new Set(sandbox.backends());
    const left = (await observer.sessions()).filter(({ pid }) => gone.has(pid));
    if (left.length === 0) return;
    if ((await observer.waitsForLock(left.map(({ pid }) => pid))).size > 0) return;
  }
}
