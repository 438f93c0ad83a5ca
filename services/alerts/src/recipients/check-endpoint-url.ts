/** HTTPS has two registered ports; any other would make the product a way to knock at other services' doors. */
const ports = new Set(["", "443", "8443"]);

/** Names that are of no public host, whatever a resolver says. */
const privateName =
  /(^|\.)(localhost|local|internal|intranet|private|corp|home|lan|arpa|test|invalid|onion)$/;

export type EndpointUrl =
  | { readonly kind: "accepted"; readonly href: string; readonly host: string }
  | { readonly kind: "refused"; readonly reason: string };

/**
 * Reads the URL of an HTTPS endpoint. SNS posts to it and may read it otherwise than Node.js does, so that only
 * plain ones are accepted: a host name of letters, digits and hyphens, and no address in any notation.
 */
export function checkEndpointUrl(url: string): EndpointUrl {
  const refused = (reason: string) => ({ kind: "refused", reason }) as const;
  if (!/^[\x21-\x7e]+$/.test(url) || url.includes("\\"))
    return refused("must be of printable ASCII characters without spaces and backslashes");
  const [, authority] = /^https:\/\/([^/?#]+)/i.exec(url) ?? [];
  if (authority === undefined) return refused("must begin with https:// and a host name");
  if (authority.includes("@")) return refused("must have no user name or password");
  if (!/^[a-z0-9.-]+(:\d+)?$/i.test(authority))
    return refused("must have a host name of letters, digits, hyphens and dots, and not an address");
  if (!URL.canParse(url)) return refused("must be a valid URL");
  const { href, hostname, port, hash } = new URL(url);
  // The URL parser reads `127.1`, `0x7f000001` and `017700000001` as the address that they stand for.
  if (/^[\d.]+$/.test(hostname)) return refused("must have a host name, and not an address");
  if (
    !/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]([a-z0-9-]*[a-z0-9])?$/.test(hostname) ||
    privateName.test(hostname)
  )
    return refused("must have the name of a public host");
  if (!ports.has(port)) return refused("must be on port 443 or 8443");
  if (hash !== "") return refused("must have no part after #");
  return { kind: "accepted", href, host: hostname };
}
