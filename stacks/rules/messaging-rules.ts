import type { PolicyStatement, ResourceGraph } from "../../packages/local-stage/src/graph/resource-graph.ts";
import {
  accountOf,
  deadLetterArns,
  deniesWithoutTls,
  each,
  functionOf,
  json,
  nameOf,
  principalsOf,
  type Rule,
  record,
  resourcesOf,
  statementsOf,
  texts,
  types,
} from "./rule.ts";

const fourteenDaysSeconds = 14 * 24 * 60 * 60;

function queueOf(graph: ResourceGraph, arn: unknown) {
  return resourcesOf(graph, types.queue).find(queue => queue.outputs.arn === arn);
}

/** The statements that a policy grants to others than the roles of the account. */
const allowed = (policy: unknown) => statementsOf(policy).filter(({ Effect }) => Effect === "Allow");

/** Whether a statement holds for topics of the stacks alone. */
function comesFromTopics(graph: ResourceGraph, { Condition }: PolicyStatement): boolean {
  const arns = texts(record(Condition?.ArnEquals)["aws:SourceArn"]);
  return (
    arns.length > 0 &&
    arns.every(arn => resourcesOf(graph, types.topic).some(topic => topic.outputs.arn === arn))
  );
}

/** Subscriptions between topics and queues of kinds that AWS refuses to join. */
function mixedSubscriptions(graph: ResourceGraph): string[] {
  return resourcesOf(graph, types.subscription).flatMap(subscription => {
    const { topic: topicArn, endpoint, redrivePolicy } = subscription.inputs;
    const isFifo = resourcesOf(graph, types.topic).some(
      ({ inputs, outputs }) => outputs.arn === topicArn && inputs.fifoTopic === true,
    );
    const deadLetters = queueOf(graph, json(redrivePolicy).deadLetterTargetArn);
    if (deadLetters && (deadLetters.inputs.fifoQueue ?? false) !== isFifo) {
      return [`${nameOf(subscription)} and its dead-letter queue are of two kinds`];
    }
    return queueOf(graph, endpoint)?.inputs.fifoQueue === true && !isFifo
      ? [`${nameOf(subscription)} hands a FIFO queue what has no order`]
      : [];
  });
}

