import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { planSite } from "../api/site-plan.ts";
import { type EvaluateOptions, evaluateGraph } from "./evaluate-graph.ts";
import type { LocalValues } from "./local-values.ts";
import { functionNamed, type ResourceGraph, resourceNamed, resourcesOf } from "./resource-graph.ts";

const values: LocalValues = {
  accountId: "000000000000",
  awsEndpoint: "http://127.0.0.1:4566",
  database: { host: "127.0.0.1", port: 5433 },
  databasePassword: "local-password",
  apiUrl: "http://127.0.0.1:4000",
  apiKeyValues: { KeyApiKey: "fixture-key" },
};
const fixture = fileURLToPath(new URL("../../fixture-app", import.meta.url));
const installedSst = fileURLToPath(new URL("../../../../.sst", import.meta.url));
const directories: string[] = [];

/** A copy of the fixture app with its own build directory, so that a test may break it. */
function copyOfFixture(): EvaluateOptions {
  const directory = mkdtempSync(join(tmpdir(), "fixture-app-"));
  directories.push(directory);
  cpSync(fixture, directory, { recursive: true });
  symlinkSync(installedSst, join(directory, ".sst"));
  return { projectDirectory: directory, stage: "local", values, buildDirectory: join(directory, ".build") };
}

function editFile(path: string, from: string, to: string): void {
  const content = readFileSync(path, "utf8");
  expect(content).toContain(from);
  writeFileSync(path, content.replace(from, to));
}

afterAll(() => {
  for (const directory of directories) rmSync(directory, { recursive: true, force: true });
});

