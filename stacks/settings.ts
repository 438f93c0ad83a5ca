/** The settings of a stage, from the environment of `sst deploy`; each has a default that suits a daily run. */
export const settings = {
  /** Coins of the listing that are followed, 1 to 10,000. */
  trackedCoins: wholeNumber("VIBE_TRACKED_COINS", 50, 1, 10_000),
  /** Days that prices and logs are kept. */
  retentionDays: wholeNumber("VIBE_RETENTION_DAYS", 90, 90, 3_650),
};

/** The settings that functions read. */
export const stageSettings = new sst.Linkable("Settings", { properties: settings });

function wholeNumber(name: string, fallback: number, least: number, most: number): number {
  const text = process.env[name];
  if (text === undefined || text === "") return fallback;
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new Error(`${name} must be a whole number from ${least} to ${most}, not "${text}"`);
}
