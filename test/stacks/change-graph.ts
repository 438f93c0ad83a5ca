import type { GraphResource, ResourceGraph } from "@vibe-charting/local-stage";

/** A change of the stacks, made on the graph that comes out of them. */
export type Change = (graph: ResourceGraph) => void;

/** Mistakes by the id of the rule that they break, each with its name. */
export type Mistakes = Record<number, Record<string, Change>>;

/** Changes the inputs of a type's first resource, or of the one with a name. */
export function change(type: string, changed: Record<string, unknown>, name?: string): Change {
  return graph => {
    Object.assign(find(graph, type, name).inputs, changed);
  };
}

/** A type's first resource, or the one with a name. */
export function find(graph: ResourceGraph, type: string, name?: string): GraphResource {
  const found = graph.resources.find(
    resource => resource.type.endsWith(type) && (name === undefined || resource.name === name),
  );
  if (!found) throw new Error(`The graph has no ${type} ${name ?? ""}`);
  return found;
}

/** Leaves a resource out. */
export function remove(type: string, name?: string): Change {
  return graph => {
    const gone = find(graph, type, name);
    graph.resources = graph.resources.filter(resource => resource !== gone);
  };
}

/** Declares one more resource. */
export function add(type: string, inputs: Record<string, unknown>): Change {
  return graph => {
    graph.resources.push({
      urn: `${type}::Added`,
      type,
      name: "Added",
      parent: null,
      id: "added",
      inputs,
      outputs: inputs,
    });
  };
}

/** Changes the policy in a property, which is JSON. */
export function changePolicy(type: string, name: string, property: string, from: string, to: string): Change {
  return graph => {
    const resource = find(graph, type, name);
    const policy = String(resource.inputs[property]);
    if (!policy.includes(from)) throw new Error(`${name} says nothing of ${from}: ${policy}`);
    resource.inputs[property] = policy.replaceAll(from, to);
  };
}

/** Changes the policies of a role. */
export function changeRolePolicy(name: string, from: string, to: string): Change {
  return graph => {
    const role = find(graph, "iam/role:Role", name);
    const policies = JSON.stringify(role.inputs.inlinePolicies);
    if (!policies.includes(from)) throw new Error(`${name} says nothing of ${from}`);
    role.inputs.inlinePolicies = JSON.parse(policies.replaceAll(from, to));
  };
}

/** Changes the statements of a policy in a property, such as by one more. */
export function changeStatements(
  type: string,
  name: string,
  property: string,
  changed: (statements: Statement[], resource: GraphResource) => Statement[],
): Change {
  return graph => {
    const resource = find(graph, type, name);
    const policy = JSON.parse(String(resource.inputs[property]));
    resource.inputs[property] = JSON.stringify({
      ...policy,
      Statement: changed([policy.Statement].flat(), resource),
    });
  };
}

type Statement = Record<string, unknown>;

/** Gives a role one more statement. */
export function allow(name: string, statement: Statement): Change {
  return graph => {
    const role = find(graph, "iam/role:Role", name);
    const policy = JSON.stringify({ Statement: [{ Effect: "Allow", ...statement }] });
    role.inputs.inlinePolicies = [...[role.inputs.inlinePolicies ?? []].flat(), { name: "more", policy }];
  };
}
