import type { GraphResource, ResourceGraph } from "../../packages/local-stage/src/graph/resource-graph.ts";
import { records, resourcesOf, texts, types } from "./rule.ts";

type Direction = "ingress" | "egress";

/** What one rule of a security group lets through, however it is declared. */
export type Traffic = {
  /** The security group's id. */
  group: string;
  /** Where it is declared. */
  resource: GraphResource;
  description: string;
  /** `-1` for all. */
  protocol: string;
  fromPort: number;
  toPort: number;
  /** CIDR blocks and prefix lists: whole networks. */
  networks: string[];
  /** Security groups, by their ids. */
  groups: string[];
};

/** The rules of all security groups: those inside a group, and those that are resources of their own. */
export function trafficOf(graph: ResourceGraph, direction: Direction): Traffic[] {
  const inline = resourcesOf(graph, types.securityGroup).flatMap(resource =>
    records(resource.inputs[direction]).map(rule => traffic(resource.id, resource, rule)),
  );
  const separate = resourcesOf(graph, "aws:ec2/securityGroupRule:SecurityGroupRule")
    .filter(({ inputs }) => inputs.type === direction)
    .map(resource => traffic(resource.inputs.securityGroupId, resource, resource.inputs));
  const kind = direction === "ingress" ? "Ingress" : "Egress";
  const newer = resourcesOf(graph, `aws:vpc/securityGroup${kind}Rule:SecurityGroup${kind}Rule`).map(
    resource => traffic(resource.inputs.securityGroupId, resource, resource.inputs),
  );
  return [...inline, ...separate, ...newer];
}

/** The three ways to declare a rule name the same things differently. */
function traffic(group: unknown, resource: GraphResource, rule: Record<string, unknown>): Traffic {
  return {
    group: String(group),
    resource,
    description: typeof rule.description === "string" ? rule.description : "",
    protocol: String(rule.protocol ?? rule.ipProtocol),
    fromPort: Number(rule.fromPort),
    toPort: Number(rule.toPort),
    networks: [
      rule.cidrBlocks,
      rule.ipv6CidrBlocks,
      rule.cidrIpv4,
      rule.cidrIpv6,
      rule.prefixListIds,
      rule.prefixListId,
    ].flatMap(texts),
    groups: [
      rule.securityGroups,
      rule.sourceSecurityGroupId,
      rule.referencedSecurityGroupId,
      rule.self === true ? String(group) : undefined,
    ].flatMap(texts),
  };
}

/** Whether it is from or to the whole internet. */
export function isWorldwide({ networks }: Traffic): boolean {
  return networks.some(network => network.endsWith("/0"));
}

/** Whether it is of every port or protocol. */
export function isOfAllPorts({ protocol, fromPort, toPort }: Traffic): boolean {
  return protocol === "-1" || protocol === "all" || (fromPort <= 1 && toPort >= 65_535);
}
