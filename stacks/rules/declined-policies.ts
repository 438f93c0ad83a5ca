/** Policies of the scanners that are no rule here: knowingly, and for a reason. */
export type DeclinedPolicies = {
  policies: string;
  /** What they ask for. */
  what: string;
  reason: string;
  /** USD a month that following them would cost, at list prices. */
  monthlyCostUsd: number;
};

export const declinedPolicies: readonly DeclinedPolicies[] = [
  {
    policies: "CKV_AWS_149, CKV_AWS_158, CKV_AWS_173, CKV_AWS_297, CKV2_AWS_73",
    what: "Keys of our own for secrets, logs, environments, schedules and queues",
    reason:
      "All of them are encrypted with keys that AWS manages. The operations topic alone needs a key of ours, and has one",
    monthlyCostUsd: 5,
  },
  {
    policies: "CKV_AWS_272",
    what: "Signed code",
    reason: "Only the role of the deploy workflow may change a function, and it takes what main holds",
    monthlyCostUsd: 0,
  },
  {
    policies: "CKV_AWS_120, CKV_AWS_225",
    what: "A cache before the API",
    reason: "Answers change with every listing, and the smallest cache costs half of everything else",
    monthlyCostUsd: 14.6,
  },
  {
    policies: "CKV2_AWS_51",
    what: "A client certificate between API Gateway and what it calls",
    reason: "It calls functions, by a permission and over AWS's own network, and no server of ours",
    monthlyCostUsd: 0,
  },
];