export const messagingRules: Rule[] = [
  {
    id: 16,
    title: "Queues are encrypted",
    sources: "CKV_AWS_27, AwsSolutions-SQS2, SQS.1",
    violations: graph =>
      each(
        graph,
        types.queue,
        inputs => inputs.sqsManagedSseEnabled !== true && !inputs.kmsMasterKeyId && "is not encrypted",
      ),
  },
  {
    id: 17,
    title: "A queue that is read moves what fails, after five deliveries at the earliest",
    sources: "AwsSolutions-SQS3, serverless-rules ES6000",
    violations: graph => {
      const deadLetters = deadLetterArns(graph);
      return each(graph, types.queue, ({ redrivePolicy }, { outputs }) => {
        if (deadLetters.has(String(outputs.arn))) return undefined;
        const { deadLetterTargetArn, maxReceiveCount } = json(redrivePolicy);
        if (!deadLetterTargetArn) return "has no dead-letter queue";
        return !(Number(maxReceiveCount) >= 5) && `gives up after ${maxReceiveCount} deliveries`;
      });
    },
  },
  {
    id: 18,
    title: "A queue is open to nobody but the topics that deliver to it",
    sources: "CKV_AWS_168, CKV_AWS_72, CKV_AWS_387, SQS.3, G9",
    violations: graph =>
      each(graph, types.queuePolicy, ({ policy }) => {
        const open = allowed(policy).filter(
          statement =>
            principalsOf(statement).some(principal => principal !== "sns.amazonaws.com") ||
            statement.Action?.some(action => action.includes("*")) ||
            !comesFromTopics(graph, statement),
        );
        return open.length > 0 && `lets in more than its topics: ${JSON.stringify(open)}`;
      }),
  },
  {
    id: 19,
    title: "A queue refuses who comes without TLS",
    sources: "AwsSolutions-SQS4",
    violations: graph =>
      each(graph, types.queue, (_inputs, { outputs }) => {
        const policies = resourcesOf(graph, types.queuePolicy).filter(
          ({ inputs }) => inputs.queueUrl === outputs.url,
        );
        if (policies.length !== 1) return `has ${policies.length} policies, and needs one`;
        return (
          !policies.some(({ inputs }) =>
            deniesWithoutTls(statementsOf(inputs.policy), ["sqs:*"], outputs.arn),
          ) && "accepts plain HTTP"
        );
      }),
  },
  {
    id: 20,
    title: "Dead letters are kept for 14 days, and what has an order is joined to what keeps it",
    sources: "AWS: the dead-letter queue of a FIFO queue or topic must be FIFO, and its source a FIFO topic",
    violations: graph => {
      const kept = [...deadLetterArns(graph)].flatMap(arn => {
        const queue = queueOf(graph, arn);
        if (!queue) return [`${arn} is no queue of the stacks`];
        return queue.inputs.messageRetentionSeconds === fourteenDaysSeconds
          ? []
          : [`${nameOf(queue)} keeps messages for ${queue.inputs.messageRetentionSeconds} s`];
      });
      const mixed = resourcesOf(graph, types.queue).filter(({ inputs }) => {
        const target = queueOf(graph, json(inputs.redrivePolicy).deadLetterTargetArn);
        return target && (target.inputs.fifoQueue ?? false) !== (inputs.fifoQueue ?? false);
      });
      return [
        ...kept,
        ...mixed.map(queue => `${nameOf(queue)} and its dead-letter queue are of two kinds`),
        ...mixedSubscriptions(graph),
      ];
    },
  },
  {
    id: 21,
    title: "A message stays hidden for six times its function's timeout",
    sources: "AWS: Configuring a queue to trigger a function",
    violations: graph =>
      each(graph, types.mapping, ({ eventSourceArn, functionName }) => {
        const hidden = Number(queueOf(graph, eventSourceArn)?.inputs.visibilityTimeoutSeconds);
        const timeout = Number(functionOf(graph, functionName)?.inputs.timeout);
        return (
          !(hidden >= 6 * timeout) &&
          `hides a message for ${hidden} s, and its function may take ${timeout} s`
        );
      }),
  },
  {
    id: 22,
    title: "Failed messages are reported one by one, by no more functions than are reserved",
    sources: "AWS: Using Lambda with SQS",
    violations: graph =>
      each(graph, types.mapping, ({ functionResponseTypes, functionName, scalingConfig }) => {
        if (!texts(functionResponseTypes).includes("ReportBatchItemFailures"))
          return "fails batches as a whole";
        const most = Number(record(scalingConfig).maximumConcurrency);
        const reserved = Number(functionOf(graph, functionName)?.inputs.reservedConcurrentExecutions);
        return !(most >= 2 && most <= reserved) && `may run ${most} functions of ${reserved} reserved`;
      }),
  },
  {
    id: 23,
    title: "Topics are encrypted",
    sources: "CKV_AWS_26, SNS.1",
    violations: graph => each(graph, types.topic, inputs => !inputs.kmsMasterKeyId && "is not encrypted"),
  },
  {
    id: 24,
    title: "A topic is open to services of this account only, and refuses who comes without TLS",
    sources: "CKV_AWS_169, CKV_AWS_385, AwsSolutions-SNS3, SNS.4",
    violations: graph =>
      each(graph, types.topic, (_inputs, topic) => {
        const { outputs } = topic;
        const statements = resourcesOf(graph, types.topicPolicy)
          .filter(({ inputs }) => inputs.arn === outputs.arn)
          .flatMap(({ inputs }) => statementsOf(inputs.policy));
        if (!deniesWithoutTls(statements, ["sns:Publish", "sns:*"], outputs.arn)) return "accepts plain HTTP";
        const open = statements.filter(
          statement =>
            statement.Effect === "Allow" &&
            (principalsOf(statement).some(principal => !principal.endsWith(".amazonaws.com")) ||
              record(statement.Condition?.StringEquals)["aws:SourceAccount"] !== accountOf(topic)),
        );
        return open.length > 0 && `is open to others: ${JSON.stringify(open)}`;
      }),
  },
  {
    id: 25,
    title: "What a subscription cannot deliver is kept",
    sources: "serverless-rules ES7000",
    violations: graph =>
      each(graph, types.subscription, ({ redrivePolicy, topic }) => {
        const queue = queueOf(graph, json(redrivePolicy).deadLetterTargetArn);
        if (!queue) return "has no dead-letter queue";
        const mayReceive = resourcesOf(graph, types.queuePolicy)
          .filter(({ inputs }) => inputs.queueUrl === queue.outputs.url)
          .flatMap(({ inputs }) => allowed(inputs.policy))
          .some(({ Condition }) =>
            texts(record(Condition?.ArnEquals)["aws:SourceArn"]).includes(String(topic)),
          );
        return !mayReceive && `may not send to its dead-letter queue ${queue.name}`;
      }),
  },
];
