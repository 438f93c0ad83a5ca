import { useMemo } from "react";
import { Link, useSearchParams } from "wouter";
import { AlertMe } from "../alerts/alert-me.tsx";
import { useCoins, usePrices, useSignals, useTrends } from "../api/queries.ts";
import { QuestionBox } from "../ask/question-box.tsx";
import { amount, price } from "../format/numbers.ts";
import { fullTime } from "../format/times.ts";
import { timeframeNames, timeframes } from "../format/words.ts";
import { Choice } from "../layout/choice.tsx";
import { Failure, Interrupted } from "../layout/failure.tsx";
import { Loading } from "../layout/loading.tsx";
import { Page } from "../layout/page.tsx";
import { Change } from "./change.tsx";
import { CoinChart } from "./coin-chart.tsx";
import { CoinSignals, chosenSignal } from "./coin-signals.tsx";
import { Namesakes } from "./namesakes.tsx";
import { timeframeShowing } from "./timeframe-showing.ts";
import { TrendTiles } from "./trend-tiles.tsx";

/** One coin: its price and volume with its signals marked, its trends, and each signal's conditions. */
export function CoinPage({ address: given }: { address: string }) {
  const address = given.toUpperCase();
  const [parameters, setParameters] = useSearchParams();
  const trends = useTrends(address);
  const coin = trends.data;
  const signals = useSignals({ symbol: address });
  const own = useMemo(() => signals.data?.signals ?? [], [signals.data]);
  const wanted = parameters.get("signal");
  const chosen = chosenSignal(own, wanted);
  const picked = timeframes.find(known => known === parameters.get("timeframe"));
  const isSettled = wanted === null || (coin !== undefined && !signals.isPending);
  const fitting = wanted !== null && coin && chosen ? timeframeShowing(chosen, coin.asOf) : "90d";
  const timeframe = picked ?? (isSettled ? fitting : undefined);
  const prices = usePrices(address, timeframe);
  const listed = useCoins().data?.coins.find(({ cmcId }) => cmcId === coin?.cmcId);

  if (trends.isError && !trends.data) {
    return (
      <Page title={address}>
        <QuestionBox />
        <h1 dir="auto">{address}</h1>
        <Failure error={trends.error} retry={trends.refetch} />
        <p>
          <Link href="/coins">All coins that are followed</Link>
        </p>
      </Page>
    );
  }
  const change = coin?.trends.find(({ timeframe: other }) => other === timeframe)?.changePct;
  const symbol = coin?.symbol ?? address;
  return (
    <Page title={coin ? `${coin.name} (${coin.symbol})` : address}>
      <QuestionBox />
      {trends.isError && <Interrupted error={trends.error} />}
      <header className="coin-head">
        <h1>
          {coin && `${coin.name} `}
          <span className="symbol">{symbol}</span>
        </h1>
        {coin ? (
          <p className="coin-price">
            <strong data-price={coin.price}>{price(coin.price)}</strong> <Change percent={change} />{" "}
            {timeframe && <span className="over">over {timeframeNames[timeframe]}</span>}
          </p>
        ) : (
          <Loading what={symbol} lines={1} />
        )}
        {coin && (
          <p className="coin-facts">
            {coin.rank !== null && `Rank ${coin.rank}`}
            {listed &&
              ` · Market cap ${amount(listed.marketCap)} · Volume in 24 hours ${amount(listed.volume24h)}`}
            {` · ${fullTime(coin.asOf)}`}
          </p>
        )}
        {coin && <Namesakes coin={coin} />}
      </header>
      <Choice
        label="Timeframe of the chart"
        values={timeframes}
        names={timeframeNames}
        value={timeframe}
        onChange={value => setParameters(before => changed(before, { timeframe: value }), { replace: true })}
      />
      {prices.isError && !prices.data ? (
        <Failure error={prices.error} retry={prices.refetch} />
      ) : (
        <CoinChart
          name={coin?.name ?? symbol}
          timeframe={timeframe}
          prices={prices.data}
          isBusy={prices.isPlaceholderData}
          signals={own}
          chosen={chosen}
        />
      )}
      <TrendTiles trends={coin?.trends} />
      <CoinSignals
        symbol={symbol}
        query={signals}
        signals={own}
        chosen={chosen}
        price={coin?.price}
        choose={episodeId =>
          // Without a timeframe the chart takes the one that shows the signal.
          setParameters(before => changed(before, { signal: episodeId, timeframe: null }), { replace: true })
        }
      />
      {coin && <AlertMe filter={{ symbol: coin.symbol }} />}
    </Page>
  );
}

function changed(before: URLSearchParams, values: Readonly<Record<string, string | null>>): URLSearchParams {
  const after = new URLSearchParams(before);
  for (const [name, value] of Object.entries(values)) {
    if (value === null) after.delete(name);
    else after.set(name, value);
  }
  return after;
}
