import type { AnchorPrice, AnchorWindow } from "@vibe-charting/database";
import { type QuotedCoin, quotedHours } from "./coinmarketcap/parse-listing.ts";

const hourMs = 60 * 60 * 1_000;
/** A price this near to a window's start stands for it in an answer: then no anchor is needed. */
const longestToleranceMs = 12 * hourMs;
/** The windows of the changes that a listing may name. */
export const anchorWindows: readonly AnchorWindow[] = quotedHours.map(hours => ({
  hours,
  toleranceMs: Math.min((hours * hourMs) / 4, longestToleranceMs),
}));
/** As in a listing. */
const absurdPriceUsd = 1e12;

/**
 * The prices that the provider's changes tell of the past, `price / (1 + change / 100)`: with them a new installation
 * can tell how coins did before its first price.
 */
export function anchorPrices(
  cryptoId: number,
  { priceUsd, observedAt, changes }: Pick<QuotedCoin, "priceUsd" | "observedAt" | "changes">,
): readonly AnchorPrice[] {
  return changes.flatMap(({ hours, pct }) => {
    const before = priceUsd / (1 + pct / 100);
    if (!(before > 0 && before < absurdPriceUsd)) return [];
    const at = new Date(observedAt.getTime() - hours * hourMs);
    return [{ cryptoId, at, priceUsd: before, quotedAt: observedAt }];
  });
}