describe("the graph of an app", () => {
  let app: EvaluateOptions;
  let graph: ResourceGraph;

  beforeAll(async () => {
    app = copyOfFixture();
    graph = await evaluateGraph(app);
  });

  const databaseSecretArn =
    "arn:aws:secretsmanager:us-east-2:000000000000:secret:fixture-local/database-c74fff";
  const workQueueArn = "arn:aws:sqs:us-east-2:000000000000:fixture-local-work.fifo";

  test("names the app, its stage and its region", () => {
    expect({ app: graph.app, region: graph.region }).toEqual({
      app: { name: "fixture", stage: "local" },
      region: "us-east-2",
    });
  });

  test("holds queues with URLs on this machine, and their dead-letter queues", () => {
    const deadLetters = resourceNamed(graph, "aws:sqs/queue:Queue", "DeadLettersQueue");
    expect(resourceNamed(graph, "aws:sqs/queue:Queue", "WorkQueue")).toEqual({
      urn: "urn:pulumi:local::fixture::sst:aws:Queue$aws:sqs/queue:Queue::WorkQueue",
      type: "aws:sqs/queue:Queue",
      name: "WorkQueue",
      parent: "urn:pulumi:local::fixture::sst:aws:Queue::Work",
      id: "http://127.0.0.1:4566/000000000000/fixture-local-work.fifo",
      inputs: {
        name: "fixture-local-work.fifo",
        fifoQueue: true,
        contentBasedDeduplication: false,
        delaySeconds: 0,
        visibilityTimeoutSeconds: 180,
        redrivePolicy: JSON.stringify({ deadLetterTargetArn: deadLetters.outputs.arn, maxReceiveCount: 5 }),
      },
      outputs: {
        url: "http://127.0.0.1:4566/000000000000/fixture-local-work.fifo",
        arn: workQueueArn,
        name: "fixture-local-work.fifo",
        fifoQueue: true,
        contentBasedDeduplication: false,
        delaySeconds: 0,
        messageRetentionSeconds: 345_600,
        receiveWaitTimeSeconds: 0,
        visibilityTimeoutSeconds: 180,
        redrivePolicy: JSON.stringify({ deadLetterTargetArn: deadLetters.outputs.arn, maxReceiveCount: 5 }),
      },
    });
    expect(deadLetters.outputs.url).toMatch(
      /^http:\/\/127\.0\.0\.1:4566\/000000000000\/fixture-local-DeadLettersQueue-[a-z]{8}\.fifo$/,
    );
  });

  test("holds topics with subscriptions, filters, and queue policies as $transform left them", () => {
    const topicArn = "arn:aws:sns:us-east-2:000000000000:fixture-local-orders.fifo";
    expect(
      resourcesOf(graph, "aws:sns/topicSubscription:TopicSubscription").map(({ inputs }) => inputs),
    ).toEqual([
      {
        topic: topicArn,
        protocol: "sqs",
        endpoint: workQueueArn,
        filterPolicy: JSON.stringify({ type: ["order.placed"] }),
        rawMessageDelivery: true,
      },
    ]);
    const policies = resourcesOf(graph, "aws:sqs/queuePolicy:QueuePolicy").map(({ inputs }) => inputs);
    expect(
      policies.map(({ queueUrl, policy }) => ({ queueUrl, policy: JSON.parse(String(policy)) })),
    ).toEqual([
      {
        queueUrl: "http://127.0.0.1:4566/000000000000/fixture-local-work.fifo",
        policy: {
          Version: "2012-10-17",
          Statement: [
            {
              Sid: "TopicsOnly",
              Effect: "Allow",
              Action: "sqs:SendMessage",
              Resource: "*",
              Principal: { Service: "sns.amazonaws.com" },
              Condition: { StringEquals: { "aws:SourceAccount": "000000000000" } },
            },
          ],
        },
      },
    ]);
  });

  test("holds secrets in the clear, with the database's address on this machine", () => {
    const version = resourceNamed(
      graph,
      "aws:secretsmanager/secretVersion:SecretVersion",
      "DatabaseSecretVersion",
    );
    expect(version.inputs).toEqual({
      secretId: databaseSecretArn,
      secretString: JSON.stringify({
        host: "127.0.0.1",
        port: 5433,
        database: "fixture",
        username: "fixture",
        password: "local-password",
      }),
    });
    const { address, endpoint, engineVersion, identifier } = resourceNamed(
      graph,
      "aws:rds/instance:Instance",
      "PostgresInstance",
    ).outputs;
    expect({ address, endpoint, engineVersion, identifier }).toEqual({
      address: "127.0.0.1",
      endpoint: "127.0.0.1:5433",
      engineVersion: "17",
      identifier: "fixture-local-db",
    });
  });

  test("holds the API's paths, its key and its usage plan", () => {
    const paths = resourcesOf(graph, "aws:apigateway/resource:Resource").map(({ outputs }) => outputs.path);
    const methods = resourcesOf(graph, "aws:apigateway/method:Method").map(({ inputs }) => [
      inputs.httpMethod,
      inputs.apiKeyRequired ?? false,
    ]);
    const keys = resourcesOf(graph, "aws:apigateway/apiKey:ApiKey").map(({ outputs }) => outputs.value);
    const plans = resourcesOf(graph, "aws:apigateway/usagePlan:UsagePlan").map(({ inputs }) => [
      inputs.throttleSettings,
      inputs.quotaSettings,
    ]);
    expect({ paths: paths.sort(), methods: methods.sort(), keys, plans }).toEqual({
      paths: ["/orders", "/orders/{id}"],
      methods: [
        ["GET", true],
        ["OPTIONS", false],
      ],
      keys: ["fixture-key"],
      plans: [
        [
          { burstLimit: 10, rateLimit: 5 },
          { limit: 1000, period: "DAY" },
        ],
      ],
    });
  });

  test("holds schedules that point to the function's ARN", () => {
    const nightly = functionNamed(graph, "NightlyHandler");
    const schedules = resourcesOf(graph, "aws:scheduler/schedule:Schedule").map(({ inputs }) => inputs);
    expect(schedules).toMatchObject([
      {
        scheduleExpression: "cron(0 3 * * ? *)",
        target: { arn: `arn:aws:lambda:us-east-2:000000000000:function:${nightly?.functionName}` },
      },
    ]);
  });

  test("holds the network with the parts that SST makes of it", () => {
    const counts = ["vpc:Vpc", "subnet:Subnet", "instance:Instance"].map(
      kind => resourcesOf(graph, `aws:ec2/${kind}`).length,
    );
    expect(counts).toEqual([1, 4, 2]);
  });

  test("describes a function by its environment, links and policies", () => {
    const worker = functionNamed(graph, "fixture-local-worker");
    expect(worker).toEqual({
      functionName: "fixture-local-worker",
      resourceName: worker?.resourceName,
      handler: "src/worker.handler",
      bundleDirectory: join(app.buildDirectory, worker?.resourceName ?? ""),
      entry: {
        file: join(app.buildDirectory, worker?.resourceName ?? "", "bundle.mjs"),
        exportName: "handler",
      },
      runtime: "nodejs24.x",
      timeoutSeconds: 30,
      memoryMegabytes: 256,
      environment: {
        GREETING: "hello",
        SST_RESOURCE_App: JSON.stringify({ name: "fixture", stage: "local" }),
      },
      links: {
        Database: { secretArn: databaseSecretArn, type: "sst.sst.Linkable" },
        Work: {
          url: "http://127.0.0.1:4566/000000000000/fixture-local-work.fifo",
          type: "sst.aws.Queue",
        },
      },
      roleName: expect.stringMatching(/^fixture-local-WorkSubscriber[A-Za-z]+FunctionRole-[a-z]{8}$/),
      policies: expect.arrayContaining([
        { Effect: "Allow", Action: ["secretsmanager:GetSecretValue"], Resource: [databaseSecretArn] },
        { Effect: "Allow", Action: ["sqs:*"], Resource: [workQueueArn] },
      ]),
    });
  });

  test("uses the local address for links to the API, and wrapped definitions for links to other components", () => {
    expect([functionNamed(graph, "Caller")?.links, functionNamed(graph, "NightlyHandler")?.links]).toEqual([
      { Api: { url: "http://127.0.0.1:4000", type: "sst.aws.ApiGatewayV1" } },
      {
        Orders: {
          arn: "arn:aws:sns:us-east-2:000000000000:fixture-local-orders.fifo",
          type: "sst.aws.SnsTopic",
        },
      },
    ]);
  });

  test("has bundles that run, with the files that were to be copied", async () => {
    const worker = functionNamed(graph, "fixture-local-worker");
    const { handler } = await import(pathToFileURL(worker?.entry.file ?? "").href);
    expect(await handler({ Records: [{ body: "17" }] })).toEqual({
      batchItemFailures: [],
      orders: ["order 17"],
    });
    expect(readFileSync(join(worker?.bundleDirectory ?? "", "templates/order.html"), "utf8")).toBe(
      "<p>Order placed</p>\n",
    );
  });

  test("is the same when nothing has changed, and then bundles nothing again", async () => {
    const bundle = functionNamed(graph, "fixture-local-worker")?.entry.file ?? "";
    const { mtimeMs } = statSync(bundle);
    const again = await evaluateGraph(app);
    expect(again).toEqual(graph);
    expect(statSync(bundle).mtimeMs).toBe(mtimeMs);
  });
});

