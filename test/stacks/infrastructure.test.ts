import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectDirectory } from "@vibe-charting/cli/stage";
import { Problem, problem } from "@vibe-charting/contracts";
import type { ResourceGraph } from "@vibe-charting/local-stage";
import { beforeAll, describe, expect, it } from "vitest";
import { estimateCost } from "../../packages/cli/src/graph-cost.ts";
import { grantsOf } from "../../packages/cli/src/graph-iam.ts";
import { mermaidOf } from "../../packages/cli/src/graph-mermaid.ts";
import { infrastructurePage } from "../../packages/cli/src/graph-page.ts";
import { workloads } from "../../packages/cli/src/graph-workload.ts";
import { readSettings } from "../../stacks/read-settings.ts";
import { rules } from "../../stacks/rules/check-rules.ts";
import { declinedPolicies } from "../../stacks/rules/declined-policies.ts";
import { stageKinds, waivers } from "../../stacks/rules/waivers.ts";
import { runVibe } from "../support/stage-process.ts";
import { stageGraph } from "./stage-graph.ts";

/** A waiver's pattern as words. */
const wordsOf = (pattern: RegExp) => pattern.source.replaceAll(/[\\^$]/g, "");

describe("the infrastructure of production", () => {
  let lean: ResourceGraph;
  let multiAz: ResourceGraph;
  beforeAll(async () => {
    lean = await stageGraph("production");
    multiAz = await stageGraph("production-multi-az");
  });

  it("is on its page in docs/, which is generated", async () => {
    const omissions = [
      ...waivers.map(({ rule, stages, matching, ...waiver }) => ({
        ...waiver,
        what: `${rule}. ${rules.find(({ id }) => id === rule)?.title}: ${wordsOf(matching)}`,
        where: stages.length === stageKinds.length ? "all" : stages.join(", "),
      })),
      ...declinedPolicies.map(({ policies, what, ...policy }) => ({
        ...policy,
        what: `${policies}: ${what}`,
        where: "all",
      })),
    ];
    const page = infrastructurePage({ lean, multiAz }, omissions);
    await expect(page).toMatchFileSnapshot("../../docs/infrastructure.md");
  });

  it("is the picture in the README", () => {
    const readme = readFileSync(join(projectDirectory, "README.md"), "utf8");
    expect(readme).toContain(`\`\`\`mermaid\n${mermaidOf(lean).trim()}\n\`\`\``);
  });

  it("costs at most $30 a month for 50 coins a day, and $100 in two zones for 500 coins every 5 minutes", () => {
    const [daily, frequent] = workloads;
    if (!daily || !frequent) throw new Error("There are two workloads");
    expect(estimateCost(lean, daily).totalUsd).toBeLessThanOrEqual(30);
    expect(estimateCost(multiAz, frequent).totalUsd).toBeLessThanOrEqual(100);
  });

  it("is estimated with pages that look for news as often as the stacks tell them to", () => {
    const [daily, frequent] = workloads.map(({ pollSeconds }) => pollSeconds);
    expect({ daily, frequent }).toEqual({
      daily: readSettings("dev", {}).pagePollSeconds,
      frequent: readSettings("dev", { VIBE_SCHEDULE: "rate(5 minutes)" }).pagePollSeconds,
    });
  });

  it("adds up what the estimate lists", () => {
    for (const workload of workloads) {
      const { lines, totalUsd } = estimateCost(lean, workload);
      const sum = lines.reduce((total, { quantity, price }) => total + quantity * price.usd, 0);
      expect(totalUsd).toBeCloseTo(sum, 10);
    }
  });

  it("cannot be estimated for an instance whose price is not known", () => {
    const changed = structuredClone(lean);
    for (const { type, inputs } of changed.resources) {
      if (type === "aws:rds/instance:Instance") inputs.instanceClass = "db.r8g.large";
    }
    expect(() =>
      estimateCost(changed, {
        title: "any",
        coins: 1,
        listings: 1,
        questions: 1,
        visits: 1,
        pollSeconds: 60,
      }),
    ).toThrow(
      "There is no price of db.r8g.large; give it in packages/cli/src/graph-prices.ts with its source and date.",
    );
  });

  it("answers at the gateway in the words of the contract, with the status of each code", () => {
    const answers = lean.resources
      // DEFAULT_4XX stands for several, which API Gateway words.
      .filter(
        ({ type, inputs }) =>
          type === "aws:apigateway/response:Response" && inputs.responseType !== "DEFAULT_4XX",
      )
      .map(({ inputs }) => ({
        type: String(inputs.responseType),
        status: Number(inputs.statusCode),
        contentType: Object(inputs.responseParameters)["gatewayresponse.header.Content-Type"],
        readable: Object(inputs.responseParameters)["gatewayresponse.header.Access-Control-Expose-Headers"],
        body: Problem.parse(JSON.parse(Object(inputs.responseTemplates)["application/json"])),
      }));
    for (const { type, status, contentType, readable, body } of answers) {
      expect({ status, contentType, readable, body }, type).toEqual({
        status: body.status,
        contentType: "'application/problem+json'",
        // By pages of other origins, beside what browsers always let them read.
        readable: "'retry-after'",
        body: problem(body.code, body.detail),
      });
    }
    expect(Object.fromEntries(answers.map(({ type, body }) => [type, body.code]))).toEqual({
      BAD_REQUEST_BODY: "request.invalid",
      BAD_REQUEST_PARAMETERS: "request.invalid",
      MISSING_AUTHENTICATION_TOKEN: "request.unknown_path",
      RESOURCE_NOT_FOUND: "request.unknown_path",
      REQUEST_TOO_LARGE: "request.too_large",
      INVALID_API_KEY: "access.invalid_key",
      THROTTLED: "access.throttled",
      QUOTA_EXCEEDED: "access.quota_exceeded",
      INTEGRATION_TIMEOUT: "service.timeout",
      INTEGRATION_FAILURE: "service.internal",
      API_CONFIGURATION_ERROR: "service.internal",
      DEFAULT_5XX: "service.internal",
    });
  });

  it("migrates before any function that needs the schema is there, and only when the migrations changed", () => {
    const [migrated] = lean.resources.filter(({ name }) => name === "Migrated");
    const waiting = lean.resources
      .filter(({ type, dependsOn }) => type === "sst:aws:Function" && dependsOn?.includes("Migrated"))
      .map(({ name }) => name);
    const withoutMigrator = lean.functions
      .map(({ resourceName }) => resourceName)
      .filter(name => name !== "DatabaseMigrator");
    expect(waiting.sort()).toEqual(withoutMigrator.sort());
    expect(Object.keys(migrated?.inputs ?? {}).sort()).toEqual(["functionName", "input"]);
    expect(JSON.parse(String(migrated?.inputs.input))).toEqual({
      migrations: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    // The way to Secrets Manager, where the migrator's password is.
    expect(migrated?.dependsOn).toEqual(expect.arrayContaining(["NatRoute1", "NatRoute2"]));
  });

  it("shows the state of every alarm on the dashboard, and no more metrics than are free", () => {
    const ofType = (type: string) => multiAz.resources.filter(resource => resource.type.endsWith(`:${type}`));
    const [dashboard] = ofType("Dashboard");
    const { widgets } = JSON.parse(String(dashboard?.inputs.dashboardBody));
    const shown = widgets.flatMap(
      ({ properties }: { properties: { alarms?: string[] } }) => properties.alarms ?? [],
    );
    const metrics = widgets.flatMap(
      ({ properties }: { properties: { metrics?: string[][] } }) => properties.metrics ?? [],
    );
    expect(shown.sort()).toEqual(
      ofType("MetricAlarm")
        .map(({ outputs }) => outputs.arn)
        .sort(),
    );
    expect(metrics.length).toBeGreaterThan(20);
    expect(metrics.length).toBeLessThanOrEqual(50);
  });

  it("holds fewer connections to the database than its alarm allows, when all functions run at once", () => {
    const connections = lean.functions.map(({ functionName, handler }) => {
      const source = readFileSync(join(projectDirectory, handler.replace(/\.\w+$/, ".ts")), "utf8");
      // The migrator opens one connection after the other, without a pool.
      const perSandbox = Number(/maxPoolSize: (\d+)/.exec(source)?.[1] ?? 1);
      const lambda = lean.resources.find(
        ({ type, inputs }) => type.endsWith("function:Function") && inputs.name === functionName,
      );
      return perSandbox * Number(lambda?.inputs.reservedConcurrentExecutions);
    });
    const alarm = lean.resources.find(({ name }) => name === "DatabaseConnectionsAlarm");
    const most = connections.reduce((sum, count) => sum + count, 0);
    expect(connections.every(count => count > 0)).toBe(true);
    expect(most).toBeLessThanOrEqual(Number(alarm?.inputs.threshold));
  });

  it("lets only who produces an event publish it", () => {
    const publishers = grantsOf(lean)
      .filter(({ effect, actions }) => effect === "Allow" && actions.includes("sns:Publish"))
      .map(({ who, resources }) => `${who} -> ${resources.map(arn => arn.split(":").at(-1)).join(", ")}`);
    expect(publishers.sort()).toEqual([
      "cloudwatch.amazonaws.com, budgets.amazonaws.com -> vibe-charting-operations",
      "vibe-charting-alerts -> vibe-charting-alert-deliveries",
      "vibe-charting-analysis-catch-up -> vibe-charting-prices-ingested.fifo",
      "vibe-charting-data-ingestion -> vibe-charting-prices-ingested.fifo",
      "vibe-charting-data-ingestion -> vibe-charting-signals-detected",
      "vibe-charting-history-backfill -> vibe-charting-prices-ingested.fifo",
      "vibe-charting-outbox-drain -> vibe-charting-alert-deliveries",
      "vibe-charting-outbox-drain -> vibe-charting-prices-ingested.fifo",
      "vibe-charting-outbox-drain -> vibe-charting-signals-detected",
      "vibe-charting-trend-analysis -> vibe-charting-signals-detected",
    ]);
  });

  it("has an entry in the runbook for each alarm, and no entry without one", () => {
    const runbook = readFileSync(join(projectDirectory, "docs/runbook.md"), "utf8");
    const entries = [...runbook.matchAll(/^### (.+)$/gm)].map(([, heading = ""]) =>
      heading.toLowerCase().replaceAll(" ", "-"),
    );
    const named = multiAz.resources
      .filter(({ type }) => type === "aws:cloudwatch/metricAlarm:MetricAlarm")
      .map(({ inputs }) => /docs\/runbook\.md#(\S+)$/.exec(String(inputs.alarmDescription))?.[1]);
    expect(entries.sort()).toEqual([...new Set(named)].sort());
  });
});

describe("vibe graph", () => {
  it("prints the estimate of each shape and workload as lines of JSON, with a total", async () => {
    const { code, stdout } = await runVibe(["graph", "--cost"]);
    const lines = stdout
      .trim()
      .split("\n")
      .map(line => JSON.parse(line));
    expect(code).toBe(0);
    expect(lines.filter(({ item }) => item === "total")).toEqual(
      ["lean", "multiAz"].flatMap(shape =>
        workloads.map(({ title }) => ({ shape, workload: title, item: "total", usd: expect.any(Number) })),
      ),
    );
    expect(lines.filter(({ item, price }) => item !== "total" && !(price.source && price.asOf))).toEqual([]);
  });

  it("says what is wrong with a stage, and fails", async () => {
    const { code, stdout, stderr } = await runVibe(["graph", "--mermaid", "--stage", "prod"]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain(
      'The stage "prod" would not be protected as production is: call it "production".',
    );
  });

  it("takes one way to print at a time", async () => {
    const { code, stderr } = await runVibe(["graph", "--json", "--iam"]);
    expect(code).toBe(2);
    expect(stderr).toContain("option '--json' cannot be used with option '--iam'");
  });
});
