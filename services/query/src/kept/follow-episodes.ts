import { type EpisodeRow, type Queryable, readEpisodeChanges } from "@vibe-charting/database";
import { changeFollower } from "./follow-changes.ts";

/** Episodes in their present state by the coins' ids, the latest change first. */
export type EpisodesByCoin = ReadonlyMap<number, readonly EpisodeRow[]>;

/** Follows the episodes that are open or changed at `horizon` or later. */
export function episodeFollower(horizon: Date): (db: Queryable) => Promise<EpisodesByCoin> {
  return changeFollower<EpisodesByCoin, EpisodeRow>(
    new Map(),
    async (db, since) => {
      const { episodes, seen } = await readEpisodeChanges(db, horizon, since);
      return { changes: episodes, seen };
    },
    (byCoin, changes) => {
      const fresh = changes.filter(
        ({ id, crypto_id }) => !byCoin.get(crypto_id)?.some(known => known.id === id),
      );
      if (fresh.length === 0) return byCoin;
      const result = new Map(byCoin);
      for (const [cryptoId, episodes] of Map.groupBy(fresh, episode => episode.crypto_id)) {
        result.set(cryptoId, withStates(byCoin.get(cryptoId) ?? [], episodes));
      }
      return result;
    },
  );
}

/** A later state of an episode takes the place of the one before. */
function withStates(known: readonly EpisodeRow[], fresh: readonly EpisodeRow[]): readonly EpisodeRow[] {
  const isSuperseded = (episode: EpisodeRow) =>
    fresh.some(
      other =>
        other.signal_type === episode.signal_type &&
        other.opened_at.getTime() === episode.opened_at.getTime(),
    );
  return [...known.filter(episode => !isSuperseded(episode)), ...fresh].sort(
    (a, b) => b.detected_at.getTime() - a.detected_at.getTime() || b.id - a.id,
  );
}
