/** What differs between stages, in one place. */
export const isProduction = $app.stage === "production";

/** The prefix of every physical name: in stages other than production, names carry the stage. */
const prefix = isProduction ? "vibe-charting" : `vibe-charting-${$app.stage}`;

/** A resource's physical name, e.g. `vibe-charting-trend-analysis`. */
export function physicalName(name: string): string {
  return `${prefix}-${name}`;
}

/** A secret's name, e.g. `vibe-charting/database`. */
export function secretName(name: string): string {
  return `${prefix}/${name}`;
}