describe("an evaluation", () => {
  test("without bundles declares the same resources, and writes no code", async () => {
    const app = copyOfFixture();
    const outline = await evaluateGraph({ ...app, withoutBundles: true });
    const file = functionNamed(outline, "fixture-local-worker")?.entry.file ?? "";
    const isThere = existsSync(file);
    const whole = await evaluateGraph(app);
    const urns = (graph: ResourceGraph) => graph.resources.map(({ urn }) => urn);
    expect(urns(outline)).toEqual(urns(whole));
    expect(outline.functions.map(({ links, policies }) => ({ links, policies }))).toEqual(
      whole.functions.map(({ links, policies }) => ({ links, policies })),
    );
    expect([isThere, existsSync(file)]).toEqual([false, true]);
  });

  test("sees the environment that it is given, and what it prints is handed on", async () => {
    const app = copyOfFixture();
    editFile(
      join(app.projectDirectory, "stacks/hardening.ts"),
      "export {};",
      `console.log(process.env.COLOUR, process.env.SST_STAGE, process.env.HOME, $dev);\nexport {};`,
    );
    const printed: string[] = [];
    await evaluateGraph({ ...app, environment: { COLOUR: "red" }, onOutput: text => printed.push(text) });
    expect(printed.join("")).toBe("red local undefined false\n");
  });

  test("may be of the production stage", async () => {
    const graph = await evaluateGraph({ ...copyOfFixture(), stage: "production" });
    expect(graph.app).toEqual({ name: "fixture", stage: "production" });
    expect(functionNamed(graph, "fixture-production-worker")?.handler).toBe("src/worker.handler");
  });
});

