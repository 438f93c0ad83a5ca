import type { GraphResource, ResourceGraph } from "@vibe-charting/local-stage";
import { type Price, prices } from "./graph-prices.ts";
import { measuredWork, type Workload } from "./graph-workload.ts";

/** One line of an estimate. */
type CostLine = {
  readonly item: string;
  /** In the price's unit. */
  readonly quantity: number;
  readonly price: Price;
  readonly usd: number;
};

export type CostEstimate = {
  readonly workload: string;
  readonly lines: readonly CostLine[];
  readonly totalUsd: number;
};

/** What the product was expected to cost when it was designed, USD a month. */
export const designedCostUsd = { from: 40, to: 90 } as const;

const hoursPerMonth = 730;
const million = 1_000_000;
/** Of the NAT instances' image, which is Amazon Linux's minimal one; fck-nat.dev/stable/deploying leaves it so. */
const rootDiskGb = 2;
const drainsPerMonth = 4 * hoursPerMonth;

/** Estimates a month of a stage at list prices without free tiers; traffic to the internet is not in it. */
export function estimateCost(graph: ResourceGraph, workload: Workload): CostEstimate {
  const lines = [...costOfResources(graph), ...costOfWork(graph, workload)].filter(({ usd }) => usd > 0);
  return { workload: workload.title, lines, totalUsd: lines.reduce((sum, { usd }) => sum + usd, 0) };
}

function line(item: string, quantity: number, price: Price): CostLine {
  return { item, quantity, price, usd: quantity * price.usd };
}

function resourcesOf(graph: ResourceGraph, type: string): GraphResource[] {
  return graph.resources.filter(resource => resource.type === type);
}

function costOfResources(graph: ResourceGraph): CostLine[] {
  const count = (type: string) => resourcesOf(graph, type).length;
  return [
    ...resourcesOf(graph, "aws:rds/instance:Instance").flatMap(({ inputs }) => {
      const copies = inputs.multiAz === true ? 2 : 1;
      const instanceClass = String(inputs.instanceClass);
      return [
        line(
          `PostgreSQL ${instanceClass}`,
          copies * hoursPerMonth,
          priceFor(prices.databaseHour, instanceClass),
        ),
        line("PostgreSQL storage", copies * Number(inputs.allocatedStorage), prices.databaseStorage),
      ];
    }),
    ...resourcesOf(graph, "aws:ec2/instance:Instance").flatMap(({ inputs }) => [
      line(
        `NAT ${inputs.instanceType}`,
        hoursPerMonth,
        priceFor(prices.instanceHour, String(inputs.instanceType)),
      ),
      line("NAT disk", rootDiskGb, prices.blockStorage),
    ]),
    line("Public addresses", count("aws:ec2/eip:Eip") * hoursPerMonth, prices.publicAddress),
    line(
      "Private DNS zone of the network",
      count("aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace"),
      prices.hostedZone,
    ),
    line("Secrets", count("aws:secretsmanager/secret:Secret"), prices.secret),
    line("Encryption keys", count("aws:kms/key:Key"), prices.key),
    line("Alarms", count("aws:cloudwatch/metricAlarm:MetricAlarm"), prices.alarm),
    line("Dashboards", count("aws:cloudwatch/dashboard:Dashboard"), prices.dashboard),
  ];
}

