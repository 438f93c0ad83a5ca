import type { ResourceGraph } from "@vibe-charting/local-stage";

/** Who may do what: one statement of a role's policies, or of a resource's own policy. */
export type Grant = {
  readonly who: string;
  readonly effect: "Allow" | "Deny";
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition: unknown;
};

type Fields = Record<string, unknown>;

const resourcePolicies = [
  "aws:sqs/queuePolicy:QueuePolicy",
  "aws:sns/topicPolicy:TopicPolicy",
  "aws:kms/key:Key",
  "aws:s3/bucketPolicy:BucketPolicy",
];

/** All statements of the graph, in the words of IAM; what AWS's own policies allow is named by their ARNs. */
export function grantsOf(graph: ResourceGraph): Grant[] {
  const functionOfRole = new Map(
    graph.resources
      .filter(({ type }) => type === "aws:lambda/function:Function")
      .map(({ inputs }) => [inputs.role, String(inputs.name)]),
  );
  const ofRoles = graph.resources
    .filter(({ type }) => type === "aws:iam/role:Role")
    .flatMap(({ name, inputs, outputs }) => {
      const who = functionOfRole.get(outputs.arn) ?? name;
      const inline = fieldsOf(inputs.inlinePolicies).flatMap(({ policy }) => statementsOf(policy));
      const managed = texts(inputs.managedPolicyArns).map(arn => ({
        who,
        effect: "Allow" as const,
        actions: [arn],
        resources: ["*"],
        condition: undefined,
      }));
      return [...inline.map(statement => grant(who, statement)), ...managed];
    });
  const ofResources = graph.resources
    .filter(({ type }) => resourcePolicies.includes(type))
    .flatMap(({ inputs }) =>
      statementsOf(inputs.policy).map(statement => grant(principalOf(statement.Principal), statement)),
    );
  return [...ofRoles, ...ofResources];
}

function grant(who: string, statement: Fields): Grant {
  return {
    who,
    effect: statement.Effect === "Deny" ? "Deny" : "Allow",
    actions: texts(statement.Action),
    resources: texts(statement.Resource),
    condition: statement.Condition,
  };
}

function principalOf(principal: unknown): string {
  if (typeof principal === "string") return principal === "*" ? "everybody" : principal;
  return Object.values(principal ?? {})
    .flatMap(texts)
    .join(", ");
}

function statementsOf(policy: unknown): Fields[] {
  if (typeof policy !== "string") return [];
  // IAM's grammar gives the document's shape.
  const { Statement } = JSON.parse(policy) as { Statement: Fields | Fields[] };
  return [Statement].flat();
}

function fieldsOf(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter(entry => typeof entry === "object" && entry !== null) : [];
}

function texts(value: unknown): string[] {
  return [value ?? []].flat().filter(entry => typeof entry === "string");
}
