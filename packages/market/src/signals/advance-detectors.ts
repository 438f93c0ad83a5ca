import { closedSignalStates, type SignalState } from "@vibe-charting/contracts";
import { valueAt } from "../columns.ts";
import { engineVersion } from "../engine-version.ts";
import { asSeries } from "../sanitize-series.ts";
import { clamp, roundSignificant } from "../statistics.ts";
import { dayMs, isoTime } from "../time.ts";
import type { CoinIdentity, DetectorsState, MarketSample, Sample, SignalChange } from "../types.ts";
import { type BarSeries, readSeries, viewsAt } from "./bar-series.ts";
import type { Detector, Memory, OpenEpisode, Verdict, View } from "./detector.ts";
import { detectors } from "./registry.ts";

/** Where one detector stands: its open episode, the end of its cooldown, what the last episode rested on. */
type Standing = {
  readonly episode: OpenEpisode | null;
  readonly quietUntil: number | null;
  readonly last: Memory | null;
};

/** An episode waits this long for its own sampling to come back, then it is closed on what there is. */
const longestChangeMs = 5 * dayMs;

const fresh: Standing = { episode: null, quietUntil: null, last: null };

/** Takes in, in order, every sample later than the state's, and returns the changes of signal states. */
export function advanceDetectors(input: {
  readonly coin: CoinIdentity;
  readonly samples: readonly Sample[];
  readonly market: readonly MarketSample[];
  readonly state: DetectorsState | null;
}): { readonly state: DetectorsState; readonly changes: readonly SignalChange[] } {
  const { coin, state } = input;
  const samples = asSeries(input.samples);
  const asOf = state?.asOf ?? Number.NEGATIVE_INFINITY;
  const newest = samples.at(-1);
  if (newest === undefined || newest.at <= asOf) return { state: state ?? emptyState, changes: [] };
  const standings = readStandings(state);
  const changes: SignalChange[] = [];
  if (coin.kind === "native") {
    const first = firstAfter(samples, asOf);
    const series = readSeries(samples, input.market, first);
    for (let index = first; index < samples.length; index += 1) {
      stepAll(coin, series, index, standings, changes);
    }
  }
  return {
    state: { version: engineVersion, asOf: newest.at, detectors: Object.fromEntries(standings) },
    changes,
  };
}

/** Before the first sample of all. */
const emptyState: DetectorsState = { version: engineVersion, asOf: -8.64e15, detectors: {} };

function stepAll(
  coin: CoinIdentity,
  series: BarSeries,
  index: number,
  standings: Map<string, Standing>,
  changes: SignalChange[],
): void {
  const views = viewsAt(coin, series, index);
  for (const detector of detectors) {
    const view = views[detector.interval];
    if (view === null) continue;
    const standing = standings.get(detector.type) ?? fresh;
    const after = stepDetector(coin, detector, view, standing, changes);
    if (after !== standing) standings.set(detector.type, after);
  }
}

function stepDetector(
  coin: CoinIdentity,
  detector: Detector,
  view: View,
  standing: Standing,
  changes: SignalChange[],
): Standing {
  const sample = sampleOf(view);
  const { episode } = standing;
  if (episode === null) {
    if (standing.quietUntil !== null && sample.at < standing.quietUntil) return standing;
    const verdict = detector.open(view, standing.last);
    if (verdict === null) return standing;
    changes.push(changeOf(coin, sample, detector, verdict, null));
    const opened = { openedAt: sample.at, interval: view.bars.interval };
    return standingAfter(detector, sample.at, verdict, opened);
  }
  if (view.bars.interval !== episode.interval && sample.at - episode.openedAt < longestChangeMs) {
    return standing;
  }
  const verdict = detector.follow(view, episode);
  if (verdict.state !== episode.state) changes.push(changeOf(coin, sample, detector, verdict, episode));
  const after = standingAfter(detector, sample.at, verdict, episode);
  if (after.episode !== null || !verdict.reopens) return after;
  return stepDetector(coin, detector, view, { ...after, quietUntil: null }, changes);
}

function sampleOf(view: View): Sample {
  const sample = view.samples[valueAt(view.bars.sampleIndex, view.index)];
  if (sample === undefined) throw new RangeError(`There is no sample for bar ${view.index}`);
  return sample;
}

function standingAfter(
  detector: Detector,
  at: number,
  verdict: Verdict,
  episode: Pick<OpenEpisode, "openedAt" | "interval">,
): Standing {
  const { state, memory } = verdict;
  const { openedAt, interval } = episode;
  if (isClosed(state)) return { episode: null, quietUntil: at + detector.cooldownMs, last: memory };
  return { episode: { openedAt, interval, state, memory }, quietUntil: null, last: null };
}

function isClosed(state: SignalState): boolean {
  return closedSignalStates.some(closed => closed === state);
}

function changeOf(
  coin: CoinIdentity,
  sample: Sample,
  detector: Detector,
  verdict: Verdict,
  episode: OpenEpisode | null,
): SignalChange {
  const openedAt = episode?.openedAt ?? sample.at;
  return {
    episodeId: episodeIdOf(detector, coin, openedAt),
    type: detector.type,
    state: verdict.state,
    previousState: episode?.state ?? null,
    confidence: roundSignificant(clamp(verdict.confidence, 0, 1), 4),
    openedAt,
    detectedAt: sample.at,
    priceUsd: sample.priceUsd,
    detectorVersion: `${detector.type}@${detector.version}`,
    evidence: verdict.evidence(),
  };
}

function episodeIdOf({ type }: Pick<Detector, "type">, { id }: CoinIdentity, openedAt: number): string {
  return `${type}:${id}:${isoTime(openedAt)}`;
}

/** The ids of the episodes that are open in a state. */
export function openEpisodeIds(coin: CoinIdentity, state: DetectorsState): ReadonlySet<string> {
  const standings = readStandings(state);
  return new Set(
    detectors.flatMap(detector => {
      const episode = standings.get(detector.type)?.episode;
      return episode ? [episodeIdOf(detector, coin, episode.openedAt)] : [];
    }),
  );
}

/** Standings of another engine version are dropped: their memory may mean something else. */
export function readStandings(state: DetectorsState | null): Map<string, Standing> {
  if (state === null || state.version !== engineVersion) return new Map();
  // Written by this version of this function and kept by the caller as it was.
  return new Map(Object.entries(state.detectors) as [string, Standing][]);
}

function firstAfter(samples: readonly Sample[], at: number): number {
  let low = 0;
  let high = samples.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((samples[middle]?.at ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}
