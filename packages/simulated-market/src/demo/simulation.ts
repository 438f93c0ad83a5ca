import type { DemoCoin, SelfDriven } from "./demo-coins.ts";
import type { Episode } from "./episode.ts";
import { piecewiseLinear } from "./piecewise-linear.ts";
import { shock } from "./random.ts";
import { episodesBetween } from "./script.ts";
import { levelWithin, type TrendSegment, trendSegmentAt } from "./slow-trend.ts";

/** One simulated hour; the arrays are in the order of the coins. */
export type SimulatedHour = {
  /** Hours since the market's start; negative in its history. */
  readonly hour: number;
  readonly pricesUsd: Float64Array;
  /** The sum of the last 24 hourly volumes. */
  readonly volumes24hUsd: Float64Array;
};

/** A log price that wanders around 0 with GARCH(1,1) volatility: calm and wild stretches follow each other. */
type Wanderer = { level: number; variance: number };

type CoinState = {
  readonly coin: DemoCoin;
  readonly stream: number;
  readonly own: Wanderer;
  segment: TrendSegment | null;
  /** Logarithm of the ordinary volume's slow noise. */
  volumeNoise: number;
  readonly hourlyVolumesUsd: Float64Array;
};

const warmUpHours = 72;

/** GARCH(1,1) for hourly returns: the weights of the last shock and of the last variance. */
const shockWeight = 0.08;
const varianceWeight = 0.9;

const marketDailyVolatility = 0.013;
const marketHalfLifeDays = 40;

const pegNoise = 0.0004;
const volumeNoisePersistence = 0.97;
const volumeNoiseStep = 0.035;

/** No price leaves this factor around its reference, whatever adds up. */
const logBound = Math.log(20);

const marketShockStream = 10;
const marketVolumeStream = 11;
const firstCoinStream = 100;
const streamsPerCoin = 10;

/** The first of a coin's streams of random numbers: of its slow trend; then its price, its volume. */
export function coinStream(position: number): number {
  return firstCoinStream + position * streamsPerCoin;
}

/** Simulates the hours one after another, from `fromHour`; each call of the result gives the next hour. */
export function simulate(seed: number, coins: readonly DemoCoin[], fromHour: number): () => SimulatedHour {
  const market: Wanderer = { level: 0, variance: hourlyVariance(marketDailyVolatility) };
  let marketVolumeNoise = 0;
  const states = coins.map((coin, index) => initialState(coin, coinStream(index)));
  const positions = new Map(coins.map((coin, index) => [coin.slug, index]));
  let hour = fromHour - warmUpHours - 1;
  let episodes: readonly Episode[] = [];
  let episodesUntil = Number.NEGATIVE_INFINITY;

  const step = (): SimulatedHour => {
    hour += 1;
    if (hour > episodesUntil) {
      episodesUntil = hour + 24;
      episodes = episodesBetween(seed, hour, episodesUntil);
    }
    wander(market, marketDailyVolatility, marketHalfLifeDays, shock(seed, marketShockStream, hour));
    marketVolumeNoise = nextVolumeNoise(marketVolumeNoise, shock(seed, marketVolumeStream, hour));
    const marketEffect = effectOf(episodes, null, hour);
    const marketLevel = market.level + marketEffect.displacement;

    const pricesUsd = new Float64Array(states.length);
    const volumes24hUsd = new Float64Array(states.length);
    states.forEach((state, index) => {
      const { coin, stream } = state;
      const effect = effectOf(episodes, coin.slug, hour);
      const ownShock = shock(seed, stream + 1, hour);
      let priceUsd: number;
      if (coin.driver.by === "itself") {
        const { dailyVolatility, beta, halfLifeDays } = coin.driver;
        wander(state.own, dailyVolatility, halfLifeDays, ownShock);
        const level =
          state.own.level +
          beta * marketLevel +
          slowTrend(state, seed, coin.driver, hour) +
          effect.displacement;
        priceUsd = coin.referencePriceUsd * Math.exp(logBound * Math.tanh(level / logBound));
      } else {
        const base = coin.driver.by === "dollar" ? 1 : pricesUsd[positions.get(coin.driver.slug) ?? -1];
        // A wrapped coin stands after the coin that it wraps, whose price of this hour is known by now.
        if (base === undefined || base === 0)
          throw new Error(`${coin.slug} must stand after the coin it wraps`);
        priceUsd = base * (1 + pegNoise * ownShock);
      }
      state.volumeNoise = nextVolumeNoise(state.volumeNoise, shock(seed, stream + 2, hour));
      const ordinaryUsd = (coin.dailyTurnover * coin.supply * priceUsd) / 24;
      const liveliness = Math.exp(state.volumeNoise + marketVolumeNoise + 0.15 * (Math.abs(ownShock) - 0.8));
      const slot = ((hour % 24) + 24) % 24;
      state.hourlyVolumesUsd[slot] =
        ordinaryUsd * liveliness * timeOfDay(slot) * (1 + effect.extraVolume + marketEffect.extraVolume);
      pricesUsd[index] = priceUsd;
      volumes24hUsd[index] = state.hourlyVolumesUsd.reduce((sum, volume) => sum + volume, 0);
    });
    return { hour, pricesUsd, volumes24hUsd };
  };

  for (let warmUp = 0; warmUp < warmUpHours; warmUp++) step();
  return step;
}

function initialState(coin: DemoCoin, stream: number): CoinState {
  const dailyVolatility = coin.driver.by === "itself" ? coin.driver.dailyVolatility : 0;
  return {
    coin,
    stream,
    own: { level: 0, variance: hourlyVariance(dailyVolatility) },
    segment: null,
    volumeNoise: 0,
    hourlyVolumesUsd: new Float64Array(24),
  };
}

function hourlyVariance(dailyVolatility: number): number {
  return (dailyVolatility * dailyVolatility) / 24;
}

function wander(wanderer: Wanderer, dailyVolatility: number, halfLifeDays: number, unitShock: number): void {
  const change = Math.sqrt(wanderer.variance) * unitShock;
  wanderer.level = wanderer.level * 2 ** (-1 / (halfLifeDays * 24)) + change;
  wanderer.variance =
    (1 - shockWeight - varianceWeight) * hourlyVariance(dailyVolatility) +
    shockWeight * change * change +
    varianceWeight * wanderer.variance;
}

function nextVolumeNoise(noise: number, unitShock: number): number {
  return volumeNoisePersistence * noise + volumeNoiseStep * unitShock;
}

function slowTrend(state: CoinState, seed: number, driver: SelfDriven, hour: number): number {
  if (state.segment === null || hour >= state.segment.endHour) {
    state.segment = trendSegmentAt(seed, state.stream, state.coin.slug, driver.swing, hour);
  }
  return levelWithin(state.segment, hour);
}

/** More trade in the afternoon and evening of UTC than in the night; 1 on average over the day. */
function timeOfDay(hourOfDay: number): number {
  return 1 + 0.25 * Math.cos((2 * Math.PI * (hourOfDay - 16)) / 24);
}

/** What the episodes of a coin, or of the market (null), add at an hour; extra volume is a multiple of the ordinary. */
function effectOf(episodes: readonly Episode[], slug: string | null, hour: number) {
  let displacement = 0;
  let extraVolume = 0;
  for (const episode of episodes) {
    if (episode.slug !== slug || hour < episode.startHour || hour > episode.endHour) continue;
    displacement += piecewiseLinear(episode.path, hour - episode.startHour);
    extraVolume += piecewiseLinear(episode.volume, hour - episode.startHour) - 1;
  }
  return { displacement, extraVolume };
}
