import { nothingSeen, type Queryable, type SeenChanges } from "@vibe-charting/database";

/**
 * Follows a table whose rows say when they changed: the first call reads all of it, each further one only what
 * changed since. `apply` must give the same state back where a change is none: what was seen may come again.
 */
export function changeFollower<State, Change>(
  empty: State,
  read: (db: Queryable, since: SeenChanges) => Promise<{ changes: readonly Change[]; seen: SeenChanges }>,
  apply: (state: State, changes: readonly Change[]) => State,
): (db: Queryable) => Promise<State> {
  let kept = { state: empty, seen: nothingSeen };
  return async db => {
    // Both go together: what runs at the same time may put an older pair back, which only reads more.
    const before = kept;
    const { changes, seen } = await read(db, before.seen);
    const state = apply(before.state, changes);
    kept = { state, seen };
    return state;
  };
}
