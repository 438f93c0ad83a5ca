import { pageHeaders } from "./page-headers.ts";
import { pageKey } from "./page-key.ts";
import { api } from "./query.ts";
import { settings } from "./settings.ts";
import { accountId } from "./stage.ts";

/**
 * All that the page's key may do in a day, for all readers together: less than a key of one's own. What one reader uses
 * up, the others lack; nobody else does.
 */
const plan = api.addUsagePlan("PageUsagePlan", {
  throttle: { rate: 20, burst: 50 },
  quota: { limit: 50_000, period: "day" },
});
new aws.apigateway.UsagePlanKey("PageUsagePlanKey", {
  keyId: pageKey.id,
  keyType: "API_KEY",
  usagePlanId: plan.nodes.usagePlan.id,
});

/** Read by the page when it starts. Apart from the build, which is the same for all stages. */
const config = { file: "config.json", type: "application/json" };

/** What is new under the same name with each deploy. */
const unhashed = ["index.html", "icon.svg"];
const revalidated = "no-cache";

export const page = new sst.aws.StaticSite("Page", {
  path: "packages/web",
  // `sst dev` deploys it as well: it has no server of its own to run instead.
  dev: false,
  build: { command: "../../node_modules/.bin/node scripts/build.ts", output: "dist/site" },
  // SST writes types of the environment, which the page's sources do not read.
  vite: { types: "node_modules/.sst/sst-env.d.ts" },
  ...(settings.pageDomain && { domain: settings.pageDomain }),
  assets: {
    routes: [config.file],
    // A tab that was opened before a deploy loads its charts by the names that they had.
    purge: false,
    fileOptions: [
      { files: "**", cacheControl: "max-age=31536000,public,immutable" },
      { files: unhashed, cacheControl: revalidated },
    ],
  },
  transform: {
    assets: args => {
      args.cors = false;
      args.transform = { policy: onlyOurDistributions };
    },
    cdn: args => {
      args.defaultCacheBehavior = $output(args.defaultCacheBehavior).apply(behavior => ({
        ...behavior,
        // SST lets through everything, for sites with servers behind them.
        allowedMethods: ["GET", "HEAD"],
        responseHeadersPolicyId: pageHeaders.id,
      }));
    },
  },
});

new aws.s3.BucketObjectv2("PageConfig", {
  bucket: (page.nodes.assets ?? withoutBucket()).name,
  key: config.file,
  contentType: config.type,
  cacheControl: revalidated,
  content: $jsonStringify({
    apiUrl: api.url,
    apiKey: pageKey.value,
    pollSeconds: settings.pagePollSeconds,
  }),
});

/** SST lets every distribution of CloudFront read the bucket, those of other accounts too. */
function onlyOurDistributions(args: aws.s3.BucketPolicyArgs): undefined {
  const ours = $interpolate`arn:aws:cloudfront::${accountId}:distribution/*`;
  args.policy = $resolve([args.policy, ours]).apply(([policy, sourceArn]) => {
    // As SST's Bucket makes it; IAM's grammar gives the shape.
    const document: { Statement: { Effect: string }[] } = JSON.parse(String(policy));
    const Statement = document.Statement.map(statement =>
      statement.Effect === "Allow"
        ? { ...statement, Condition: { ArnLike: { "aws:SourceArn": sourceArn } } }
        : statement,
    );
    return JSON.stringify({ ...document, Statement });
  });
}

function withoutBucket(): never {
  throw new Error("The page has no bucket of its own, into which stacks/web.ts would put its configuration");
}
