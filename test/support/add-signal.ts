import type { SignalType } from "@vibe-charting/contracts";
import { findCoinsBySymbol, insertSignalEvent, listSignalRows } from "@vibe-charting/database";
import { connectToStage } from "./stage-process.ts";

/** Puts a confirmed signal into a running stage's database, newer than every other; returns its episode. */
export async function addSignal(
  stateDirectory: string,
  { symbol, type }: { symbol: string; type: SignalType },
): Promise<string> {
  const db = await connectToStage(stateDirectory);
  try {
    const [coin] = await findCoinsBySymbol(db, symbol);
    const [newest] = await listSignalRows(db, { limit: 1 });
    if (!coin || !newest) throw new Error(`The stage has no ${coin ? "signals" : symbol}`);
    const at = new Date(newest.detected_at.getTime() + 1);
    const episodeId = `${type}:${coin.cmc_id}:${at.toISOString()}`;
    await insertSignalEvent(db, coin.id, {
      episodeId,
      type,
      state: "confirmed",
      previousState: null,
      confidence: 0.9,
      openedAt: at,
      detectedAt: at,
      priceUsd: 100,
      detectorVersion: newest.detector_version,
      evidence: { conditions: [], points: [], levels: {}, notes: [] },
      alerted: false,
    });
    return episodeId;
  } finally {
    await db.end();
  }
}
