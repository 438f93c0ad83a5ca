import { lookup } from "node:dns";
import { request } from "node:https";
import type { LookupFunction } from "node:net";
import { rootCertificates } from "node:tls";
import ipaddr from "ipaddr.js";

/** As long as SNS waits for an endpoint. */
const timeoutMs = 15_000;

/** Public hosts that whoever runs the stage has on this machine. */
export type LocalEndpoints = {
  /** By the host's name, where it really listens. */
  readonly hosts: Readonly<Record<string, { readonly address: string; readonly port: number }>>;
  /** Certificates, in PEM, that are trusted beside the usual ones. */
  readonly certificates: readonly string[];
};

/** Posts a message; gives the status, and throws where there was no answer. */
export type PostToEndpoint = (
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  signal: AbortSignal,
) => Promise<number>;

/**
 * Posts to HTTPS endpoints as SNS does: with the certificate checked, without following redirects. A host that
 * nobody has led to this machine must be of the public internet when it is connected to, whatever it was before.
 */
export function endpointPoster({ hosts, certificates }: LocalEndpoints): PostToEndpoint {
  return (url, headers, body, signal) => {
    const { hostname, port, pathname, search, host } = new URL(url);
    const local = hosts[hostname];
    return new Promise((resolve, reject) => {
      const posting = request(
        {
          host: local?.address ?? hostname,
          port: local?.port ?? (port === "" ? 443 : Number(port)),
          servername: hostname,
          path: `${pathname}${search}`,
          method: "POST",
          headers: { ...headers, host, "content-length": Buffer.byteLength(body) },
          timeout: timeoutMs,
          signal,
          agent: false,
          ca: [...rootCertificates, ...certificates],
          ...(!local && { lookup: lookupPublic }),
        },
        response => {
          response.resume();
          response.once("end", () => resolve(response.statusCode ?? 0));
          response.once("error", reject);
        },
      );
      posting.once("timeout", () => posting.destroy(new Error(`no answer within ${timeoutMs / 1_000} s`)));
      posting.once("error", reject);
      posting.end(body);
    });
  };
}

const lookupPublic: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    const foreign = addresses?.find(({ address }) => ipaddr.parse(address).range() !== "unicast");
    const refusal = foreign && new Error(`${hostname} is at ${foreign.address}, which is no public address`);
    const [first] = addresses ?? [];
    if (error ?? refusal) callback(error ?? refusal ?? null, "", 0);
    else if (options.all) callback(null, addresses);
    else callback(null, first?.address ?? "", first?.family ?? 0);
  });
};
