/** What differs between stages, in one place. */
export const isProduction = $app.stage === "production";

/** The prefix of every physical name: in stages other than production, names carry the stage. */
export const namePrefix = isProduction ? "vibe-charting" : `vibe-charting-${$app.stage}`;

/** A resource's physical name, e.g. `vibe-charting-trend-analysis`. */
export function physicalName(name: string): string {
  return `${namePrefix}-${name}`;
}

/** A secret's name, e.g. `vibe-charting/database`. */
export function secretName(name: string): string {
  return `${namePrefix}/${name}`;
}

export const region = "us-east-2";
export const accountId = aws.getCallerIdentityOutput().accountId;
