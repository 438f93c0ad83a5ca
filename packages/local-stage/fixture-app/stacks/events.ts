import { database, vpc } from "./storage";

sst.Linkable.wrap(sst.aws.SnsTopic, topic => ({
  properties: { arn: topic.arn },
  include: [sst.aws.permission({ actions: ["sns:Publish"], resources: [topic.arn] })],
}));

export const topic = new sst.aws.SnsTopic("Orders", {
  fifo: true,
  transform: { topic: { name: `fixture-${$app.stage}-orders.fifo` } },
});

const deadLetters = new sst.aws.Queue("DeadLetters", { fifo: true });

const queue = new sst.aws.Queue("Work", {
  fifo: true,
  visibilityTimeout: "180 seconds",
  dlq: { queue: deadLetters.arn, retry: 5 },
  transform: { queue: { name: `fixture-${$app.stage}-work.fifo` } },
});

topic.subscribeQueue("WorkSubscription", queue.arn, {
  filter: { type: ["order.placed"] },
  transform: { subscription: { rawMessageDelivery: true } },
});

queue.subscribe(
  {
    name: `fixture-${$app.stage}-worker`,
    handler: "src/worker.handler",
    link: [database, queue],
    vpc,
    timeout: "30 seconds",
    environment: { GREETING: "hello" },
    copyFiles: [{ from: "templates" }],
  },
  { batch: { size: 10, partialResponses: true } },
);

new sst.aws.CronV2("Nightly", {
  schedule: "cron(0 3 * * ? *)",
  function: { handler: "src/nightly.run", link: [topic] },
});
