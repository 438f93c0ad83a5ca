/** Why a coin that a question asks about could not be evaluated. */
export const skipReasons = {
  noStartPrice: "no price at the window's start",
  notEnoughData: "not enough data",
  notAnalyzed: "not analysed yet",
  noTrendOfThen: "trend of that time not worked out",
  noMarketCap: "market cap not known",
  pegged: "pegged to a currency",
  raisesNoSignals: "pegged or wrapped, raises no signals",
  notListed: "not in this listing",
  noDetector: "no detector for this signal",
} as const;
export type SkipReason = (typeof skipReasons)[keyof typeof skipReasons];
