import type { CloudContext } from "./cloud-context.ts";
import { invokeCloud } from "./cloud-invokes.ts";
import { createInCloud } from "./cloud-outputs.ts";
import { plainRecord } from "./plain-value.ts";
import type { Callback, ResourceMonitor, ResponseModule, StructModule } from "./pulumi-runtime.ts";
import type { GraphResource } from "./resource-graph.ts";
import { runBuildCommand } from "./run-build-command.ts";

interface Recording {
  monitor: ResourceMonitor;
  /** Complete once the program has come to rest. */
  resources: GraphResource[];
}

/**
 * A Pulumi monitor that creates nothing: it records each resource and answers as the mocked cloud would. Build commands
 * are run.
 */
export function recordingMonitor(
  context: CloudContext,
  { Struct }: StructModule,
  responses: ResponseModule,
): Recording {
  const resources: GraphResource[] = [];
  const byUrn = new Map<string, GraphResource>();
  const structOf = (fields: Record<string, unknown>) =>
    // Struct knows JSON only, and an absent field must stay absent.
    Struct.fromJavaScript(JSON.parse(JSON.stringify(fields)));

  const monitor: ResourceMonitor = {
    invoke: answering(request => {
      const response = new responses.InvokeResponse();
      response.setReturn(
        structOf(invokeCloud(request.getTok(), plainRecord(request.getArgs().toJavaScript()), context)),
      );
      return response;
    }),

    readResource: answering(request => {
      const type = request.getType();
      const name = request.getName();
      const urn = urnOf(context, request.getParent(), type, name);
      const inputs = plainRecord(request.getProperties().toJavaScript());
      const { outputs } = createInCloud({ type, name, urn, inputs, existingId: request.getId() }, context);
      const response = new responses.ReadResourceResponse();
      response.setUrn(urn);
      response.setProperties(structOf(outputs));
      return response;
    }),

    registerResource: answering(async request => {
      const type = request.getType();
      const name = request.getName();
      const urn = urnOf(context, request.getParent(), type, name);
      if (byUrn.has(urn)) {
        throw new Error(`Two resources of type ${type} are named "${name}". Give one of them another name.`);
      }
      const inputs = plainRecord(request.getObject().toJavaScript());
      if (type === "command:local:Command") await runBuildCommand(name, inputs);
      const { id, outputs } = request.getCustom()
        ? createInCloud({ type, name, urn, inputs, existingId: request.getImportid() }, context)
        : { id: "", outputs: {} };
      const parent = isStack(request.getParent()) ? null : request.getParent();
      const resource: GraphResource = {
        urn,
        type,
        name,
        parent,
        id,
        inputs,
        outputs,
        ...(request.getProtect() && { protect: true }),
        ...(request.getDeletebeforereplace() && { deleteBeforeReplace: true }),
      };
      byUrn.set(urn, resource);
      // The stack itself and the providers are Pulumi's own, not the product's.
      if (!type.startsWith("pulumi:")) resources.push(resource);
      const response = new responses.RegisterResourceResponse();
      response.setUrn(urn);
      response.setId(id);
      response.setObject(structOf(outputs));
      return response;
    }),

    registerResourceOutputs: answering(request => {
      const resource = byUrn.get(request.getUrn());
      if (resource) Object.assign(resource.outputs, plainRecord(request.getOutputs().toJavaScript()));
      return {};
    }),

    supportsFeature: answering(request => {
      // Without "outputValues", inputs arrive resolved instead of as Outputs.
      const supported = request.getId() !== "outputValues";
      return { getHassupport: () => supported };
    }),

    registerPackage: answering(() => {
      const response = new responses.RegisterPackageResponse();
      response.setRef("local");
      return response;
    }),
  };
  return { monitor, resources };
}

function answering<Request>(answer: (request: Request) => unknown) {
  return async (request: Request, callback: Callback): Promise<void> => {
    let response: unknown;
    try {
      response = await answer(request);
    } catch (error) {
      const failure = error instanceof Error ? error : new Error(String(error));
      // Where Pulumi looks for the sentence, as in an error of gRPC.
      callback(Object.assign(failure, { details: failure.message }));
      return;
    }
    callback(null, response);
  };
}

function isStack(urn: string): boolean {
  return urn === "" || urn.includes("::pulumi:pulumi:Stack::");
}

/** A Pulumi URN: the types of the components around a resource are part of it, the stack's is not. */
function urnOf(context: CloudContext, parent: string, type: string, name: string): string {
  const parentType = isStack(parent) ? "" : `${parent.split("::")[2]}$`;
  return `urn:pulumi:${context.stage}::${context.appName}::${parentType}${type}::${name}`;
}
