import type { Rule } from "./rule.ts";

/** The shapes in which the product is deployed. */
export const stageKinds = ["dev", "production", "production-multi-az"] as const;
export type StageKind = (typeof stageKinds)[number];

/** A rule that is knowingly not kept, for the violations that match and no others. */
export type Waiver = {
  rule: Rule["id"];
  stages: readonly StageKind[];
  /** What is waived of the rule. */
  matching: RegExp;
  reason: string;
  /** USD a month that keeping the rule would cost, at list prices. */
  monthlyCostUsd: number;
};

const everywhere = stageKinds;

export const waivers: Waiver[] = [
  {
    rule: 3,
    stages: ["dev"],
    matching: /has no deletion protection$/,
    reason: "A developer's stage is removed as a whole, with `sst remove`",
    monthlyCostUsd: 0,
  },
  {
    rule: 5,
    stages: ["dev"],
    matching: /goes without a last snapshot$/,
    reason: "A developer's stage holds nothing that cannot be taken in again",
    monthlyCostUsd: 0,
  },
  {
    rule: 15,
    stages: ["dev", "production"],
    matching: /is in one availability zone$/,
    reason: "A day's listing can be taken in hours late; VIBE_MULTI_AZ=true keeps the rule",
    monthlyCostUsd: 13.98,
  },
  {
    rule: 40,
    stages: everywhere,
    matching: /\(GET \/(health|openapi\.json)\) is open to all$/,
    reason:
      "Monitors and client generators ask without a key; neither answer holds market data, and both are throttled",
    monthlyCostUsd: 0,
  },
  {
    rule: 42,
    stages: everywhere,
    matching: /answers the pages of any origin$/,
    reason:
      "Integrators call the API from pages of their own, each with its key in a header; no credentials of a browser are accepted",
    monthlyCostUsd: 0,
  },
  {
    rule: 43,
    stages: everywhere,
    matching: /has no firewall$/,
    reason:
      "Keys, throttles and quotas bound what a caller can do; a firewall costs a quarter of everything else",
    monthlyCostUsd: 6,
  },
  {
    rule: 44,
    stages: ["dev"],
    matching: /is gone at once when it is deleted$/,
    reason: "A developer's stage must be able to come back under its name on the same day",
    monthlyCostUsd: 0,
  },
  {
    rule: 44,
    stages: everywhere,
    matching: /is not rotated by itself$/,
    reason:
      "The provider's key is rotated at the provider; the database's password, which the migrator alone uses, by docs/runbook.md",
    monthlyCostUsd: 0.4,
  },
  {
    rule: 55,
    stages: ["dev"],
    matching: /takes TLS before 1\.2$/,
    reason: "Without a domain the certificate is CloudFront's own, with which it takes what browsers offer",
    monthlyCostUsd: 0,
  },
  {
    rule: 57,
    stages: everywhere,
    matching: /keeps no log$/,
    reason:
      "The files are the same for everybody and hold no data; the API's own log has each request for data, and who looked at the page is kept by nobody",
    monthlyCostUsd: 0.1,
  },
  {
    rule: 58,
    stages: everywhere,
    matching: /has no firewall$/,
    reason: "Files from a cache need none; a firewall costs a fifth of everything else",
    monthlyCostUsd: 6,
  },
];
