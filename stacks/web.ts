import { api } from "./query.ts";
import { physicalName } from "./stage.ts";

/**
 * The page's own key. Everybody who opens the page reads it, so it is no secret: what protects the API is that this
 * plan is small, and apart from the plan of those who have keys of their own.
 */
const plan = api.addUsagePlan("PageUsagePlan", {
  throttle: { rate: 10, burst: 40 },
  quota: { limit: 50_000, period: "day" },
});
const pageKey = plan.addApiKey("PageApiKey");

/** The origin of the API, from which alone the page may load data. */
const apiOrigin = api.url.apply(url => new URL(url).origin);

/** As the local stage sends it, with the API on an origin of its own. */
const contentSecurityPolicy = $interpolate`default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self' ${apiOrigin}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'`;

const headers = new aws.cloudfront.ResponseHeadersPolicy("PageHeaders", {
  name: physicalName("page-headers"),
  comment: "What the page may load, and who may frame it: nobody",
  securityHeadersConfig: {
    contentSecurityPolicy: { contentSecurityPolicy, override: true },
    contentTypeOptions: { override: true },
    referrerPolicy: { referrerPolicy: "no-referrer", override: true },
    strictTransportSecurity: { accessControlMaxAgeSec: 63_072_000, includeSubdomains: true, override: true },
  },
});

/** Changed with each deploy, under the same name. */
const unhashed = ["**/*.html", "config.json", "icon.svg"];

export const page = new sst.aws.StaticSite("Page", {
  path: "packages/web",
  build: { command: "node scripts/build.ts", output: "dist" },
  // The build writes them to config.json, which the page reads when it starts.
  environment: { PAGE_API_URL: api.url, PAGE_API_KEY: pageKey.value, PAGE_POLL_SECONDS: "60" },
  // SST writes types of the environment, which the page's sources do not read.
  vite: { types: "node_modules/.sst/sst-env.d.ts" },
  assets: {
    fileOptions: [
      { files: "**", ignore: ".built-from", cacheControl: "max-age=31536000,public,immutable" },
      { files: unhashed, cacheControl: "max-age=0,no-cache,must-revalidate" },
    ],
  },
  transform: {
    cdn: args => {
      args.defaultCacheBehavior = $output(args.defaultCacheBehavior).apply(behavior => ({
        ...behavior,
        responseHeadersPolicyId: headers.id,
      }));
    },
  },
});
