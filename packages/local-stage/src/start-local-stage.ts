import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { startApiGateway } from "./api/api-gateway.ts";
import { planApis } from "./api/api-plan.ts";
import { planSite } from "./api/site-plan.ts";
import { serveStaticSite } from "./api/static-site.ts";
import { planEventSources } from "./functions/event-source-plan.ts";
import { findFunction, startFunctionHost } from "./functions/function-host.ts";
import type { InvocationResult } from "./functions/invocation.ts";
import { startQueuePoller } from "./functions/queue-poller.ts";
import type { LocalValues } from "./graph/local-values.ts";
import { functionNamed, type ResourceGraph, resourcesOf } from "./graph/resource-graph.ts";
import { LocalStageError } from "./local-stage-error.ts";
import type { QueueDepth } from "./messaging/emulator.ts";
import { mailbox } from "./messaging/mailbox.ts";
import { startMessaging } from "./messaging/messaging.ts";
import { planMessaging } from "./messaging/messaging-plan.ts";
import type { LocalEndpoints } from "./messaging/post-to-endpoint.ts";
import { checkResourcePermissions } from "./permissions/resource-permissions.ts";
import { createRoleCheck } from "./permissions/role-check.ts";
import { planDatabase } from "./postgres/database-plan.ts";
import { startStageDatabase } from "./postgres/stage-database.ts";
import { describeResource, optionalString, parseJson, requiredString } from "./resource-reader.ts";
import { planSchedules } from "./schedule/schedule-plan.ts";
import { type Scheduler, type StageClock, startScheduler } from "./schedule/scheduler.ts";
import { planSecrets, startSecretsManagerServer } from "./secrets/secrets-manager-server.ts";
import type { StateDirectory } from "./state-directory.ts";

export type LocalStageOptions = {
  graph: ResourceGraph;
  /** Opened by the caller, who also releases it: its ports and password went into the graph. */
  stateDirectory: StateDirectory;
  apiPort: number;
  /** The values with which the graph was evaluated. */
  values: LocalValues;
  /** Values for the stacks' secrets by name, instead of those in the graph. */
  secretValues?: Record<string, string>;
  clock?: StageClock;
  /** Hosts of the public internet that are on this machine instead: where SNS's posts to them go. */
  endpoints?: LocalEndpoints;
  log?: (message: string) => void;
};

export type LocalStage = {
  /** Undefined when the stacks declare no API. */
  apiUrl: string | undefined;
  messagingEndpoint: string;
  schedules: Pick<Scheduler, "advanceTo" | "setEnabled" | "names">;
  /** Takes a physical or logical function name, or the end of one. */
  invoke(functionName: string, event: unknown): Promise<InvocationResult>;
  queueDepths(): Record<string, QueueDepth>;
  /** Resolves when every queue that a function reads is empty and no function runs. */
  drained(): Promise<void>;
  /** Stops everything that was started, the last first; safe to call twice. */
  stop(): Promise<void>;
};

/** In the state folder: the e-mails that SNS would send, a JSON line each. */
export const mailFile = "mail.jsonl";

const DRAIN_CHECK_MS = 15;

