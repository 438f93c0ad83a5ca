import { alertsDatabase } from "./database.ts";
import { alertDeliveries, alertQueue, mayConsume, topics } from "./events.ts";
import { migrated } from "./maintenance.ts";
import { publicKey } from "./page-key.ts";
import { schedule } from "./schedule.ts";
import { serviceFunction } from "./service-function.ts";

/** Deliveries at a time; the rest of the function's concurrency is for its API. */
const consumers = 2;

/** Keeps alerts, answers the API about them, and delivers them. */
export const alerts = new sst.aws.Function(
  "Alerts",
  serviceFunction({
    name: "alerts",
    description: "Keeps alerts and delivers them",
    handler: "services/alerts/src/alerts.handler",
    link: [alertsDatabase, alertDeliveries, publicKey],
    permissions: [
      mayConsume(alertQueue),
      { actions: ["sns:Subscribe", "sns:ListSubscriptionsByTopic"], resources: [topics.alertDeliveries.arn] },
      // SNS knows this action on all resources only (service authorization reference).
      { actions: ["sns:Unsubscribe"], resources: ["*"] },
    ],
    timeout: "30 seconds",
    memory: "512 MB",
    concurrency: 5,
    invokedBy: "schedule",
  }),
  { dependsOn: [migrated] },
);

alertQueue.subscribe(alerts.arn, {
  batch: { size: 10, partialResponses: true },
  transform: {
    eventSourceMapping: args => {
      args.scalingConfig = { maximumConcurrency: consumers };
    },
  },
});

schedule("AlertDigestSchedule", {
  physicalName: "alert-digests",
  // Quiet hours end on any quarter of an hour.
  expression: "rate(15 minutes)",
  function: alerts,
});
