import { bottom, doubleTop, type Episode, marketMove, pumpAndDump, volumeSpike } from "./episode.ts";
import { uniform } from "./random.ts";

/** What happens before the start and in the first hours after it: fixed, so that there is always all of it to see. */
const day = 24;
const openingEpisodes: readonly Episode[] = [
  pumpAndDump("chiliz", -70 * day + 5, 0.38, 1),
  pumpAndDump("enjin-coin", -49 * day + 14, 0.3, 2),
  pumpAndDump("zilliqa", -27 * day + 9, 0.45, 1),
  pumpAndDump("halo-harbor", -11 * day + 20, 0.52, 1),
  pumpAndDump("decentraland", -34, 0.42, 1),
  pumpAndDump("chiliz", 6, 0.4, 1),

  volumeSpike("dash", -52 * day + 3, 7),
  volumeSpike("algorand", -33 * day + 16, 6),
  volumeSpike("ethereum-classic", -17 * day + 8, 7),
  volumeSpike("basic-attention-token", -4 * day + 2, 8),
  volumeSpike("dash", 3, 7),

  bottom("internet-computer", -62 * day),
  bottom("the-sandbox", -32 * day + 6),

  doubleTop("stellar", -66 * day),
  doubleTop("vechain", -40 * day + 20),

  marketMove(-58 * day + 13, -0.13),
  marketMove(-24 * day + 19, 0.1),
  marketMove(-12 * day + 4, -0.08),
  marketMove(44, -0.12),
];

/**
 * What goes on happening. One episode starts in each period, at a time within its first half, on the coins in turn,
 * so that a coin is left alone long enough between two of its own. No coin is in the lists of two kinds.
 */
type Recurring = {
  readonly stream: number;
  readonly firstHour: number;
  readonly periodHours: number;
  readonly longestHours: number;
  readonly slugs: readonly string[];
  /** `size` is uniform in (0, 1). */
  readonly episode: (slug: string, startHour: number, size: number) => Episode;
};

const recurring: readonly Recurring[] = [
  {
    stream: 1,
    firstHour: 30,
    periodHours: 40,
    longestHours: 30,
    slugs: ["enjin-coin", "zilliqa", "halo-harbor", "decentraland", "chiliz"],
    episode: (slug, startHour, size) => pumpAndDump(slug, startHour, 0.28 + 0.26 * size, size < 0.7 ? 1 : 2),
  },
  {
    stream: 2,
    firstHour: 50,
    periodHours: 60,
    longestHours: 20,
    slugs: ["algorand", "ethereum-classic", "basic-attention-token", "halo-network", "dash"],
    episode: (slug, startHour, size) => volumeSpike(slug, startHour, 6 + 3 * size),
  },
  {
    stream: 3,
    firstHour: 200,
    periodHours: 280,
    longestHours: 14 * 24,
    slugs: ["market"],
    episode: (_market, startHour, size) =>
      marketMove(startHour, size < 0.6 ? -0.07 - 0.1 * size : 0.1 * size),
  },
  {
    stream: 4,
    firstHour: 300,
    periodHours: 1_300,
    longestHours: 110 * 24,
    slugs: ["aptos", "internet-computer", "the-sandbox"],
    episode: (slug, startHour) => bottom(slug, startHour),
  },
  {
    stream: 5,
    firstHour: 400,
    periodHours: 800,
    longestHours: 60 * 24,
    slugs: ["tezos", "stellar", "vechain"],
    episode: (slug, startHour) => doubleTop(slug, startHour),
  },
];

function recurringEpisodes(seed: number, kind: Recurring, fromHour: number, toHour: number): Episode[] {
  const first = Math.max(
    0,
    Math.floor((fromHour - kind.longestHours - kind.firstHour) / kind.periodHours) - 1,
  );
  const last = Math.floor((toHour - kind.firstHour) / kind.periodHours);
  const episodes: Episode[] = [];
  for (let turn = first; turn <= last; turn++) {
    const slug = kind.slugs[turn % kind.slugs.length];
    if (slug === undefined) continue;
    const jitterHours = Math.floor(uniform(seed, kind.stream, 2 * turn) * (kind.periodHours / 2));
    const startHour = kind.firstHour + turn * kind.periodHours + jitterHours;
    episodes.push(kind.episode(slug, startHour, uniform(seed, kind.stream, 2 * turn + 1)));
  }
  return episodes;
}

/** The episodes that are going on at any time from `fromHour` to `toHour`, by their start. */
export function episodesBetween(seed: number, fromHour: number, toHour: number): readonly Episode[] {
  return [...openingEpisodes, ...recurring.flatMap(kind => recurringEpisodes(seed, kind, fromHour, toHour))]
    .filter(episode => episode.startHour <= toHour && episode.endHour >= fromHour)
    .sort((a, b) => a.startHour - b.startHour);
}
