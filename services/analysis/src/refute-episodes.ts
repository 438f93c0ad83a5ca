import { closedSignalStates, SignalState } from "@vibe-charting/contracts";
import { type CoinRow, insertSignalEvent, listSignalRows, type Queryable } from "@vibe-charting/database";
import { type DetectorsState, openEpisodeIds, refutedState, type Sample } from "@vibe-charting/market";

const openStates = SignalState.options.filter(state => !closedSignalStates.some(closed => closed === state));
/** A coin has at most one open episode of each type, and what detectors of earlier releases left. */
const mostOpen = 100;
const note = "Past prices that were loaded later do not show it: no detector follows it any more.";

/**
 * Ends the episodes that were opened since `since` and that the detectors, having taken in a longer history, do not
 * follow: nothing else would. Nobody is alerted, since nothing happened in the market.
 */
export async function refuteEpisodes(
  tx: Queryable,
  coin: CoinRow,
  { since, state, newest }: { since: Date; state: DetectorsState; newest: Sample },
): Promise<void> {
  const identity = { id: coin.cmc_id, symbol: coin.symbol, kind: coin.kind };
  const followed = openEpisodeIds(identity, state);
  const open = await listSignalRows(tx, { cryptoIds: [coin.id], states: openStates, limit: mostOpen });
  for (const episode of open) {
    if (followed.has(episode.episode_id) || episode.opened_at <= since) continue;
    await insertSignalEvent(tx, coin.id, {
      episodeId: episode.episode_id,
      type: episode.signal_type,
      state: refutedState(episode.signal_type),
      previousState: episode.state,
      confidence: 0,
      openedAt: episode.opened_at,
      detectedAt: new Date(newest.at),
      priceUsd: newest.priceUsd,
      detectorVersion: episode.detector_version,
      evidence: { conditions: [], points: [], levels: {}, notes: [note] },
      alerted: false,
    });
  }
}