describe("a site", () => {
  const copyWithSite = (command: string): EvaluateOptions => {
    const app = copyOfFixture();
    mkdirSync(join(app.projectDirectory, "site"));
    editFile(
      join(app.projectDirectory, "stacks/hardening.ts"),
      "export {};",
      `new sst.aws.StaticSite("Site", { path: "site", environment: { COLOUR: "red" }, build: { command: "${command}", output: "out" } });\nexport {};`,
    );
    return app;
  };

  test("is built with its environment, and equal stacks give equal graphs", async () => {
    const app = copyWithSite("mkdir -p out && echo $COLOUR > out/index.html");
    const graph = await evaluateGraph(app);
    const site = planSite(graph);
    const source = join(app.projectDirectory, "site/out/index.html");
    expect([...(site?.files ?? [])]).toEqual([
      ["/index.html", expect.objectContaining({ from: { source }, contentType: "text/html;charset=UTF-8" })],
    ]);
    expect(readFileSync(source, "utf8")).toBe("red\n");
    expect(await evaluateGraph(app)).toEqual(graph);
  });

  test("that cannot be built is named, with what the command printed", async () => {
    await expect(evaluateGraph(copyWithSite("echo no colours left >&2; exit 3"))).rejects.toThrow(
      /^sst\.config\.ts: SiteBuilder: `echo no colours left >&2; exit 3` failed in site\. no colours left$/,
    );
  });
});

