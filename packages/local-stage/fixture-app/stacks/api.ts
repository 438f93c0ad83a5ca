import { database, vpc } from "./storage";

export const api = new sst.aws.ApiGatewayV1("Api", { endpoint: { type: "regional" } });

const reader = new sst.aws.Function("Reader", { handler: "src/reader.handler", link: [database], vpc });

api.route("GET /orders/{id}", reader.arn, { apiKey: true });
api.deploy();

const plan = api.addUsagePlan("Plan", {
  throttle: { rate: 5, burst: 10 },
  quota: { limit: 1000, period: "day" },
});
plan.addApiKey("Key");

/** Linked to the API, whose URL exists once it is deployed. */
new sst.aws.Function("Caller", { handler: "src/caller.handler", link: [api] });
