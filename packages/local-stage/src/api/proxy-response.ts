import { isRecord } from "../resource-reader.ts";

export type ProxyResponse = { statusCode: number; headers: [string, string][]; body: Buffer };

const ALLOWED_KEYS = new Set(["statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded"]);

/** What the function answered, or nothing when API Gateway would call it malformed. */
export function parseProxyResponse(payload: string): ProxyResponse | undefined {
  const value: unknown = JSON.parse(payload);
  if (!isRecord(value) || !Object.keys(value).every(key => ALLOWED_KEYS.has(key))) return undefined;
  const statusCode = Number(value.statusCode);
  if (!Number.isInteger(statusCode) || statusCode < 100 || statusCode > 599) return undefined;
  const headers = collectHeaders(value.headers, value.multiValueHeaders);
  const body = value.body ?? "";
  if (headers === undefined || typeof body !== "string") return undefined;
  if (!headers.some(([name]) => name.toLowerCase() === "content-type")) {
    headers.push(["Content-Type", "application/json"]);
  }
  return { statusCode, headers, body: Buffer.from(body, value.isBase64Encoded === true ? "base64" : "utf8") };
}

/** `multiValueHeaders` wins over `headers` for the same name, as with API Gateway. */
function collectHeaders(single: unknown, multi: unknown): [string, string][] | undefined {
  const headers: [string, string][] = [];
  const multiple = multi ?? {};
  const simple = single ?? {};
  if (!isRecord(multiple) || !isRecord(simple)) return undefined;
  for (const [name, values] of Object.entries(multiple)) {
    if (!Array.isArray(values)) return undefined;
    for (const value of values) headers.push([name, String(value)]);
  }
  const taken = new Set(headers.map(([name]) => name.toLowerCase()));
  for (const [name, value] of Object.entries(simple)) {
    if (typeof value === "object" && value !== null) return undefined;
    if (value !== null && !taken.has(name.toLowerCase())) headers.push([name, String(value)]);
  }
  return headers;
}
