import { operations } from "../packages/contracts/src/http/operations";
import { database } from "./database";
import { queueDepths } from "./events";
import { migrated } from "./maintenance";
import { serviceFunction } from "./service-function";
import { physicalName } from "./stage";

const queryProcessor = new sst.aws.Function(
  "QueryProcessor",
  serviceFunction({
    name: "query-processor",
    description: "Answers questions over HTTP",
    handler: "services/query/src/http.handler",
    link: [database, queueDepths],
    timeout: "20 seconds",
    memory: "1024 MB",
    concurrency: 10,
  }),
  { dependsOn: [migrated] },
);

export const api = new sst.aws.ApiGatewayV1("Api", {
  endpoint: { type: "regional" },
  cors: true,
  transform: {
    api: args => {
      args.name = physicalName("api");
    },
  },
});

for (const { method, path, needsKey } of Object.values(operations)) {
  api.route(`${method} ${path}`, queryProcessor.arn, { apiKey: needsKey });
}

api.deploy();

const plan = api.addUsagePlan("ApiUsagePlan", {
  throttle: { rate: 50, burst: 100 },
  quota: { limit: 100_000, period: "day" },
});

export const apiKey = plan.addApiKey("ApiKey");
