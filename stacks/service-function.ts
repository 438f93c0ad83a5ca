import { logRetention } from "./hardening.ts";
import { privateSubnetIds } from "./network.ts";
import { undelivered } from "./operations.ts";
import { lambdaSecurityGroup } from "./security-groups.ts";
import { physicalName } from "./stage.ts";

type ServiceFunctionArgs = {
  /** The part of the physical name after `vibe-charting-`. */
  name: string;
  description: string;
  handler: string;
  link: unknown[];
  timeout: `${number} seconds` | `${number} minutes`;
  memory: `${number} MB`;
  /** How many may run at once: the database has few connections. */
  concurrency: number;
  /** Rights beside those of the links. */
  permissions?: sst.aws.FunctionPermissionArgs[];
  copyFiles?: { from: string; to?: string }[];
  /**
   * Who starts it. A schedule and an operator do not wait: Lambda then retries, and what still fails goes to the
   * undelivered queue.
   */
  invokedBy: Invoker;
};

type Invoker = "schedule" | "operator" | "deploy" | "api" | "queue";

/** A function as the alarms see it. */
export type WatchedFunction = {
  name: string;
  functionName: string;
  timeoutSeconds: number;
  invokedBy: Invoker;
};

/** Every function that was declared with serviceFunction() so far. */
export const watchedFunctions: WatchedFunction[] = [];

/** For which Lambda tries to run an asynchronous invocation. */
const maximumEventAgeSeconds = 2 * 60 * 60;

/** The arguments of a function of this product: what all of them share, and what each must say. */
export function serviceFunction(options: ServiceFunctionArgs): sst.aws.FunctionArgs {
  const { name, concurrency, invokedBy, permissions = [], ...args } = options;
  const isAsynchronous = invokedBy === "schedule" || invokedBy === "operator";
  const functionName = physicalName(name);
  watchedFunctions.push({ name, functionName, timeoutSeconds: secondsOf(args.timeout), invokedBy });
  return {
    ...args,
    name: functionName,
    runtime: "nodejs24.x",
    architecture: "arm64",
    vpc: { privateSubnets: privateSubnetIds, securityGroups: [lambdaSecurityGroup.id] },
    concurrency: { reserved: concurrency },
    logging: { format: "json", retention: logRetention.name },
    environment: { POWERTOOLS_SERVICE_NAME: name },
    nodejs: { format: "esm", minify: true, sourcemap: true },
    permissions: [...permissions, ...(isAsynchronous ? [mayPark] : [])],
    ...(isAsynchronous && retriedThenParked),
  };
}

const mayPark = { actions: ["sqs:SendMessage"], resources: [undelivered.arn] };

const retriedThenParked: Partial<sst.aws.FunctionArgs> = {
  retries: 2,
  transform: {
    eventInvokeConfig: args => {
      args.maximumEventAgeInSeconds = maximumEventAgeSeconds;
      args.destinationConfig = { onFailure: { destination: undelivered.arn } };
    },
  },
};

function secondsOf(timeout: ServiceFunctionArgs["timeout"]): number {
  const [count, unit] = timeout.split(" ");
  return Number(count) * (unit?.startsWith("minute") ? 60 : 1);
}
