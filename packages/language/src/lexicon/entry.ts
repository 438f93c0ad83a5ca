/** What a phrase of the lexicon can mean to the parser. */
export type Meaning =
  | { kind: "trend"; value: "uptrend" | "downtrend" | "sideways" | null }
  | {
      kind: "signal";
      value: "pump_and_dump" | "bottomed_out" | "volume_anomaly" | "two_highs_one_low" | null;
    }
  /** A phrase that asks for performance by itself: "gainers", "in the red", "mooning". */
  | { kind: "performance"; value: "best" | "worst" | null }
  | { kind: "volatility"; value: "high" | "low" | null }
  /** A verb or noun of change. `climb`: a trend unless ranked or counted. `gain`: performance in any case. */
  | { kind: "climb"; value: "best" | "worst" }
  | { kind: "gain"; value: "best" | "worst" | null }
  | { kind: "superlative"; value: "best" | "worst" | "most" | "least" | "top" }
  | { kind: "comparative"; value: "best" | "worst" | "more" | "less" }
  | { kind: "compare"; value: "best" | "worst" | null }
  | { kind: Flag };

/** Meanings without a value. */
type Flag =
  | "than"
  | "or"
  | "market"
  | "item"
  | "oneItem"
  | "ask"
  | "which"
  | "not"
  | "neverMind"
  | "exclude"
  | "stablecoins"
  | "memecoins"
  | "topic"
  | "help"
  | "helpAbout"
  | "greeting"
  | "means"
  | "advice"
  | "prediction"
  | "howTo"
  | "definition"
  | "otherAsset"
  | "offTopic"
  | "injection"
  | "alert"
  | "notify"
  | "narrator"
  | "filler"
  | "marketCap"
  | "confidence"
  | "rank"
  | "atLeast"
  | "atMost";

/** One line of the lexicon: a meaning and the patterns (see `expandPattern`) that say it. */
export type LexiconEntry = { means: Meaning; say: readonly string[] };
