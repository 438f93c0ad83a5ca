import type { Signal } from "@vibe-charting/contracts";
import { CoinLink } from "../coin/coin-link.tsx";
import { price, share } from "../format/numbers.ts";
import { shortTime } from "../format/times.ts";
import { isOpen, signalNames } from "../format/words.ts";
import { StateBadge } from "./state-badge.tsx";

/** Signals as rows: the coin, what it shows, since when, and how sure that is. */
export function SignalList({ signals }: { signals: readonly Signal[] }) {
  return (
    <ol className="signal-list">
      {signals.map(
        ({ episodeId, cmcId, symbol, name, type, state, confidence, detectedAt, price: usd, evidence }) => {
          const met = evidence.conditions.filter(({ met }) => met).length;
          return (
            <li key={episodeId} data-episode={episodeId} data-state={state}>
              <CoinLink coin={{ cmcId, symbol, name }} signal={episodeId} />
              <span className="kind">{signalNames[type]}</span>
              <StateBadge state={state} />
              <span className="facts">
                {shortTime(detectedAt)} UTC at {price(usd)}
              </span>
              <span className="sure">
                {isOpen(state) && `${share(confidence)} sure, `}
                {met} of {evidence.conditions.length} conditions
              </span>
            </li>
          );
        },
      )}
    </ol>
  );
}
