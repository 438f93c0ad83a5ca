import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import { resolve } from "node:path";
import type { LocalEndpoints } from "@vibe-charting/local-stage";

/** A flag about endpoints is not what it must be: the message says what. */
export class EndpointFlagError extends Error {
  override readonly name = "EndpointFlagError";
}

/** Reads `hooks.example.com=127.0.0.1:8443` and the files of certificates. Throws an EndpointFlagError. */
export function readEndpoints(
  hosts: readonly string[],
  certificateFiles: readonly string[],
  workingDirectory: string,
): LocalEndpoints {
  return {
    hosts: Object.fromEntries(hosts.map(readHost)),
    certificates: certificateFiles.map(file => readCertificate(resolve(workingDirectory, file))),
  };
}

function readHost(text: string): [string, LocalEndpoints["hosts"][string]] {
  const [, host = "", address = "", port = ""] = /^([a-z0-9.-]+)=([0-9.]+):(\d{1,5})$/i.exec(text) ?? [];
  if (isIP(address) === 0 || Number(port) < 1 || Number(port) > 65_535) {
    throw new EndpointFlagError(
      `--endpoint must be a host, an address and a port, such as hooks.example.com=127.0.0.1:8443, not "${text}"`,
    );
  }
  return [host.toLowerCase(), { address, port: Number(port) }];
}

function readCertificate(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new EndpointFlagError(
      `--endpoint-ca must be a file of certificates that can be read, not ${file}`,
      {
        cause,
      },
    );
  }
}