/** Runs the resources of the graph on this machine. What AWS would refuse is refused before anything starts. */
export async function startLocalStage(options: LocalStageOptions): Promise<LocalStage> {
  const { graph, stateDirectory, values } = options;
  const log = options.log ?? (() => undefined);
  const clock = options.clock ?? { kind: "wall" };
  const messagingPlan = planMessaging(graph);
  const eventSources = planEventSources(graph, messagingPlan);
  const apis = planApis(graph);
  const sitePlan = planSite(graph);
  const schedules = planSchedules(graph, clock.kind === "market" ? clock.startMs : Date.now());
  const secrets = planSecrets(graph, options.secretValues ?? {});
  const database = planDatabase(graph, values);
  checkResourcePermissions(graph, { messaging: messagingPlan, eventSources, apis });
  const roleCheck = createRoleCheck(graph);
  const deployInvocations = planDeployInvocations(graph);
  for (const subscription of messagingPlan.undelivered) {
    log(`${subscription} reaches nobody on this machine`);
  }

  const stops: (() => Promise<void> | void)[] = [];
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopping ??= stopAll(stops);
    return stopping;
  };
  try {
    if (database !== undefined) {
      stops.push((await startStageDatabase({ plan: database, stateDirectory, roleCheck, log })).stop);
    }
    const messaging = await startMessaging({
      plan: messagingPlan,
      endpoint: values.awsEndpoint,
      port: Number(new URL(values.awsEndpoint).port),
      region: graph.region,
      dataDirectory: join(stateDirectory.path, "messaging"),
      roleCheck,
      mail: mailbox(join(stateDirectory.path, mailFile), log),
      endpoints: options.endpoints ?? { hosts: {}, certificates: [] },
      log,
    });
    stops.push(messaging.stop);
    const secretsPort = stateDirectory.ports.secrets;
    stops.push((await startSecretsManagerServer({ port: secretsPort, secrets, roleCheck })).stop);
    const logsDirectory = join(stateDirectory.path, "logs");
    const host = await startFunctionHost({
      graph,
      endpoints: { messaging: values.awsEndpoint, secrets: `http://127.0.0.1:${secretsPort}` },
      logsDirectory,
      compileCacheDirectory: join(stateDirectory.path, "compile-cache"),
      knownHosts: Object.keys(options.endpoints?.hosts ?? {}),
    });
    stops.push(host.stop);
    for (const { functionName, input, what } of deployInvocations) {
      const result = await host.invoke(functionName, input);
      if (!result.ok) {
        throw new LocalStageError(
          `${what}: ${functionName} failed: ${result.error.errorType}: ${result.error.errorMessage}`,
        );
      }
    }
    const pollers = eventSources.map(source =>
      startQueuePoller({ source, host, sqs: messaging.sqs, region: graph.region, log }),
    );
    stops.push(async () => {
      await Promise.all(pollers.map(poller => poller.stop()));
    });
    const site = sitePlan && (await serveStaticSite(sitePlan));
    for (const [index, api] of apis.entries()) {
      const accessLog = openAccessLog(logsDirectory, api.name);
      stops.push(accessLog.close);
      const port = options.apiPort + index;
      const gateway = await startApiGateway({
        api,
        port,
        host,
        site: index === 0 ? site : undefined,
        log,
        accessLog: accessLog.write,
      });
      stops.push(gateway.stop);
    }
    const scheduler = startScheduler({ schedules, clock, host, region: graph.region, log });
    stops.push(scheduler.stop);

    const depths = () =>
      messagingPlan.queues.map(
        ({ name }) =>
          [name, messaging.emulator.queueDepth(name) ?? { visible: 0, inFlight: 0, delayed: 0 }] as const,
      );
    const consumed = new Set(
      eventSources
        .filter(({ queue }) => !messagingPlan.deadLetterArns.has(queue.arn))
        .map(({ queue }) => queue.name),
    );
    const isDrained = () =>
      host.activeInvocations() === 0 &&
      depths().every(
        ([name, { visible, inFlight, delayed }]) => !consumed.has(name) || visible + inFlight + delayed === 0,
      );
    return {
      apiUrl: apis.length > 0 ? `http://127.0.0.1:${options.apiPort}` : undefined,
      messagingEndpoint: values.awsEndpoint,
      schedules: scheduler,
      invoke: async (name, event) => await host.invoke(findFunction(graph, name).functionName, event),
      queueDepths: () => Object.fromEntries(depths()),
      drained: async () => {
        while (stopping === undefined && !isDrained()) {
          await new Promise(resolve => setTimeout(resolve, DRAIN_CHECK_MS));
        }
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Beside the functions' logs, since in CloudWatch it is a log as theirs are. */
function openAccessLog(directory: string, apiName: string) {
  const file = createWriteStream(join(directory, `${apiName}-access.log`), { flags: "a" });
  return {
    write: (line: string) => void file.write(`${line}\n`),
    close: async () => {
      file.end();
      await finished(file).catch(() => undefined);
    },
  };
}

/** Each part is stopped even when one before it fails to. */
async function stopAll(stops: (() => Promise<void> | void)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const stop of stops.toReversed()) {
    try {
      await stop();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0)
    throw new AggregateError(failures, "Some parts of the local stage did not stop cleanly.");
}

/** Functions that a deployment itself calls, such as the migrator; here every start is one. */
function planDeployInvocations(
  graph: ResourceGraph,
): { functionName: string; input: unknown; what: string }[] {
  return resourcesOf(graph, "aws:lambda/invocation:Invocation").map(resource => {
    const build = functionNamed(graph, requiredString(resource, "functionName"));
    if (build === undefined) {
      throw new LocalStageError(
        `${describeResource(resource)} calls ${requiredString(resource, "functionName")}, which is no function of the stacks.`,
      );
    }
    const input = parseJson(resource, "input", optionalString(resource, "input") ?? "{}");
    return { functionName: build.functionName, input, what: describeResource(resource) };
  });
}
