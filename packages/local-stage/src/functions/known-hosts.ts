import dns from "node:dns";
import { syncBuiltinESMExports } from "node:module";

/**
 * What functions are told of a host that whoever runs the stage has on this machine: an address of the public
 * internet, as the host would have. Nobody connects to it from here.
 */
const publicAddress = { address: "93.184.215.14", family: 4 } as const;

/** Has this thread's resolver know hosts by themselves, as /etc/hosts would; all others go the usual way. */
export function knowHosts(hosts: readonly string[]): void {
  if (hosts.length === 0) return;
  const lookup = dns.promises.lookup.bind(dns.promises);
  const known = async (host: string, options: dns.LookupOptions = {}) => {
    if (!hosts.includes(host)) return await lookup(host, options);
    return options.all ? [publicAddress] : publicAddress;
  };
  Object.assign(dns.promises, { lookup: known });
  syncBuiltinESMExports();
}
