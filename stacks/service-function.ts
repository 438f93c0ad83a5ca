import { lambdaSecurityGroup, vpc } from "./network";
import { physicalName } from "./stage";

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
  copyFiles?: { from: string; to?: string }[];
};

/** The arguments of a function of this product: what all of them share, and what each must say. */
export function serviceFunction({ name, concurrency, ...args }: ServiceFunctionArgs): sst.aws.FunctionArgs {
  return {
    ...args,
    name: physicalName(name),
    runtime: "nodejs24.x",
    architecture: "arm64",
    vpc: { privateSubnets: vpc.privateSubnets, securityGroups: [lambdaSecurityGroup.id] },
    concurrency: { reserved: concurrency },
    logging: { format: "json", retention: "1 month" },
    environment: { POWERTOOLS_SERVICE_NAME: name },
    nodejs: { format: "esm", minify: true, sourcemap: true },
  };
}
