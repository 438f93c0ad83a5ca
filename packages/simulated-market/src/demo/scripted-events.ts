import type { SignalType, TrendType } from "@vibe-charting/contracts";
import { hourMs } from "../market-feed.ts";
import { demoCoins } from "./demo-coins.ts";
import { episodesBetween } from "./script.ts";
import { coinStream } from "./simulation.ts";
import { segmentDirection, trendSegmentAt } from "./slow-trend.ts";

type EventPoint = { readonly label: string; readonly at: number };

type Stretch = {
  readonly startAt: number;
  readonly endAt: number;
  /** The times that make the event what it is, such as a pump's peak. */
  readonly points: readonly EventPoint[];
};

type OfCoin = { readonly cmcId: number; readonly symbol: string; readonly slug: string };

/** Something that the script makes happen. Times are milliseconds since the epoch. */
export type ScriptedEvent =
  | (Stretch & OfCoin & { readonly kind: SignalType })
  | (Stretch & OfCoin & { readonly kind: "trend"; readonly direction: TrendType })
  | (Stretch & { readonly kind: "market_move" });

export function scriptedEventsBetween(
  seed: number,
  startAt: number,
  from: number,
  to: number,
): readonly ScriptedEvent[] {
  const fromHour = (from - startAt) / hourMs;
  const toHour = (to - startAt) / hourMs;
  const timeOf = (hour: number): number => startAt + hour * hourMs;
  const events: ScriptedEvent[] = trendsBetween(seed, fromHour, toHour, timeOf);
  for (const episode of episodesBetween(seed, fromHour, toHour)) {
    const stretch = {
      startAt: timeOf(episode.startHour),
      endAt: timeOf(episode.endHour),
      points: episode.points.map(({ label, hour }) => ({ label, at: timeOf(hour) })),
    };
    if (episode.kind === "market_move") events.push({ kind: "market_move", ...stretch });
    else {
      const coin = demoCoins.find(candidate => candidate.slug === episode.slug);
      if (coin === undefined)
        throw new Error(`The script names a coin that the market does not have: ${episode.slug}`);
      events.push({ kind: episode.kind, ...identityOf(coin), ...stretch });
    }
  }
  return events.sort((a, b) => a.startAt - b.startAt);
}

function trendsBetween(
  seed: number,
  fromHour: number,
  toHour: number,
  timeOf: (hour: number) => number,
): ScriptedEvent[] {
  const events: ScriptedEvent[] = [];
  demoCoins.forEach((coin, index) => {
    if (coin.driver.by !== "itself") return;
    const { swing } = coin.driver;
    for (let hour = fromHour; hour <= toHour; ) {
      const segment = trendSegmentAt(seed, coinStream(index), coin.slug, swing, hour);
      const direction = segmentDirection(segment, coin.driver);
      const startAt = timeOf(segment.startHour);
      const endAt = timeOf(segment.endHour);
      if (direction !== null) {
        const points = [
          { label: "start", at: startAt },
          { label: "end", at: endAt },
        ];
        events.push({ kind: "trend", direction, ...identityOf(coin), startAt, endAt, points });
      }
      hour = segment.endHour;
    }
  });
  return events;
}

function identityOf({ cmcId, symbol, slug }: OfCoin): OfCoin {
  return { cmcId, symbol, slug };
}
