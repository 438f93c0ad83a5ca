import type { UseQueryResult } from "@tanstack/react-query";
import type { Signal, SignalsResponse } from "@vibe-charting/contracts";
import { price, share } from "../format/numbers.ts";
import { fullTime, shortTime } from "../format/times.ts";
import { isOpen, signalMeanings, signalNames, stateNames } from "../format/words.ts";
import { Failure } from "../layout/failure.tsx";
import { Loading } from "../layout/loading.tsx";
import { RecordTable } from "../signals/record-table.tsx";
import { ConditionsTable } from "../signals/signal-evidence.tsx";
import { StateBadge } from "../signals/state-badge.tsx";
import { Change } from "./change.tsx";

/** The signal whose evidence the chart names: the one asked for, else an open one, else the latest. */
export function chosenSignal(signals: readonly Signal[], episodeId: string | null): Signal | undefined {
  return (
    signals.find(signal => signal.episodeId === episodeId) ??
    signals.find(({ state }) => isOpen(state)) ??
    signals[0]
  );
}

export function CoinSignals({
  symbol,
  query,
  signals,
  chosen,
  price: priceNow,
  choose,
}: {
  symbol: string;
  query: UseQueryResult<SignalsResponse>;
  signals: readonly Signal[];
  chosen: Signal | undefined;
  price: number | undefined;
  choose: (episodeId: string) => void;
}) {
  return (
    <section aria-labelledby="signals-title">
      <h2 id="signals-title">Signals</h2>
      {query.isError && !query.data && <Failure error={query.error} retry={query.refetch} />}
      {query.isPending && <Loading what="the signals" lines={3} />}
      {query.data && signals.length === 0 && (
        <p className="empty">
          No signal of {symbol} in the past 90 days. It is evaluated with every listing; a quiet coin has
          none.
        </p>
      )}
      <ol className="coin-signals">
        {signals.map(signal => (
          <li key={signal.episodeId} data-episode={signal.episodeId}>
            <CoinSignal
              signal={signal}
              isChosen={signal.episodeId === chosen?.episodeId}
              priceNow={priceNow}
              choose={choose}
            />
          </li>
        ))}
      </ol>
    </section>
  );
}

function CoinSignal({
  signal,
  isChosen,
  priceNow,
  choose,
}: {
  signal: Signal;
  isChosen: boolean;
  priceNow: number | undefined;
  choose: (episodeId: string) => void;
}) {
  const {
    type,
    state,
    confidence,
    openedAt,
    detectedAt,
    price: priceThen,
    evidence,
    record,
    episodeId,
  } = signal;
  return (
    <article className={isChosen ? "signal chosen" : "signal"}>
      <header>
        <h3>{signalNames[type]}</h3>
        <StateBadge state={state} />
        <button type="button" className="quiet" aria-pressed={isChosen} onClick={() => choose(episodeId)}>
          {isChosen ? "On the chart" : "Show on the chart"}
        </button>
      </header>
      {isChosen && <p>{signalMeanings[type]}</p>}
      <p className="facts">
        Opened {shortTime(openedAt)}; {stateNames[state].toLowerCase()} since{" "}
        <time dateTime={detectedAt}>{fullTime(detectedAt)}</time> at {price(priceThen)}
        {isOpen(state) && `, ${share(confidence)} sure`}.{" "}
        {priceNow !== undefined && (
          <>
            Since then <Change percent={(priceNow / priceThen - 1) * 100} />.
          </>
        )}
      </p>
      {isChosen && (
        <>
          <ConditionsTable
            evidence={evidence}
            title={`Conditions of the ${signalNames[type].toLowerCase()}`}
          />
          <RecordTable record={record} />
        </>
      )}
    </article>
  );
}
