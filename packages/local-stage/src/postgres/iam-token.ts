/** A token of IAM for the database, as the RDS signer makes it: a signed URL without its protocol. */
type IamToken = {
  readonly endpoint: string;
  readonly user: string | null;
  readonly accessKeyId: string;
  readonly service: string;
  readonly signedAtMs: number;
  readonly lifetimeSeconds: number;
};

/** Clocks may differ by this much before a token counts as signed in the future. */
const clockSkewMs = 5 * 60 * 1_000;
/** RDS takes no token for longer, whatever it says. */
const longestLifetimeSeconds = 15 * 60;

/**
 * Whose access key signed the token, or why it is no right to connect to this server as this user now. The signature
 * is not computed: every function here has the same secret key, and its access key tells it apart.
 */
export function readAccessKey(
  text: string,
  wanted: { readonly endpoint: string; readonly user: string; readonly nowMs: number },
): { readonly accessKeyId: string } | { readonly refusal: string } {
  const token = parseToken(text);
  if (token === undefined) return { refusal: "what it gave as a password is no token of IAM" };
  if (token.service !== "rds-db") return { refusal: `its token is for ${token.service}` };
  if (token.endpoint !== wanted.endpoint) return { refusal: `its token is for ${token.endpoint}` };
  if (token.user !== wanted.user) return { refusal: `its token is for the user ${token.user}` };
  const lifetimeMs = Math.min(token.lifetimeSeconds, longestLifetimeSeconds) * 1_000;
  const ageMs = wanted.nowMs - token.signedAtMs;
  if (!(ageMs >= -clockSkewMs && ageMs <= lifetimeMs)) return { refusal: "its token has expired" };
  return { accessKeyId: token.accessKeyId };
}

function parseToken(text: string): IamToken | undefined {
  const url = URL.parse(`https://${text}`);
  const [accessKeyId = "", , , service = ""] = url?.searchParams.get("X-Amz-Credential")?.split("/") ?? [];
  const isSigned = /^[0-9a-f]{64}$/.test(url?.searchParams.get("X-Amz-Signature") ?? "");
  const [, ...time] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(url?.searchParams.get("X-Amz-Date") ?? "") ?? [];
  const [year, month, ...rest] = time.map(Number);
  if (!url || !isSigned || year === undefined || month === undefined) return undefined;
  if (url.searchParams.get("Action") !== "connect") return undefined;
  return {
    endpoint: url.host,
    user: url.searchParams.get("DBUser"),
    accessKeyId,
    service,
    signedAtMs: Date.UTC(year, month - 1, ...rest),
    lifetimeSeconds: Number(url.searchParams.get("X-Amz-Expires")),
  };
}
