import type { ResourceGraph } from "../graph/resource-graph.ts";
import { LOCAL_ACCOUNT_ID } from "../resource-reader.ts";
import { functionAccessKeyId } from "./access-keys.ts";
import { isAllowed } from "./policy-match.ts";

/** Why the holder of the access key may not make the call, in AWS's words; nothing when it may. */
export type RoleCheck = (accessKeyId: string, action: string, resourceArn: string) => string | undefined;

/** Holds every function to its role. Keys that belong to no function are the operator's and may do everything. */
export function createRoleCheck(graph: ResourceGraph): RoleCheck {
  const functions = new Map(graph.functions.map(build => [functionAccessKeyId(build.functionName), build]));
  return (accessKeyId, action, resourceArn) => {
    const build = functions.get(accessKeyId);
    if (build === undefined || isAllowed(build.policies, action, resourceArn)) return undefined;
    const user = `arn:aws:sts::${LOCAL_ACCOUNT_ID}:assumed-role/${build.roleName}/${build.functionName}`;
    return `User: ${user} is not authorized to perform: ${action} on resource: ${resourceArn} because no identity-based policy allows the ${action} action`;
  };
}
