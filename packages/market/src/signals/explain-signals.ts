import type { Evidence, SignalState, SignalType } from "@vibe-charting/contracts";
import { asSeries } from "../sanitize-series.ts";
import { clamp, roundSignificant } from "../statistics.ts";
import type { CoinIdentity, DetectorsState, MarketSample, Sample } from "../types.ts";
import { readStandings } from "./advance-detectors.ts";
import { readSeries, viewsAt } from "./bar-series.ts";
import type { Detector, View } from "./detector.ts";
import { evidence } from "./evidence.ts";
import { detectors } from "./registry.ts";

export type SignalExplanation = {
  readonly type: SignalType;
  /** State of the open episode; null when there is none. */
  readonly state: SignalState | null;
  readonly evidence: Evidence;
  readonly confidence: number;
};

/** Every detector's conditions at the newest sample, met or not: why a signal stands, or what it lacks. */
export function explainSignals(input: {
  readonly coin: CoinIdentity;
  readonly samples: readonly Sample[];
  readonly market: readonly MarketSample[];
  readonly state: DetectorsState | null;
}): readonly SignalExplanation[] {
  const { coin, state } = input;
  if (coin.kind !== "native") return detectors.map(detector => silent(detector, pegNote(coin)));
  const samples = asSeries(input.samples);
  const series = readSeries(samples, input.market, 0);
  const standings = readStandings(state);
  return detectors.map(detector => {
    const view = newestView(coin, series, detector);
    if (view === null) return silent(detector, "There are no samples of this coin.");
    const episode = standings.get(detector.type)?.episode ?? null;
    if (episode === null) return { type: detector.type, state: null, ...rounded(detector.assess(view)) };
    const verdict = detector.follow(view, episode);
    return {
      type: detector.type,
      state: episode.state,
      ...rounded({ evidence: verdict.evidence(), confidence: verdict.confidence }),
    };
  });
}

/** The newest sample on which the detector steps. */
function newestView(
  coin: CoinIdentity,
  series: ReturnType<typeof readSeries>,
  detector: Detector,
): View | null {
  for (let index = series.samples.length - 1; index >= 0; index -= 1) {
    const view = viewsAt(coin, series, index)[detector.interval];
    if (view !== null) return view;
  }
  return null;
}

function rounded(grounds: { evidence: Evidence; confidence: number }) {
  return { evidence: grounds.evidence, confidence: roundSignificant(clamp(grounds.confidence, 0, 1), 4) };
}

function silent(detector: Detector, note: string): SignalExplanation {
  return { type: detector.type, state: null, evidence: evidence({ notes: [note] }), confidence: 0 };
}

function pegNote(coin: CoinIdentity): string {
  return coin.kind === "stable"
    ? `${coin.symbol} is pegged: it raises no signals.`
    : `${coin.symbol} follows another coin: it raises no signals of its own.`;
}
