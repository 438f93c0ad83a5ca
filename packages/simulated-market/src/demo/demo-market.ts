import { type HistoryPoint, hourMs, type ListedCoin, type Listing, type MarketFeed } from "../market-feed.ts";
import { type DemoCoin, demoCoins } from "./demo-coins.ts";
import { type ScriptedEvent, scriptedEventsBetween } from "./scripted-events.ts";
import { type SimulatedHour, simulate } from "./simulation.ts";

export type DemoMarket = MarketFeed & {
  readonly source: "demo";
  /** What the script makes happen at any time from `from` to `to`, by its start: the truth to hold detectors against. */
  scriptedEvents(from: number, to: number): readonly ScriptedEvent[];
};

const historyHours = 90 * 24;

/** Hours kept in memory; an older one is simulated again when somebody asks. */
const keptHours = 400 * 24;

/**
 * An invented market of about 40 coins, an observation an hour: 90 days of history before `start` (taken down to the
 * hour), and no end. The same seed and start give the same market, whatever is asked of it in whatever order.
 */
export function demoMarket({ seed, start }: { seed: number; start: number }): DemoMarket {
  if (!Number.isSafeInteger(seed))
    throw new RangeError(`The demo market's seed must be a whole number, not ${seed}`);
  if (!Number.isFinite(start)) throw new RangeError(`The demo market's start must be a time, not ${start}`);
  const startAt = Math.floor(start / hourMs) * hourMs;
  const firstAt = startAt - historyHours * hourMs;
  const tape = createTape(seed);

  const hourOf = (at: number): number => {
    if (!(at >= firstAt)) {
      throw new RangeError(
        `The demo market begins at ${new Date(firstAt).toISOString()}, after the time asked for`,
      );
    }
    return Math.floor((at - startAt) / hourMs);
  };

  return {
    source: "demo",
    intervalMs: hourMs,
    firstAt,
    startAt,
    lastAt: null,
    nextAt: at => Math.max(firstAt, (Math.floor(at / hourMs) + 1) * hourMs),
    listingAt: at => listingOf(tape, hourOf(at), startAt),
    historyOf: (slug, from, to) => {
      const position = demoCoins.findIndex(coin => coin.slug === slug);
      const coin = demoCoins[position];
      if (coin === undefined) return null;
      const points: HistoryPoint[] = [];
      const last = Math.floor((to - startAt) / hourMs);
      for (let hour = Math.ceil((Math.max(from, firstAt) - startAt) / hourMs); hour <= last; hour++) {
        const simulated = tape(hour);
        const priceUsd = simulated.pricesUsd[position] ?? 0;
        points.push({
          at: startAt + hour * hourMs,
          priceUsd,
          volume24hUsd: simulated.volumes24hUsd[position] ?? 0,
          marketCapUsd: priceUsd * coin.supply,
        });
      }
      return points;
    },
    scriptedEvents: (from, to) => scriptedEventsBetween(seed, startAt, from, to),
  };
}

type Tape = (hour: number) => SimulatedHour;

/** Random access to the simulated hours: plays forward as far as needed, and keeps the newest. */
function createTape(seed: number): Tape {
  let next = simulate(seed, demoCoins, -historyHours);
  let firstKept = -historyHours;
  let kept: SimulatedHour[] = [];
  return hour => {
    if (hour < firstKept) {
      next = simulate(seed, demoCoins, -historyHours);
      firstKept = -historyHours;
      kept = [];
    }
    while (firstKept + kept.length <= hour) {
      kept.push(next());
      // Dropped a tenth at a time, so that keeping the window costs next to nothing an hour.
      if (kept.length > keptHours * 1.1) {
        firstKept += kept.length - keptHours;
        kept = kept.slice(-keptHours);
      }
    }
    const simulated = kept[hour - firstKept];
    if (simulated === undefined) throw new RangeError(`The demo market has no hour ${hour}`);
    return simulated;
  };
}

function listingOf(tape: Tape, hour: number, startAt: number): Listing {
  const now = tape(hour);
  const changeSince = (position: number, hoursAgo: number): number | null => {
    if (hour - hoursAgo < -historyHours) return null;
    const before = tape(hour - hoursAgo).pricesUsd[position] ?? Number.NaN;
    return ((now.pricesUsd[position] ?? Number.NaN) / before - 1) * 100;
  };
  const coins = demoCoins.map((coin, position) => unranked(coin, position, now, changeSince));
  coins.sort((a, b) => b.marketCapUsd - a.marketCapUsd || a.cmcId - b.cmcId);
  return { at: startAt + hour * hourMs, coins: coins.map((coin, index) => ({ ...coin, rank: index + 1 })) };
}

function unranked(
  coin: DemoCoin,
  position: number,
  now: SimulatedHour,
  changeSince: (position: number, hoursAgo: number) => number | null,
): Omit<ListedCoin, "rank"> & { readonly marketCapUsd: number } {
  const priceUsd = now.pricesUsd[position] ?? 0;
  return {
    cmcId: coin.cmcId,
    symbol: coin.symbol,
    slug: coin.slug,
    name: coin.name,
    tags: coin.tags,
    priceUsd,
    volume24hUsd: now.volumes24hUsd[position] ?? 0,
    marketCapUsd: priceUsd * coin.supply,
    circulatingSupply: coin.supply,
    percentChange1h: changeSince(position, 1),
    percentChange24h: changeSince(position, 24),
    percentChange7d: changeSince(position, 7 * 24),
    percentChange30d: changeSince(position, 30 * 24),
    percentChange60d: changeSince(position, 60 * 24),
    percentChange90d: changeSince(position, 90 * 24),
  };
}
