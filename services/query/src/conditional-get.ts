import { createHash } from "node:crypto";
import { findOperation, operationSchemas } from "@vibe-charting/contracts";
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from "aws-lambda";

type Exchange = { readonly event: APIGatewayProxyEvent; response: APIGatewayProxyResult | null };

/** A client that polls asks each time, and is told in a few bytes that nothing changed. */
const cacheControl = "private, no-cache";

/**
 * Gives answers that clients poll an `ETag`, and answers a request that has it already with 304. A middleware for
 * `httpApi`: what it leaves gets the CORS headers after it.
 */
export const conditionalGet = {
  after: (exchange: Exchange): void => {
    const { event, response } = exchange;
    const operation = findOperation(event.httpMethod, event.resource);
    if (response?.statusCode !== 200 || !operation || !operationSchemas[operation].isConditional) return;
    const tag = `"${createHash("sha256").update(response.body).digest("base64url").slice(0, 22)}"`;
    const headers = { ...response.headers, ETag: tag, "Cache-Control": cacheControl };
    exchange.response = matches(event.headers["if-none-match"], tag)
      ? { statusCode: 304, headers: { ETag: tag, "Cache-Control": cacheControl }, body: "" }
      : { ...response, headers };
  },
};

/** Weak tags compare like strong ones here (RFC 9110, 13.1.2): a proxy that compresses makes them weak. */
function matches(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch.split(",").some(candidate => ["*", tag].includes(candidate.trim().replace(/^W\//, "")));
}
