import type {
  CoinKind,
  Evidence,
  SignalState,
  SignalType,
  Timeframe,
  TrendType,
} from "@vibe-charting/contracts";

/** One observation of a coin. Series are ascending by `at`, one sample for each observation time. */
export type Sample = {
  /** Observation time, milliseconds since the epoch, UTC. */
  readonly at: number;
  readonly priceUsd: number;
  /** Rolling volume of the past 24 hours; null when the source did not give it. */
  readonly volume24hUsd: number | null;
  readonly marketCapUsd: number | null;
  /**
   * Set where another provider counted the volume than that of the other samples, such as of past prices: volumes of
   * one are not compared with those of the other.
   */
  readonly isOtherVolume?: boolean;
  /** The interval's range, where a source gives one (OHLC bars); absent for snapshots. */
  readonly openUsd?: number | null;
  readonly highUsd?: number | null;
  readonly lowUsd?: number | null;
};

/** What the market as a whole did at one observation time; coins are judged by what they do beyond it. */
export type MarketSample = {
  readonly at: number;
  /** Cross-sectional median over the listing's native coins of ln(price / previous price). */
  readonly medianLogReturn: number;
  /** The same median of ln(volume_24h / previous volume_24h). */
  readonly medianLogVolumeChange: number;
  /** Share of native coins whose price is above that of a day before, 0 to 1. */
  readonly breadth: number;
};

export type CoinIdentity = {
  /** The CoinMarketCap id, or any stable number that is the coin's own. */
  readonly id: number;
  readonly symbol: string;
  readonly kind: CoinKind;
};

/** How a coin moved over one timeframe. `type` is null when there is not enough data: that is never a guess. */
export type Trend = {
  readonly timeframe: Timeframe;
  readonly type: TrendType | null;
  /** Calibrated probability of `type`, 0 to 1; 0 without enough data. */
  readonly confidence: number;
  /** Change of the price over the timeframe, per cent; null without a price at its start. */
  readonly changePct: number | null;
  /** Annualised close-to-close volatility over the timeframe, a fraction; null below the minimum of returns. */
  readonly volatility: number | null;
  readonly enoughData: boolean;
  readonly notes: readonly string[];
};

/** One change of a signal's state: what is alerted, once. */
export type SignalChange = {
  readonly episodeId: string;
  readonly type: SignalType;
  readonly state: SignalState;
  readonly previousState: SignalState | null;
  readonly confidence: number;
  /** Observation time of the sample that opened the episode, and of the one that changed its state. */
  readonly openedAt: number;
  readonly detectedAt: number;
  readonly priceUsd: number;
  readonly detectorVersion: string;
  readonly evidence: Evidence;
};

/** Where a coin's detectors stand after a sample: plain JSON, stored by the caller between samples. */
export type DetectorsState = {
  readonly version: string;
  /** Observation time of the last sample taken in. */
  readonly asOf: number;
  readonly detectors: Readonly<Partial<Record<SignalType, unknown>>>;
};
