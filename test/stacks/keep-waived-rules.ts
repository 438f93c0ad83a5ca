import { add, type Change, change } from "./change-graph.ts";

/** What keeps the rules that the product waives, so that each rule can be seen to hold and then to fail. */
export const keepWaivedRules: Change[] = [
  change("cloudfront/distribution:Distribution", {
    loggingConfig: { bucket: "logs.s3.amazonaws.com" },
    webAclId: "arn:aws:wafv2:us-east-1:000000000000:global/webacl/page/1",
  }),
  graph => {
    const [stage] = graph.resources.filter(({ type }) => type.endsWith("apigateway/stage:Stage"));
    add("aws:wafv2/webAclAssociation:WebAclAssociation", { resourceArn: stage?.outputs.arn })(graph);
  },
  graph => {
    for (const { type, id } of [...graph.resources]) {
      if (type.endsWith(":Secret")) {
        add("aws:secretsmanager/secretRotation:SecretRotation", { secretId: id })(graph);
      }
    }
  },
  graph => {
    for (const { type, inputs } of graph.resources) {
      if (type.endsWith("apigateway/method:Method") && inputs.httpMethod !== "OPTIONS") {
        inputs.apiKeyRequired = true;
      }
      if (type.endsWith(":IntegrationResponse") || type.endsWith("apigateway/response:Response")) {
        inputs.responseParameters = JSON.parse(
          JSON.stringify(inputs.responseParameters).replaceAll("'*'", "'https://vibe-charting.com'"),
        );
      }
    }
  },
];
