import type { GraphResource, ResourceGraph } from "@vibe-charting/local-stage";
import { grantsOf } from "./graph-iam.ts";

type Edge = { readonly from: string; readonly to: string; readonly label?: string };

/** Draws how events and calls go through the stacks, as a Mermaid flowchart. */
export function mermaidOf(graph: ResourceGraph): string {
  const of = (type: string) => graph.resources.filter(resource => resource.type === type);
  const functions = of("aws:lambda/function:Function");
  const topics = of("aws:sns/topic:Topic");
  const queues = of("aws:sqs/queue:Queue");
  const nameByArn = new Map(
    [...functions, ...topics, ...queues].map(({ inputs, outputs }) => [
      String(outputs.arn),
      String(inputs.name),
    ]),
  );
  const nameOf = (reference: unknown) => nameByArn.get(String(reference)) ?? String(reference);
  const deadLetterArnOf = ({ inputs }: GraphResource): string | undefined =>
    typeof inputs.redrivePolicy === "string"
      ? JSON.parse(inputs.redrivePolicy).deadLetterTargetArn
      : undefined;
  const schedules = of("aws:scheduler/schedule:Schedule");
  // Alarms tell the operators; drawing each of them would hide the rest.
  const operations = new Set<unknown>(
    of("aws:cloudwatch/metricAlarm:MetricAlarm").flatMap(({ inputs }) => inputs.alarmActions ?? []),
  );
  const calledByApi = new Set(
    of("aws:lambda/permission:Permission")
      .filter(({ inputs }) => inputs.principal === "apigateway.amazonaws.com")
      .map(({ inputs }) => nameOf(inputs.function)),
  );

  const sites = of("aws:cloudfront/distribution:Distribution");

  const edges: Edge[] = [
    // The browser that has loaded the page asks the API.
    ...sites.map(() => ({ from: "page", to: "api", label: "the browser" })),
    ...[...calledByApi].map(to => ({ from: "api", to })),
    ...schedules.map(({ inputs }) => ({ from: `schedule ${inputs.name}`, to: nameOf(targetOf(inputs)) })),
    ...grantsOf(graph)
      .filter(({ effect, actions }) => effect === "Allow" && actions.includes("sns:Publish"))
      .filter(({ who }) => functions.some(({ inputs }) => inputs.name === who))
      .flatMap(({ who, resources }) => resources.map(arn => ({ from: who, to: nameOf(arn) }))),
    ...of("aws:sns/topicSubscription:TopicSubscription")
      .filter(({ inputs }) => inputs.protocol === "sqs")
      .flatMap(subscription => [
        { from: nameOf(subscription.inputs.topic), to: nameOf(subscription.inputs.endpoint) },
        {
          from: nameOf(subscription.inputs.topic),
          to: nameOf(deadLetterArnOf(subscription)),
          label: "not delivered",
        },
      ]),
    ...of("aws:lambda/eventSourceMapping:EventSourceMapping").map(({ inputs }) => ({
      from: nameOf(inputs.eventSourceArn),
      to: nameOf(inputs.functionName),
    })),
    ...queues.flatMap(queue => {
      const deadLetters = deadLetterArnOf(queue);
      return deadLetters
        ? [{ from: String(queue.inputs.name), to: nameOf(deadLetters), label: "failed" }]
        : [];
    }),
    ...graph.functions
      .filter(({ links }) => Object.keys(links).some(link => link.endsWith("Database")))
      .map(({ functionName }) => ({ from: functionName, to: "database" })),
  ];

  const prefix = commonPrefix(graph);
  const label = (name: string) => name.replace(prefix, "").replace(/\.fifo$/, " (FIFO)");
  const id = (name: string) => label(name).replace(/[^a-z0-9]+/gi, "_");
  const nodes = [
    ...sites.map(() => `  page(["the page, by CloudFront"])`),
    `  api(["API Gateway"])`,
    ...schedules.map(({ inputs }) => `  ${id(`schedule ${inputs.name}`)}(["${inputs.scheduleExpression}"])`),
    ...functions.map(({ inputs }) => `  ${id(String(inputs.name))}["${label(String(inputs.name))}"]`),
    ...topics
      .filter(({ outputs }) => !operations.has(outputs.arn))
      .map(({ inputs }) => `  ${id(String(inputs.name))}{{"${label(String(inputs.name))}"}}`),
    ...queues
      .filter(({ inputs }) => edges.some(({ to }) => to === inputs.name))
      .map(({ inputs }) => `  ${id(String(inputs.name))}[/"${label(String(inputs.name))}"/]`),
    `  database[("PostgreSQL")]`,
  ];
  const arrows = edges.map(({ from, to, label: text }) =>
    text ? `  ${id(from)} -. ${text} .-> ${id(to)}` : `  ${id(from)} --> ${id(to)}`,
  );
  return ["flowchart LR", ...nodes, ...new Set(arrows)].join("\n");
}

function targetOf(inputs: Record<string, unknown>): unknown {
  const { target } = inputs;
  return typeof target === "object" && target !== null && "arn" in target ? target.arn : undefined;
}

/** What every physical name begins with, which says nothing in a picture. */
function commonPrefix(graph: ResourceGraph): string {
  const { name, stage } = graph.app;
  return stage === "production" ? `${name}-` : `${name}-${stage}-`;
}
