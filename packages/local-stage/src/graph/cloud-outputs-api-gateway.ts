import { type OutputRule, stableHex, textOf } from "./cloud-context.ts";
import type { GraphResource } from "./resource-graph.ts";

/** API Gateway's ids are ten lower-case letters and digits. */
const idLength = 10;

const restApi: OutputRule = ({ physicalName, urn }, context) => {
  const id = stableHex(urn, idLength);
  return {
    id,
    outputs: {
      name: physicalName,
      arn: `arn:aws:apigateway:${context.region}::/restapis/${id}`,
      rootResourceId: stableHex(`${urn}/`, idLength),
      executionArn: `arn:aws:execute-api:${context.region}:${context.values.accountId}:${id}`,
    },
  };
};

const stage: OutputRule = ({ inputs }, context) => {
  const api = textOf(inputs, "restApi");
  const name = textOf(inputs, "stageName");
  return {
    id: `ags-${api}-${name}`,
    outputs: {
      arn: `arn:aws:apigateway:${context.region}::/restapis/${api}/stages/${name}`,
      executionArn: `arn:aws:execute-api:${context.region}:${context.values.accountId}:${api}/${name}`,
      invokeUrl: context.values.apiUrl,
    },
  };
};

/** As long as the values that API Gateway makes up. */
const keyLength = 40;

const apiKey: OutputRule = ({ name, physicalName, urn }, context) => {
  const id = stableHex(urn, idLength);
  return {
    id,
    outputs: {
      name: physicalName,
      arn: `arn:aws:apigateway:${context.region}::/apikeys/${id}`,
      value: context.values.apiKeyValues[name] ?? stableHex(`${urn} value`, keyLength),
      enabled: true,
    },
  };
};

const usagePlan: OutputRule = ({ physicalName, urn }, context) => {
  const id = stableHex(urn, idLength);
  return {
    id,
    outputs: { name: physicalName, arn: `arn:aws:apigateway:${context.region}::/usageplans/${id}` },
  };
};

const domainName: OutputRule = ({ urn, inputs }, context) => ({
  id: String(inputs.domainName),
  outputs: {
    arn: `arn:aws:apigateway:${context.region}::/domainnames/${inputs.domainName}`,
    regionalDomainName: `d-${stableHex(urn, idLength)}.execute-api.${context.region}.amazonaws.com`,
    regionalZoneId: `Z${stableHex(urn, 13).toUpperCase()}`,
    cloudfrontDomainName: `d${stableHex(urn, 13)}.cloudfront.net`,
    cloudfrontZoneId: "Z2FDTNDATAQYW2",
  },
});

/** Resources, methods, integrations and responses: known by an id and nothing more. */
const idOnly: OutputRule = ({ urn }) => ({ id: stableHex(urn, idLength), outputs: {} });

/** Fills in the full path of each API resource (`/coins/{symbol}`), which follows from its parents. */
export function fillResourcePaths(resources: GraphResource[]): void {
  const apiResources = resources.filter(({ type }) => type === "aws:apigateway/resource:Resource");
  const byId = new Map(apiResources.map(resource => [resource.id, resource]));
  const pathOf = (resource: GraphResource | undefined): string =>
    resource ? `${pathOf(byId.get(String(resource.inputs.parentId)))}/${resource.inputs.pathPart}` : "";
  for (const resource of apiResources) resource.outputs.path = pathOf(resource);
}

export const apiGatewayOutputs: Record<string, OutputRule> = {
  // A fresh account has no role for API Gateway's logs yet, so that the stacks create one.
  "aws:apigateway/account:Account": () => ({ id: "api-gateway-account", outputs: {} }),
  "aws:apigateway/apiKey:ApiKey": apiKey,
  "aws:apigateway/deployment:Deployment": idOnly,
  "aws:apigateway/domainName:DomainName": domainName,
  "aws:apigateway/integration:Integration": idOnly,
  "aws:apigateway/integrationResponse:IntegrationResponse": idOnly,
  "aws:apigateway/method:Method": idOnly,
  "aws:apigateway/methodResponse:MethodResponse": idOnly,
  "aws:apigateway/methodSettings:MethodSettings": idOnly,
  "aws:apigateway/resource:Resource": idOnly,
  "aws:apigateway/response:Response": idOnly,
  "aws:apigateway/restApi:RestApi": restApi,
  "aws:apigateway/stage:Stage": stage,
  "aws:apigateway/usagePlan:UsagePlan": usagePlan,
  "aws:apigateway/usagePlanKey:UsagePlanKey": idOnly,
};