describe("an app that is wrong", () => {
  test("is rejected with the place in the stack that throws", async () => {
    const app = copyOfFixture();
    editFile(
      join(app.projectDirectory, "stacks/hardening.ts"),
      "export {};",
      `throw new Error("No orders today");`,
    );
    await expect(evaluateGraph(app)).rejects.toThrow(/^stacks\/hardening\.ts:\d+: No orders today$/);
  });

  test("is rejected with the place of the component that SST refuses", async () => {
    const app = copyOfFixture();
    editFile(join(app.projectDirectory, "stacks/storage.ts"), `Vpc("Vpc"`, `Vpc("The Vpc"`);
    await expect(evaluateGraph(app)).rejects.toThrow(
      /^stacks\/storage\.ts:2: Invalid component name "The Vpc" \(sst:aws:Vpc\)\./,
    );
  });

  test("is rejected with the place of what throws once Outputs are known", async () => {
    const app = copyOfFixture();
    editFile(
      join(app.projectDirectory, "stacks/storage.ts"),
      "export const database",
      `secret.arn.apply(arn => { throw new Error(\`Cannot use \${arn}\`); });\nexport const database`,
    );
    await expect(evaluateGraph(app)).rejects.toThrow(
      /^stacks\/storage\.ts:\d+: Cannot use arn:aws:secretsmanager:/,
    );
  });

  test("is rejected with all functions whose handler is missing or has no such export", async () => {
    const app = copyOfFixture();
    editFile(join(app.projectDirectory, "stacks/api.ts"), "src/reader.handler", "src/absent.handler");
    editFile(join(app.projectDirectory, "stacks/events.ts"), "src/nightly.run", "src/nightly.handler");
    await expect(evaluateGraph(app)).rejects.toThrow(
      'Function NightlyHandler (handler src/nightly.handler): src/nightly.ts has no export "handler". It exports run.\n' +
        "Function Reader (handler src/absent.handler): there is no src/absent.ts (nor .js, .mts, .mjs). " +
        "Write it, or correct the handler in the stack.",
    );
  });

  test("is rejected with the compiler's message for a handler that does not compile", async () => {
    const app = copyOfFixture();
    editFile(join(app.projectDirectory, "src/reader.ts"), "return {", `import "./nowhere.ts"; return {`);
    await expect(evaluateGraph(app)).rejects.toThrow(
      /^Function Reader \(handler src\/reader\.handler\): it does not compile\.\nsrc\/reader\.ts:3:\d+: /,
    );
  });

  test("is rejected with the compiler's message for a stack that does not compile", async () => {
    const app = copyOfFixture();
    editFile(join(app.projectDirectory, "stacks/api.ts"), `from "./storage"`, `from "./attic"`);
    await expect(evaluateGraph(app)).rejects.toThrow(
      'The stacks do not compile.\nstacks/api.ts:1:30: Could not resolve "./attic"',
    );
  });

  test("is rejected when sst.config.ts imports something at its top, as SST does", async () => {
    const app = copyOfFixture();
    editFile(
      join(app.projectDirectory, "sst.config.ts"),
      "export default",
      `import "./stacks/hardening";\nexport default`,
    );
    await expect(evaluateGraph(app)).rejects.toThrow(
      'sst.config.ts has a top level import of "./stacks/hardening". SST allows none',
    );
  });

  test("is rejected when resources wait for each other", async () => {
    const app = copyOfFixture();
    editFile(
      join(app.projectDirectory, "stacks/api.ts"),
      "link: [database], vpc",
      "link: [database, api], vpc",
    );
    await expect(evaluateGraph(app)).rejects.toThrow(
      /^sst\.config\.ts: The stacks never finish: ApiDeployment, .* wait for something that is never resolved\./,
    );
  });

  test("is rejected when two resources have one name", async () => {
    const app = copyOfFixture();
    editFile(
      join(app.projectDirectory, "stacks/storage.ts"),
      "export const database",
      `new aws.secretsmanager.Secret("DatabaseSecret");\nexport const database`,
    );
    await expect(evaluateGraph(app)).rejects.toThrow(
      /^stacks\/storage\.ts:\d+: Two resources of type \S+ are named "DatabaseSecret"\. Give one of them another name\.$/,
    );
  });

  test("is rejected when it reads from an AWS account", async () => {
    const app = copyOfFixture();
    editFile(
      join(app.projectDirectory, "stacks/storage.ts"),
      "export const database",
      `aws.ec2.getVpcOutput({ default: true });\nexport const database`,
    );
    await expect(evaluateGraph(app)).rejects.toThrow(
      "The stacks call getVpc (aws:ec2/getVpc:getVpc), which reads from an AWS account.",
    );
  });

  test("is rejected when it connects to another machine", async () => {
    const app = copyOfFixture();
    editFile(
      join(app.projectDirectory, "stacks/hardening.ts"),
      "export {};",
      `import { get } from "node:http";\nget("http://192.0.2.1/");`,
    );
    await expect(evaluateGraph(app)).rejects.toThrow("The stacks tried to connect to 192.0.2.1.");
  });

  test("is rejected with the command that installs SST's components where they are missing", async () => {
    const app = copyOfFixture();
    rmSync(join(app.projectDirectory, ".sst"));
    await expect(evaluateGraph(app)).rejects.toThrow(
      /^SST's components are not installed: .* Run `npm run setup` in /,
    );
  });
});
