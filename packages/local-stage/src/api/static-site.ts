import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, join } from "node:path";

/** A built single-page site, and what its `/config.json` says. */
export type StaticSite = {
  /** With `index.html`, and everything else that it names. */
  readonly directory: string;
  readonly config: Readonly<Record<string, unknown>>;
};

/** Answers a request that is for the site; false leaves it to the API. */
export type SiteServer = (
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
) => Promise<boolean>;

/** What the page may load: its own files, and data from where it came from. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join("; ");

const safetyHeaders = {
  "content-security-policy": contentSecurityPolicy,
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
} as const;

const contentTypes: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** A file that index.html names: below /assets/ its name carries a hash of its content. */
const filePath = /^\/(?:assets\/)?[\w-]+(?:\.[\w-]+)*\.(?:css|js|svg)$/;

/**
 * Serves a site beside an API on one origin, as a CDN in front of both would. Its pages have the paths of API routes
 * (`/signals`); who asks for HTML and shows no key is at the page, since every such route wants a key.
 */
export function serveStaticSite({ directory, config }: StaticSite): SiteServer {
  const send = (response: ServerResponse, type: string, cache: string, body: string | Buffer) => {
    response.writeHead(200, { ...safetyHeaders, "content-type": type, "cache-control": cache });
    response.end(body);
    return true;
  };
  return async (request, response, path) => {
    if (request.method !== "GET" && request.method !== "HEAD") return false;
    if (path === "/config.json")
      return send(response, "application/json", "no-store", JSON.stringify(config));
    if (filePath.test(path)) {
      const body = await readIfThere(join(directory, path));
      if (body === undefined) return false;
      const cache = path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache";
      return send(response, contentTypes[extname(path)] ?? "application/octet-stream", cache, body);
    }
    const wantsPage = request.headers.accept?.includes("text/html") && !request.headers["x-api-key"];
    if (!wantsPage) return false;
    const page = await readIfThere(join(directory, "index.html"));
    // The API answers the same address otherwise: a cache must not mix the two up.
    response.setHeader("vary", "accept, x-api-key");
    return page !== undefined && send(response, "text/html; charset=utf-8", "no-cache", page);
  };
}

async function readIfThere(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch {
    return undefined;
  }
}
