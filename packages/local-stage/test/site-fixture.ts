import type { GraphResource } from "../src/graph/resource-graph.ts";
import { resource } from "./graph-fixture.ts";

const bucketDomain = "site-bucket.s3.us-east-2.amazonaws.com";
const storeArn = "arn:aws:cloudfront::000000000000:keyValueStore/site";
const routerArn = "arn:aws:cloudfront::000000000000:function/site";

/** What `sst.aws.StaticSite` makes of a folder with index.html, secret.txt and assets/, with headers and one file more. */
export function siteResources(folder: string): GraphResource[] {
  const uploaded = (key: string, contentType: string, cacheControl: string) => ({
    key,
    source: `${folder}/${key}`,
    contentType,
    cacheControl,
  });
  return [
    resource(
      "aws:s3/bucket:Bucket",
      "SiteBucket",
      { bucket: "site-bucket" },
      { bucketRegionalDomainName: bucketDomain },
    ),
    resource("pulumi-nodejs:dynamic:Resource", "SiteFiles", {
      bucketName: "site-bucket",
      files: [
        uploaded("index.html", "text/html;charset=UTF-8", "no-cache"),
        uploaded("secret.txt", "text/plain", "no-cache"),
        uploaded("assets/index-Ab_1.js", "text/javascript;charset=UTF-8", "max-age=31536000,immutable"),
      ],
    }),
    resource("aws:s3/bucketObjectv2:BucketObjectv2", "SiteConfig", {
      bucket: "site-bucket",
      key: "config.json",
      content: '{"apiKey":"k"}',
      contentType: "application/json",
      cacheControl: "no-cache",
    }),
    resource(
      "aws:cloudfront/function:Function",
      "SiteRouter",
      { keyValueStoreAssociations: [storeArn] },
      { arn: routerArn },
    ),
    resource("pulumi-nodejs:dynamic:Resource", "SiteKeys", {
      store: storeArn,
      entries: {
        "/index.html": "s3",
        metadata: JSON.stringify({
          custom404: "/index.html",
          s3: { domain: bucketDomain, dir: "", routes: ["/config.json", "/assets"] },
        }),
      },
    }),
    resource("aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy", "SiteHeaders", {
      securityHeadersConfig: {
        contentSecurityPolicy: { contentSecurityPolicy: "default-src 'none'", override: true },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: "DENY", override: true },
        referrerPolicy: { referrerPolicy: "no-referrer", override: true },
        strictTransportSecurity: { accessControlMaxAgeSec: 600, includeSubdomains: true, override: true },
      },
      customHeadersConfig: { items: [{ header: "X-Site", value: "yes", override: true }] },
    }),
    resource("aws:cloudfront/distribution:Distribution", "SiteCdn", {
      defaultCacheBehavior: {
        functionAssociations: [{ eventType: "viewer-request", functionArn: routerArn }],
        responseHeadersPolicyId: "SiteHeaders-id",
      },
    }),
  ];
}
