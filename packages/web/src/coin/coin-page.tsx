import { useSearchParams } from "wouter";
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
import { TrendTiles } from "./trend-tiles.tsx";

/** One coin: its price and volume with its signals marked, its trends, and each signal's conditions. */
export function CoinPage({ symbol: given }: { symbol: string }) {
  const symbol = given.toUpperCase();
  const [parameters, setParameters] = useSearchParams();
  const timeframe = timeframes.find(known => known === parameters.get("timeframe")) ?? "90d";
  const trends = useTrends(symbol);
  const prices = usePrices(symbol, timeframe);
  const signals = useSignals({ symbol });
  const listed = useCoins().data?.coins.find(({ symbol: other }) => other === symbol);
  const set = (name: string, value: string) =>
    setParameters(
      before => {
        const after = new URLSearchParams(before);
        after.set(name, value);
        return after;
      },
      { replace: true },
    );

  if (trends.isError && !trends.data) {
    return (
      <Page title={symbol}>
        <QuestionBox />
        <h1 dir="auto">{symbol}</h1>
        <Failure error={trends.error} retry={trends.refetch} />
      </Page>
    );
  }
  const coin = trends.data;
  const change = coin?.trends.find(({ timeframe: other }) => other === timeframe)?.changePct;
  const own = (signals.data?.signals ?? []).filter(({ cmcId }) => coin === undefined || cmcId === coin.cmcId);
  const chosen = chosenSignal(own, parameters.get("signal"));
  return (
    <Page title={coin ? `${coin.name} (${coin.symbol})` : symbol}>
      <QuestionBox />
      {trends.isError && <Interrupted error={trends.error} />}
      <header className="coin-head">
        <h1>
          {coin?.name ?? symbol} <span className="symbol">{symbol}</span>
        </h1>
        {coin ? (
          <p className="coin-price">
            <strong data-price={coin.price}>{price(coin.price)}</strong> <Change percent={change} />{" "}
            <span className="over">over {timeframeNames[timeframe]}</span>
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
        {coin && coin.otherCoinsWithThisSymbol.length > 0 && (
          <p className="note">
            Other coins bear this symbol too:{" "}
            {coin.otherCoinsWithThisSymbol.map(({ name }) => name).join(", ")}. This is the highest-ranked
            one.
          </p>
        )}
      </header>
      <Choice
        label="Timeframe of the chart"
        values={timeframes}
        names={timeframeNames}
        value={timeframe}
        onChange={value => set("timeframe", value)}
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
        choose={episodeId => set("signal", episodeId)}
      />
    </Page>
  );
}
