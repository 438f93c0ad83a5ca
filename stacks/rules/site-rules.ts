import type { GraphResource, ResourceGraph } from "../../packages/local-stage/src/graph/resource-graph.ts";
import {
  deniesWithoutTls,
  each,
  nameOf,
  principalsOf,
  type Rule,
  record,
  resourcesOf,
  statementsOf,
  types,
} from "./rule.ts";

const publicAccess = [
  "blockPublicAcls",
  "blockPublicPolicy",
  "ignorePublicAcls",
  "restrictPublicBuckets",
] as const;
const leastHstsSeconds = 31_536_000;

/** What one CSP directive allows, or undefined where the policy lacks it. */
function sourcesOf(policy: string, directive: string): string[] | undefined {
  const [, ...sources] =
    policy
      .split(";")
      .map(part => part.trim().split(/\s+/))
      .find(([name]) => name === directive) ?? [];
  return policy.includes(directive) ? sources : undefined;
}

/** Why a content security policy would let in what is not the page's, or undefined. */
function weaknessOf(policy: string): string | undefined {
  if (/'unsafe-|\*|\s(https?|data|blob):(\s|;|$)/.test(policy)) return "lets in what is not the page's own";
  if (sourcesOf(policy, "default-src")?.join() !== "'none'") return "allows what it does not name";
  if (sourcesOf(policy, "frame-ancestors")?.join() !== "'none'") return "lets others frame the page";
  if (sourcesOf(policy, "base-uri")?.join() !== "'none'") return "lets markup move the page's base";
  return undefined;
}

function publicAccessBlockOf(graph: ResourceGraph, bucket: GraphResource) {
  const blocks = resourcesOf(graph, "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock");
  return record(blocks.find(({ inputs }) => inputs.bucket === bucket.inputs.bucket)?.inputs);
}

function policyOf(graph: ResourceGraph, bucket: GraphResource) {
  const policies = resourcesOf(graph, "aws:s3/bucketPolicy:BucketPolicy");
  return statementsOf(policies.find(({ inputs }) => inputs.bucket === bucket.inputs.bucket)?.inputs.policy);
}

/** Of the page: its bucket, its CDN, and the key that everybody has. */
export const siteRules: Rule[] = [
  {
    id: 54,
    title: "Buckets are closed to the public, and read over TLS by our own distribution alone",
    sources: "CKV_AWS_53 to 56, CKV2_AWS_6, AwsSolutions-S1, S3.2, S3.5, S3.8, confused deputy",
    violations: graph =>
      each(graph, types.bucket, (_inputs, bucket) => {
        const block = publicAccessBlockOf(graph, bucket);
        if (publicAccess.some(name => block[name] !== true)) return "may become public";
        const statements = policyOf(graph, bucket);
        if (!deniesWithoutTls(statements, ["s3:*"], `${bucket.outputs.arn}/*`)) return "answers without TLS";
        const open = statements.some(
          statement =>
            statement.Effect === "Allow" &&
            (principalsOf(statement).includes("*") || !record(statement.Condition?.ArnLike)["aws:SourceArn"]),
        );
        return open && "is read by others";
      }),
  },
  {
    id: 55,
    title: "The page comes over TLS 1.2 alone, and is only read",
    sources: "CKV_AWS_34, CKV_AWS_174, AwsSolutions-CFR4, CloudFront.3, CloudFront.9, CloudFront.10",
    violations: graph =>
      each(graph, types.distribution, ({ defaultCacheBehavior, viewerCertificate }) => {
        const { viewerProtocolPolicy, allowedMethods } = record(defaultCacheBehavior);
        if (!["redirect-to-https", "https-only"].includes(String(viewerProtocolPolicy)))
          return "answers without TLS";
        if (JSON.stringify(allowedMethods) !== '["GET","HEAD"]') return "takes more than GET and HEAD";
        const { minimumProtocolVersion } = record(viewerCertificate);
        return !/^TLSv1\.[23]_/.test(String(minimumProtocolVersion)) && "takes TLS before 1.2";
      }),
  },
  {
    id: 56,
    title: "The page says what it may load, that nobody may frame it, and that it comes over TLS",
    sources: "CKV2_AWS_32, CKV_AWS_259, issue of the page",
    violations: graph => {
      const policies = new Map(
        resourcesOf(graph, "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy").map(resource => [
          resource.id,
          resource,
        ]),
      );
      return each(graph, types.distribution, ({ defaultCacheBehavior }) => {
        const policy = policies.get(String(record(defaultCacheBehavior).responseHeadersPolicyId));
        if (!policy) return "sends no headers of ours";
        const { contentSecurityPolicy, contentTypeOptions, strictTransportSecurity, referrerPolicy } = record(
          policy.inputs.securityHeadersConfig,
        );
        const weakness = weaknessOf(String(record(contentSecurityPolicy).contentSecurityPolicy ?? ""));
        if (weakness) return `has a content security policy that ${weakness}`;
        if (!contentTypeOptions || !referrerPolicy)
          return "lets browsers guess types, or tells where they were";
        const { accessControlMaxAgeSec } = record(strictTransportSecurity);
        return !(Number(accessControlMaxAgeSec) >= leastHstsSeconds) && "may be asked for without TLS";
      });
    },
  },
  {
    id: 57,
    title: "Each request for the page is logged",
    sources: "CKV_AWS_86, AwsSolutions-CFR3, CloudFront.5",
    violations: graph =>
      each(graph, types.distribution, ({ loggingConfig }) => !record(loggingConfig).bucket && "keeps no log"),
  },
  {
    id: 58,
    title: "A firewall stands before the page",
    sources: "CKV_AWS_68, AwsSolutions-CFR2, CloudFront.6",
    violations: graph => each(graph, types.distribution, ({ webAclId }) => !webAclId && "has no firewall"),
  },
  {
    id: 59,
    title:
      "Each key is bounded, the page's more than the others, and functions that want somebody's key know it",
    sources: "CKV_AWS_120, APIGateway quotas, issue of the page",
    violations: graph => {
      const quota = (plan: GraphResource) => Number(record(plan.inputs.quotaSettings).limit ?? Number.NaN);
      const unbounded = each(graph, types.usagePlan, ({ throttleSettings }, plan) => {
        const { rateLimit } = record(throttleSettings);
        return !(Number(rateLimit) > 0 && quota(plan) > 0) && "bounds nothing";
      });
      const key = resourcesOf(graph, types.apiKey).find(({ name }) => name === "PageApiKey");
      const planOf = resourcesOf(graph, "aws:apigateway/usagePlanKey:UsagePlanKey").find(
        ({ inputs }) => inputs.keyId === key?.id,
      )?.inputs.usagePlanId;
      const plans = resourcesOf(graph, types.usagePlan);
      const own = plans.find(({ id }) => id === planOf);
      if (!key || !own) return [...unbounded, "the page has no key with a plan of its own"];
      const smallest = plans.every(plan => plan === own || quota(plan) > quota(own));
      const knows = graph.functions.some(
        ({ functionName, links }) =>
          functionName.endsWith("-alerts") && record(links.PublicKey).id === key.id,
      );
      return [
        ...unbounded,
        ...(smallest ? [] : [`${nameOf(own)} allows the page as much as a key of one's own`]),
        ...(knows ? [] : ["the function of alerts does not know the page's key"]),
      ];
    },
  },
];