function costOfWork(graph: ResourceGraph, workload: Workload): CostLine[] {
  const { coins, listings, questions, visits, pollSeconds } = workload;
  const apiRequests = questions + visits * (measuredWork.requestsPerVisit + pollsOfVisit(pollSeconds));
  const analyses = coins * listings;
  const alerts = coins * measuredWork.alertsPerCoin;
  const runs = [
    { name: "data-ingestion", count: listings, ms: measuredWork.ingestionMs },
    { name: "trend-analysis", count: analyses, ms: measuredWork.analysisMsPerCoin },
    { name: "outbox-drain", count: drainsPerMonth, ms: measuredWork.maintenanceMs },
    // A run for each change of a signal, and one for the digests with each drain.
    { name: "alerts", count: alerts + drainsPerMonth, ms: measuredWork.maintenanceMs },
    { name: "query-processor", count: apiRequests, ms: measuredWork.questionMs },
  ];
  const requests = runs.reduce((sum, { count }) => sum + count, 0);
  const gigabyteSeconds = runs.reduce(
    (sum, { name, count, ms }) => sum + count * (ms / 1_000) * (memoryMegabytesOf(graph, name) / 1_024),
    0,
  );
  const read = resourcesOf(graph, "aws:lambda/eventSourceMapping:EventSourceMapping");
  const polls = (isFifo: boolean) =>
    read.filter(({ inputs }) => String(inputs.eventSourceArn).endsWith(".fifo") === isFifo).length *
    measuredWork.idlePollsPerMonth;
  return [
    line("Function runs", requests / million, prices.functionRequests),
    line("Function time", gigabyteSeconds, prices.functionTime),
    line("SNS FIFO", analyses / million, prices.fifoPublish),
    // Each is published as a signal, and once more for those who asked for it.
    line("SNS alerts", (2 * alerts) / million, prices.standardPublish),
    // A message is sent, received and deleted; coins are groups of their own, so that few share a batch.
    line("SQS FIFO", (3 * analyses + polls(true)) / million, prices.fifoRequests),
    line("SQS", (3 * alerts + polls(false)) / million, prices.standardRequests),
    line("API requests", apiRequests / million, prices.apiRequests),
    line("Schedules", (listings + 2 * drainsPerMonth) / million, prices.schedules),
    line("Logs", (requests * measuredWork.loggedBytes) / 1e9 + measuredWork.otherLogsGb, prices.logs),
    // At most: a listing's trace goes on through all of its messages.
    line("Traces", requests / million, prices.traces),
    // The heartbeat is billed for the hours with a listing; the ages of the outbox and of the newest data for every hour.
    line("Metrics from logs", 2 + Math.min(1, listings / hoursPerMonth), prices.metric),
    ...costOfSite(graph, visits),
  ];
}

/** An open page looks for a new listing and for new signals, and each minute at most for the health. */
function pollsOfVisit(pollSeconds: number): number {
  const times = (seconds: number) => Math.floor(measuredWork.secondsPerVisit / seconds);
  return 2 * times(pollSeconds) + times(Math.max(pollSeconds, 60));
}

/** Of the page's files; its bucket holds less than a tenth of a cent's worth. */
function costOfSite(graph: ResourceGraph, visits: number): CostLine[] {
  if (resourcesOf(graph, "aws:cloudfront/distribution:Distribution").length === 0) return [];
  const requests = (visits * measuredWork.filesPerVisit) / million;
  return [
    line("Page requests", requests, prices.cdnRequests),
    line("Page traffic", (visits * measuredWork.kilobytesPerVisit) / million, prices.cdnTraffic),
    line("Page routing", requests, prices.cdnFunction),
    // SST's router looks for what the site is, and for a path in three ways.
    line("Page routing, what it looks up", 4 * requests, prices.cdnKeyReads),
  ];
}

function memoryMegabytesOf(graph: ResourceGraph, name: string): number {
  const build = graph.functions.find(({ functionName }) => functionName.endsWith(name));
  if (!build)
    throw new Error(`The stacks declare no function ${name}; packages/cli/src/graph-cost.ts counts it.`);
  return build.memoryMegabytes;
}

function priceFor<Name extends string>(table: Readonly<Record<Name, Price>>, name: string): Price {
  const price = Object.entries<Price>(table).find(([known]) => known === name)?.[1];
  if (price) return price;
  throw new Error(
    `There is no price of ${name}; give it in packages/cli/src/graph-prices.ts with its source and date.`,
  );
}
