import { Link, useSearchParams } from "wouter";
import { useMarket, useSignals } from "../api/queries.ts";
import { CoverageLine } from "../ask/coverage-line.tsx";
import { Examples } from "../ask/examples.tsx";
import { QuestionBox } from "../ask/question-box.tsx";
import { isOpen, timeframeNames, timeframes } from "../format/words.ts";
import { Choice } from "../layout/choice.tsx";
import { Failure, Interrupted } from "../layout/failure.tsx";
import { Loading } from "../layout/loading.tsx";
import { Page } from "../layout/page.tsx";
import { everySignal, useLiveMarket } from "../live/live-market.tsx";
import { SignalList } from "../signals/signal-list.tsx";
import { BreadthView } from "./breadth-view.tsx";
import { Movers } from "./movers.tsx";
import { strongestFirst } from "./strongest-first.ts";

const mostMovers = 5;
const mostSignals = 8;

/** What moves and what signals, before any question is asked. */
export function MarketPage() {
  const [parameters, setParameters] = useSearchParams();
  const timeframe = timeframes.find(known => known === parameters.get("timeframe")) ?? "24h";
  const market = useMarket(timeframe);
  const signals = useSignals(everySignal);
  const { newestAt } = useLiveMarket();
  const moved = strongestFirst(market.data?.coins ?? []);
  const open = (signals.data?.signals ?? []).filter(({ state }) => isOpen(state));
  return (
    <Page title="">
      <section className="hero">
        <h1>What is the market doing?</h1>
        <QuestionBox large />
        <Examples />
      </section>

      <section aria-labelledby="now-title">
        <header className="section-head">
          <h2 id="now-title">The market now</h2>
          <Choice
            label="Timeframe of the market"
            values={timeframes}
            names={timeframeNames}
            value={timeframe}
            onChange={value => setParameters({ timeframe: value }, { replace: true })}
          />
        </header>
        {market.isError && !market.data && <Failure error={market.error} retry={market.refetch} />}
        {market.isError && market.data && <Interrupted error={market.error} />}
        {market.isPending && !market.isError && <Loading what="the market" lines={5} />}
        {market.data && (
          <div aria-busy={market.isPlaceholderData}>
            {moved.length === 0 ? (
              <p className="empty">No coin has a change over {timeframeNames[timeframe]} yet.</p>
            ) : (
              <>
                <div className="columns uneven">
                  <p className="words">{market.data.summary}</p>
                  <BreadthView coins={moved} over={timeframeNames[timeframe]} />
                </div>
                <div className="columns">
                  <Movers title="Strongest" coins={moved.slice(0, mostMovers)} />
                  <Movers title="Weakest" coins={moved.slice(mostMovers).slice(-mostMovers).toReversed()} />
                </div>
              </>
            )}
            <CoverageLine coverage={market.data.coverage} newestAt={newestAt} />
          </div>
        )}
      </section>

      <section aria-labelledby="open-title">
        <header className="section-head">
          <h2 id="open-title">Open signals</h2>
          <Link href="/signals">All signals</Link>
        </header>
        {signals.isError && !signals.data && <Failure error={signals.error} retry={signals.refetch} />}
        {signals.isPending && !signals.isError && <Loading what="the signals" lines={3} />}
        {signals.data && open.length === 0 && (
          <p className="empty">
            No signal is open. Every coin is evaluated with each listing; quiet is an answer too.
          </p>
        )}
        {open.length > 0 && <SignalList signals={open.slice(0, mostSignals)} />}
      </section>
    </Page>
  );
}
