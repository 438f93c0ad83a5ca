import { describe, expect, it } from "vitest";
import { changed, graphOf, without } from "../../test/graph-fixture.ts";
import { siteResources } from "../../test/site-fixture.ts";
import { LocalStageError } from "../local-stage-error.ts";
import { planSite } from "./site-plan.ts";

const graph = graphOf(siteResources("/build"));

describe("a site of the graph", () => {
  it("has the uploaded files and those of the stacks, the router's paths, and the headers of its policy", () => {
    expect(planSite(graph)).toEqual({
      files: new Map([
        [
          "/index.html",
          {
            from: { source: "/build/index.html" },
            contentType: "text/html;charset=UTF-8",
            cacheControl: "no-cache",
          },
        ],
        [
          "/secret.txt",
          { from: { source: "/build/secret.txt" }, contentType: "text/plain", cacheControl: "no-cache" },
        ],
        [
          "/assets/index-Ab_1.js",
          {
            from: { source: "/build/assets/index-Ab_1.js" },
            contentType: "text/javascript;charset=UTF-8",
            cacheControl: "max-age=31536000,immutable",
          },
        ],
        [
          "/config.json",
          {
            from: { content: '{"apiKey":"k"}' },
            contentType: "application/json",
            cacheControl: "no-cache",
          },
        ],
      ]),
      known: new Set(["/index.html"]),
      routes: ["/config.json", "/assets"],
      fallback: "/index.html",
      headers: {
        "content-security-policy": "default-src 'none'",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "no-referrer",
        "strict-transport-security": "max-age=600; includeSubDomains",
        "x-site": "yes",
      },
    });
  });

  it("is none where the stacks declare none", () => {
    expect(planSite(graphOf([]))).toBeUndefined();
  });

  it.each([
    [
      "a CDN without SST's router",
      without(graph, "SiteKeys"),
      'Distribution "SiteCdn" has no router of an sst.aws.StaticSite, which is what the local stage serves.',
    ],
    [
      "a bucket that is gone",
      without(graph, "SiteBucket"),
      'Distribution "SiteCdn" serves site-bucket.s3.us-east-2.amazonaws.com, which is no bucket of the stacks.',
    ],
    [
      "headers that are gone",
      without(graph, "SiteHeaders"),
      "The site's response headers policy SiteHeaders-id is none that the stacks declare.",
    ],
    [
      "a second site",
      graphOf([
        ...graph.resources,
        ...graph.resources
          .filter(({ name }) => name === "SiteCdn")
          .map(cdn => ({ ...cdn, name: "OtherCdn", id: "OtherCdn-id" })),
      ]),
      'The local stage serves one site at "/", and the stacks declare Distribution "SiteCdn", Distribution "OtherCdn".',
    ],
  ])("refuses %s", (_case, broken, message) => {
    expect(() => planSite(broken)).toThrow(new LocalStageError(message));
  });

  it("sends no headers without a policy", () => {
    expect(
      planSite(changed(graph, "SiteCdn", { defaultCacheBehavior: behaviorWithoutHeaders }))?.headers,
    ).toEqual({});
  });
});

const behaviorWithoutHeaders = {
  functionAssociations: [{ functionArn: "arn:aws:cloudfront::000000000000:function/site" }],
};
