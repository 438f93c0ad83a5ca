import {
  type Change,
  change,
  changePolicy,
  changeStatements,
  find,
  type Mistakes,
  remove,
} from "../change-graph.ts";

const distribution = (changed: Record<string, unknown>) =>
  change("cloudfront/distribution:Distribution", changed);
/** Changes parts of what the distribution does with each request. */
const behavior =
  (changed: Record<string, unknown>): Change =>
  graph => {
    const { inputs } = find(graph, "cloudfront/distribution:Distribution");
    inputs.defaultCacheBehavior = { ...Object(inputs.defaultCacheBehavior), ...changed };
  };
const headers =
  (from: string, to: string): Change =>
  graph => {
    const { inputs } = find(graph, "ResponseHeadersPolicy", "PageHeaders");
    const config = JSON.stringify(inputs.securityHeadersConfig);
    if (!config.includes(from)) throw new Error(`The page's headers say nothing of ${from}`);
    inputs.securityHeadersConfig = JSON.parse(config.replace(from, to));
  };

/** Against the rules of the page. */
export const siteMistakes: Mistakes = {
  54: {
    "no block of the public": remove("BucketPublicAccessBlock"),
    "public policies": change("BucketPublicAccessBlock", { blockPublicPolicy: false }),
    "answers without TLS": changePolicy("BucketPolicy", "PageAssetsPolicy", "policy", "Deny", "Allow"),
    "as SST has it": changeStatements("BucketPolicy", "PageAssetsPolicy", "policy", statements =>
      statements.map(statement =>
        statement.Effect === "Allow" ? { ...statement, Condition: undefined } : statement,
      ),
    ),
    "readers of the account": changePolicy(
      "BucketPolicy",
      "PageAssetsPolicy",
      "policy",
      "aws:SourceArn",
      "aws:SourceAccount",
    ),
  },
  55: {
    "HTTP too": behavior({ viewerProtocolPolicy: "allow-all" }),
    "as SST has it": behavior({
      allowedMethods: ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"],
    }),
    "CloudFront's own certificate": distribution({
      viewerCertificate: { cloudfrontDefaultCertificate: true },
    }),
    "an old protocol": distribution({ viewerCertificate: { minimumProtocolVersion: "TLSv1.1_2016" } }),
  },
  56: {
    "as SST has it": behavior({ responseHeadersPolicyId: undefined }),
    "inline scripts": headers("script-src 'self'", "script-src 'self' 'unsafe-inline'"),
    "any host": headers("connect-src 'self'", "connect-src 'self' https:"),
    "what it does not name": headers("default-src 'none'", "default-src 'self'"),
    "frames of others": headers("; frame-ancestors 'none'", ""),
    "a base elsewhere": headers("; base-uri 'none'", ""),
    "guessed types": headers("contentTypeOptions", "frameOption"),
    "where readers were": headers("referrerPolicy", "other"),
    "a day of HTTPS": headers("63072000", "86400"),
  },
  57: { "no log": distribution({ loggingConfig: undefined }) },
  58: { "no firewall": distribution({ webAclId: undefined }) },
  59: {
    "a plan without a quota": change(
      "apigateway/usagePlan:UsagePlan",
      { quotaSettings: undefined },
      "ApiUsagePlanUsagePlan",
    ),
    "a plan without a rate": change(
      "apigateway/usagePlan:UsagePlan",
      { throttleSettings: undefined },
      "PageUsagePlanUsagePlan",
    ),
    "as much as a key of one's own": change(
      "apigateway/usagePlan:UsagePlan",
      { quotaSettings: { limit: 1_000_000, period: "DAY" } },
      "PageUsagePlanUsagePlan",
    ),
    "no plan of its own": remove("UsagePlanKey", "PageUsagePlanKey"),
    "alerts that do not know it": graph => {
      for (const { links } of graph.functions) delete links.PublicKey;
    },
  },
};
