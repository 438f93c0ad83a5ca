import type { AlertDigest } from "@vibe-charting/contracts";
import type { HeldAlert } from "@vibe-charting/database";

/** Changes in one digest: more than anybody reads, and far below SNS's 256 KiB. */
export const mostChanges = 50;

/** Puts what was held back, the latest first, into one digest: by coin, and within a coin in the order of time. */
export function composeDigest(held: readonly HeldAlert[]): AlertDigest["data"] | null {
  const told = held.slice(0, mostChanges);
  const [latest] = told;
  if (!latest) return null;
  const byCoin = Map.groupBy(told, ({ signal }) => ("cmcId" in signal ? signal.cmcId : signal.symbol));
  return {
    alertIds: [...new Set(held.flatMap(({ alertIds }) => alertIds))].sort(),
    coins: [...byCoin.values()].flatMap(ofCoin => {
      const [first] = ofCoin;
      if (!first) return [];
      const { symbol } = first.signal;
      const name = "name" in first.signal ? first.signal.name : "The market as a whole";
      return [{ symbol, name, changes: ofCoin.toReversed().map(toChange) }];
    }),
    omitted: held.length - told.length,
    marketSource: latest.signal.marketSource,
  };
}

function toChange({
  eventId,
  signal,
  stateNow,
}: HeldAlert): AlertDigest["data"]["coins"][number]["changes"][number] {
  return {
    signalEventId: eventId,
    episodeId: signal.episodeId,
    signalType: signal.signalType,
    state: signal.state,
    stateNow,
    confidence: signal.confidence,
    detectedAt: signal.detectedAt,
    priceUsd: "priceUsd" in signal ? signal.priceUsd : null,
  };
}
