import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { SitePlan } from "./site-plan.ts";

/** Answers a request that is for the site; false leaves it to the API. */
export type SiteServer = (request: IncomingMessage, response: ServerResponse, path: string) => boolean;

/**
 * Serves a site as its CDN does, and beside an API on one origin. Its pages have the paths of API routes (`/signals`);
 * who asks for HTML and shows no key is at the page, since every such route wants a key. The files are read now: what is
 * served stays as it was deployed.
 */
export async function serveStaticSite({
  files,
  known,
  routes,
  fallback,
  headers,
}: SitePlan): Promise<SiteServer> {
  const served = new Map(
    await Promise.all(
      [...files].map(async ([path, { from, contentType, cacheControl }]) => {
        const body = "source" in from ? await readFile(from.source) : from.content;
        const own = { "content-type": contentType, ...(cacheControl && { "cache-control": cacheControl }) };
        return [path, { body, headers: { ...own, ...headers } }] as const;
      }),
    ),
  );
  const send = (response: ServerResponse, path: string) => {
    const file = served.get(path);
    if (file === undefined) return false;
    response.writeHead(200, file.headers);
    response.end(file.body);
    return true;
  };
  return (request, response, path) => {
    if (request.method !== "GET" && request.method !== "HEAD") return false;
    if (known.has(path) || routes.some(route => path.startsWith(route))) return send(response, path);
    const wantsPage =
      path === "/" || (request.headers.accept?.includes("text/html") && !request.headers["x-api-key"]);
    if (!wantsPage || fallback === undefined) return false;
    // The API answers the same address otherwise: a cache must not mix the two up.
    response.setHeader("vary", "accept, x-api-key");
    return send(response, fallback);
  };
}
