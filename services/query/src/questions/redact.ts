/** What looks like a key, a wallet, an e-mail or a network address. */
const secrets = [
  /[^\s@]+@[^\s@]+\.[^\s@]+/gu,
  /\b\d{1,3}(?:\.\d{1,3}){3}\b/gu,
  /\b(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{0,4}\b/giu,
  /[\w-]{20,}/gu,
];
const longestText = 500;

/** A question as it may be kept: without keys and addresses that somebody pasted into it, and capped. */
export function redact(text: string): string {
  return secrets
    .reduce((redacted, secret) => redacted.replaceAll(secret, "[redacted]"), text)
    .replaceAll("\u0000", "")
    .slice(0, longestText);
}
