import ipaddr from "ipaddr.js";

/**
 * Whether an IP address is of the public internet. Everything else has a name of its own: private, loopback,
 * link-local with the metadata service, carrier-grade NAT, multicast, IPv6 that wraps IPv4, and so on.
 */
export function isPublicAddress(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.parse(address).range() === "unicast";
}
