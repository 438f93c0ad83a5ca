import type { ResourceGraph } from "@vibe-charting/local-stage";
import { type CostEstimate, designedCostUsd, estimateCost } from "./graph-cost.ts";
import { type Grant, grantsOf } from "./graph-iam.ts";
import { mermaidOf } from "./graph-mermaid.ts";
import { workloads } from "./graph-workload.ts";

/** The two shapes of production, of which costs are compared. */
export type ProductionShapes = { readonly lean: ResourceGraph; readonly multiAz: ResourceGraph };

/** What the stacks knowingly do without: waived rules, and policies of scanners that are no rule. */
export type Omission = {
  readonly what: string;
  readonly where: string;
  readonly reason: string;
  readonly monthlyCostUsd: number;
};

/** The page of the infrastructure in docs/, generated as a whole. */
export function infrastructurePage(shapes: ProductionShapes, omissions: readonly Omission[]): string {
  return [
    "# The infrastructure",
    "This page is generated from the stacks; a test holds it against them. To renew it after a change:",
    "```sh\nvitest run --config vitest.workspace.ts --project end-to-end stacks -u\n```",
    "## What goes where",
    `\`\`\`mermaid\n${mermaidOf(shapes.lean)}\n\`\`\``,
    `The functions reserve ${reservedRuns(shapes.lean)} of the runs that an account may have at once.`,
    "## What it costs",
    costPage(shapes),
    "## Who may do what",
    "Every function may also write its own log and its part of traces, and Lambda manages its network interfaces" +
      " with its role, which a Deny keeps from the function's own code (`vibe graph --iam` has all of it).",
    iamTable(grantsOf(shapes.lean)),
    "## What is knowingly not kept",
    "The 53 rules of `stacks/rules/` hold, but for these waivers (`waivers.ts`), and the scanners ask for more" +
      " (`declined-policies.ts`). Never waived: IAM wildcards, security groups, TLS, encryption, dead letters, alarms," +
      " retention of logs.",
    table(
      ["Rule or policy", "stages", "reason", "USD a month to keep it"],
      omissions.map(({ what, where, reason, monthlyCostUsd }) => [
        what,
        where,
        reason,
        monthlyCostUsd.toFixed(2),
      ]),
    ),
    "",
  ].join("\n\n");
}

function reservedRuns({ resources }: ResourceGraph): number {
  return resources
    .filter(({ type }) => type === "aws:lambda/function:Function")
    .reduce((sum, { inputs }) => sum + Number(inputs.reservedConcurrentExecutions), 0);
}

/** The estimates of both shapes under both workloads, in Markdown. */
export function costPage(shapes: ProductionShapes): string {
  const estimates = workloads.flatMap(workload => [
    { shape: "lean", estimate: estimateCost(shapes.lean, workload) },
    { shape: "Multi-AZ", estimate: estimateCost(shapes.multiAz, workload) },
  ]);
  const items = [...new Set(estimates.flatMap(({ estimate }) => estimate.lines.map(({ item }) => item)))];
  const header = ["USD a month", ...estimates.map(({ shape, estimate }) => `${shape}, ${estimate.workload}`)];
  const rows = items.map(item => [item, ...estimates.map(({ estimate }) => usdOf(estimate, item))]);
  const total = ["**Total**", ...estimates.map(({ estimate }) => `**${estimate.totalUsd.toFixed(2)}**`)];
  const sources = new Map(
    estimates.flatMap(({ estimate }) => estimate.lines.map(({ item, price }) => [item, price] as const)),
  );
  return [
    `List prices of us-east-2 without free tiers. The original design expected $${designedCostUsd.from} to $${designedCostUsd.to}. ` +
      "Not in it: the API's traffic to the internet, SMS, the hosted zone of the domains, and support.",
    table(header, [...rows, total]),
    "Where each price comes from, as noted at the date:",
    table(
      ["Item", "USD", "per", "source", "date"],
      [...sources].map(([item, price]) => [item, String(price.usd), price.per, price.source, price.asOf]),
    ),
  ].join("\n\n");
}

function usdOf(estimate: CostEstimate, item: string): string {
  const usd = estimate.lines.filter(line => line.item === item).reduce((sum, line) => sum + line.usd, 0);
  return usd === 0 ? "" : usd.toFixed(2);
}

/** Rights that each function has in the same way. */
const ofEveryFunction = /^(logs|xray|ec2):/;

function iamTable(grants: readonly Grant[]): string {
  const own = grants.filter(({ actions }) => !actions.some(action => ofEveryFunction.test(action)));
  return table(
    ["Who", "", "may do", "on"],
    own.map(({ who, effect, actions, resources, condition }) => [
      who,
      effect === "Deny" ? "**not**" : "",
      actions.map(action => `\`${action}\``).join(", "),
      [...resources.map(shortArn), ...(condition ? [`if \`${JSON.stringify(condition)}\``] : [])].join(", "),
    ]),
  );
}

/** Service and name of an ARN. */
function shortArn(arn: string): string {
  const [, , service, , , ...name] = arn.split(":");
  return name.length > 0 ? `${service} \`${name.join(":")}\`` : `\`${arn}\``;
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [header, header.map(() => "---"), ...rows];
  return lines.map(cells => `| ${cells.map(cell => cell.replaceAll("|", "\\|")).join(" | ")} |`).join("\n");
}
