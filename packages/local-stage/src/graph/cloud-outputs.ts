import {
  arnOf,
  type CloudContext,
  type CloudOutputs,
  globalArnOf,
  type OutputRule,
  type ResourceRequest,
  stableHex,
  textOf,
} from "./cloud-context.ts";
import { apiGatewayOutputs } from "./cloud-outputs-api-gateway.ts";
import { functionOutputs } from "./cloud-outputs-functions.ts";
import { networkOutputs } from "./cloud-outputs-network.ts";
import { serviceOutputs } from "./cloud-outputs-services.ts";

const rules: Record<string, OutputRule> = {
  ...functionOutputs,
  ...serviceOutputs,
  ...apiGatewayOutputs,
  ...networkOutputs,
};

/** Answers the creation (or the read) of a resource as AWS would, with values that work on this machine. */
export function createInCloud(request: ResourceRequest, context: CloudContext): CloudOutputs {
  const physicalName =
    textOf(request.inputs, "name") ?? textOf(request.inputs, "bucket") ?? autoName(request);
  const rule = rules[request.type] ?? genericOutputs;
  const { id, outputs } = rule({ ...request, physicalName }, context);
  // An input wins over a computed output of the same name, except where AWS fills in an empty one.
  const given = Object.fromEntries(
    Object.entries(request.inputs).filter(([, value]) => value !== null && value !== ""),
  );
  return { id: request.existingId || id, outputs: { ...outputs, ...given } };
}

/** Pulumi's name for a resource to which the stacks give none: the logical name and seven hexadecimal digits. */
function autoName(request: ResourceRequest): string {
  const suffix = request.inputs.fifoQueue === true || request.inputs.fifoTopic === true ? ".fifo" : "";
  return `${request.name}-${stableHex(request.urn, 7)}${suffix}`;
}

/** For the types without a rule of their own: an id, and an ARN in the usual form. */
const genericOutputs: OutputRule = ({ type, urn, physicalName }, context) => {
  if (!type.startsWith("aws:")) return { id: stableHex(urn, 16), outputs: {} };
  const [, path = "", className = ""] = type.split(":");
  const [service = ""] = path.split("/");
  const kind = className.charAt(0).toLowerCase() + className.slice(1);
  const arn =
    service === "iam" || service === "cloudfront"
      ? globalArnOf(context, service, `${kind}/${physicalName}`)
      : arnOf(context, service, `${kind}/${physicalName}`);
  return { id: `${physicalName}`, outputs: { arn, name: physicalName } };
};
