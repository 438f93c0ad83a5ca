import { z } from "zod";
import { Evidence, MarketSource, SignalRecord, SignalState, SignalType } from "../vocabulary.ts";

/** What every change of a signal's state tells. */
const change = {
  episodeId: z.string().min(1).describe("The same for every state of one episode."),
  state: SignalState,
  previousState: SignalState.nullable().describe("null when this change opens the episode."),
  confidence: z.number().min(0).max(1),
  openedAt: z.iso.datetime().describe("When the episode was opened, UTC."),
  detectedAt: z.iso.datetime().describe("The observation time of the sample that changed the state, UTC."),
  detectorVersion: z.string().min(1),
  marketSource: MarketSource.describe("Simulated markets are named as such."),
  evidence: Evidence,
};

/** A signal of one coin. */
export const CoinSignal = z.object({
  ...change,
  signalType: SignalType,
  cmcId: z.int().positive(),
  symbol: z.string().min(1),
  name: z.string().min(1),
  priceUsd: z.number().positive().describe("The price at that sample, USD."),
  record: SignalRecord.nullable().describe("How past signals of this kind turned out; null without any."),
});
export type CoinSignal = z.infer<typeof CoinSignal>;

/** The market's own signal: most coins rose or fell together. */
export const MarketSignal = z.object({
  ...change,
  signalType: z.literal("market_move"),
  symbol: z.literal("MARKET"),
  direction: z.enum(["up", "down"]),
  medianChangePct: z.number().describe("Median change of the day over the native coins, per cent."),
  breadth: z.number().min(0).max(1).describe("Share of native coins that rose over the day."),
});
export type MarketSignal = z.infer<typeof MarketSignal>;

/** One change of a signal's state, of a coin or of the market. */
export const SignalChange = z.union([CoinSignal, MarketSignal]);
export type SignalChange = z.infer<typeof SignalChange>;

/** A change that lies further back than this, milliseconds, is on record but alerts nobody. */
export const staleSignalMs = 48 * 60 * 60 * 1_000;

const signalNames: Readonly<Record<SignalChange["signalType"], string>> = {
  pump_and_dump: "pump and dump",
  bottomed_out: "bottomed out",
  volume_anomaly: "volume anomaly",
  two_highs_one_low: "two highs and one low",
  market_move: "market move",
};

/** A signal's name in words. */
export function signalName(type: SignalChange["signalType"]): string {
  return signalNames[type];
}
