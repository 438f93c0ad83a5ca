import { lookup } from "node:dns/promises";
import { isPublicAddress } from "./public-address.ts";

/** The addresses of a host. */
export type ResolveHost = (host: string) => Promise<readonly string[]>;

export type EndpointAddress =
  | { readonly kind: "public" }
  | { readonly kind: "refused"; readonly reason: string }
  /** Nothing is known now: the resolver does not answer. */
  | { readonly kind: "unknown"; readonly reason: string };

/** Asks the system's resolver for every address of a host. */
export const resolveHost: ResolveHost = async host =>
  (await lookup(host, { all: true })).map(({ address }) => address);

/** Whether a host is of the public internet, with all of its addresses, at this moment. */
export async function resolveEndpoint(host: string, resolve: ResolveHost): Promise<EndpointAddress> {
  try {
    const addresses = await resolve(host);
    const foreign = addresses.find(address => !isPublicAddress(address));
    if (foreign !== undefined)
      return { kind: "refused", reason: `${host} is at ${foreign}, which is no public address` };
    return addresses.length > 0 ? { kind: "public" } : { kind: "refused", reason: `${host} has no address` };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (code === "ENOTFOUND" || code === "ENODATA")
      return { kind: "refused", reason: `${host} has no address` };
    return { kind: "unknown", reason: `${host} cannot be looked up now (${code || String(error)})` };
  }
}
