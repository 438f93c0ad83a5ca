/**
 * How many days of past prices are worth asking for, of those that were asked for: the next clean-up drops what is
 * older than the stage keeps. `notice` says so where fewer are loaded.
 */
export function daysToLoad(
  askedDays: number,
  retentionDays: number,
): { readonly days: number; readonly notice: string | null } {
  if (askedDays <= retentionDays) return { days: askedDays, notice: null };
  return {
    days: retentionDays,
    notice: `This stage keeps prices for ${retentionDays} days, so ${retentionDays} days are loaded and not ${askedDays}. To keep more, set VIBE_RETENTION_DAYS and deploy or start the stage again.`,
  };
}
