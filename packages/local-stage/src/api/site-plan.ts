import { type GraphResource, type ResourceGraph, resourcesOf } from "../graph/resource-graph.ts";
import { LocalStageError } from "../local-stage-error.ts";
import { describeResource, isRecord, parseJson, property, requiredString } from "../resource-reader.ts";

type SiteFile = {
  /** The file on this machine that a deploy uploads, or what the stacks put there themselves. */
  readonly from: { readonly source: string } | { readonly content: string };
  readonly contentType: string;
  readonly cacheControl: string | undefined;
};

/** A site as CloudFront serves it: SST's router decides by the path, the bucket has the files. */
export type SitePlan = {
  /** By path, such as `/index.html`. */
  readonly files: ReadonlyMap<string, SiteFile>;
  /** Paths of which the router knows that the bucket has them. */
  readonly known: ReadonlySet<string>;
  /** Beginnings of paths that are looked for in the bucket without being known. */
  readonly routes: readonly string[];
  /** The path of the page that stands for every other path. */
  readonly fallback: string | undefined;
  /** Sent with every file. */
  readonly headers: Readonly<Record<string, string>>;
};

/** SST's own providers are all of this type. */
const dynamicResource = "pulumi-nodejs:dynamic:Resource";

/** Reads the graph's `sst.aws.StaticSite`, if there is one, from its CDN on. */
export function planSite(graph: ResourceGraph): SitePlan | undefined {
  const distributions = resourcesOf(graph, "aws:cloudfront/distribution:Distribution");
  const [distribution, ...others] = distributions;
  if (distribution === undefined) return undefined;
  if (others.length > 0) {
    throw new LocalStageError(
      `The local stage serves one site at "/", and the stacks declare ${distributions.map(describeResource).join(", ")}.`,
    );
  }
  const behavior = property(distribution, "defaultCacheBehavior");
  if (!isRecord(behavior)) throw new LocalStageError(`${describeResource(distribution)} has no behavior.`);
  const router = routerOf(graph, distribution, behavior);
  const bucket = resourcesOf(graph, "aws:s3/bucket:Bucket").find(
    ({ outputs }) => outputs.bucketRegionalDomainName === router.bucketDomain,
  );
  if (bucket === undefined) {
    throw new LocalStageError(
      `${describeResource(distribution)} serves ${router.bucketDomain}, which is no bucket of the stacks.`,
    );
  }
  const { known, routes, fallback } = router;
  return {
    files: filesOf(graph, requiredString(bucket, "bucket")),
    known,
    routes,
    fallback,
    headers: headersOf(graph, behavior),
  };
}

type Router = Pick<SitePlan, "known" | "routes" | "fallback"> & { readonly bucketDomain: string };

/** What SST's CloudFront function reads from its key-value store: `KV_SITE_METADATA` in SST's router. */
function routerOf(
  graph: ResourceGraph,
  distribution: GraphResource,
  behavior: Record<string, unknown>,
): Router {
  const associated = [behavior.functionAssociations ?? []].flat().filter(isRecord);
  const stores: unknown[] = resourcesOf(graph, "aws:cloudfront/function:Function")
    .filter(({ outputs }) => associated.some(({ functionArn }) => functionArn === outputs.arn))
    .flatMap(resource => property(resource, "keyValueStoreAssociations") ?? []);
  for (const keys of resourcesOf(graph, dynamicResource)) {
    const entries = property(keys, "entries");
    if (!stores.includes(property(keys, "store")) || !isRecord(entries)) continue;
    const { metadata, ...paths } = entries;
    const site = parseJson(keys, "metadata", String(metadata));
    const s3 = isRecord(site) && isRecord(site.s3) ? site.s3 : {};
    const routes = Array.isArray(s3.routes) ? s3.routes.map(String) : [];
    const fallback = isRecord(site) && typeof site.custom404 === "string" ? site.custom404 : undefined;
    return { known: new Set(Object.keys(paths)), routes, fallback, bucketDomain: String(s3.domain) };
  }
  throw new LocalStageError(
    `${describeResource(distribution)} has no router of an sst.aws.StaticSite, which is what the local stage serves.`,
  );
}

function filesOf(graph: ResourceGraph, bucketName: string): ReadonlyMap<string, SiteFile> {
  const uploaded = resourcesOf(graph, dynamicResource)
    .filter(resource => property(resource, "bucketName") === bucketName)
    .flatMap(resource => [property(resource, "files") ?? []].flat().filter(isRecord))
    .map(({ key, source, contentType, cacheControl }) => ({
      key,
      from: { source: String(source) },
      contentType,
      cacheControl,
    }));
  const declared = resourcesOf(graph, "aws:s3/bucketObjectv2:BucketObjectv2")
    .filter(resource => property(resource, "bucket") === bucketName)
    .map(resource => ({
      key: requiredString(resource, "key"),
      from: { content: requiredString(resource, "content") },
      contentType: property(resource, "contentType"),
      cacheControl: property(resource, "cacheControl"),
    }));
  return new Map(
    [...uploaded, ...declared].map(({ key, from, contentType, cacheControl }) => [
      `/${key}`,
      {
        from,
        contentType: typeof contentType === "string" ? contentType : "binary/octet-stream",
        cacheControl: typeof cacheControl === "string" ? cacheControl : undefined,
      },
    ]),
  );
}

/** The headers of a response headers policy, as CloudFront writes them. */
function headersOf(graph: ResourceGraph, behavior: Record<string, unknown>): Record<string, string> {
  const id = behavior.responseHeadersPolicyId;
  if (id === undefined) return {};
  const policy = resourcesOf(graph, "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy").find(
    resource => resource.id === id,
  );
  if (policy === undefined) {
    throw new LocalStageError(
      `The site's response headers policy ${String(id)} is none that the stacks declare.`,
    );
  }
  const security = property(policy, "securityHeadersConfig");
  const custom = property(policy, "customHeadersConfig");
  const items = isRecord(custom) ? [custom.items ?? []].flat().filter(isRecord) : [];
  return {
    ...(isRecord(security) && securityHeaders(security)),
    ...Object.fromEntries(items.map(({ header, value }) => [String(header).toLowerCase(), String(value)])),
  };
}

function securityHeaders(config: Record<string, unknown>): Record<string, string> {
  const of = (name: string) => (isRecord(config[name]) ? config[name] : undefined);
  const policy = of("contentSecurityPolicy");
  const frame = of("frameOptions");
  const referrer = of("referrerPolicy");
  const transport = of("strictTransportSecurity");
  return {
    ...(policy && { "content-security-policy": String(policy.contentSecurityPolicy) }),
    ...(of("contentTypeOptions") && { "x-content-type-options": "nosniff" }),
    ...(frame && { "x-frame-options": String(frame.frameOption) }),
    ...(referrer && { "referrer-policy": String(referrer.referrerPolicy) }),
    ...(transport && {
      "strict-transport-security": [
        `max-age=${transport.accessControlMaxAgeSec}`,
        ...(transport.includeSubdomains === true ? ["includeSubDomains"] : []),
        ...(transport.preload === true ? ["preload"] : []),
      ].join("; "),
    }),
  };
}
