/** Weakens the product as it speaks to PostgreSQL: a statement in, the weaker one out. */
export type Mutation = (statement: string) => string;

/** Takes a part out of a statement, or puts another in its place, wherever it is found. */
function replacing(...changes: readonly (readonly [part: RegExp, other: string])[]): Mutation {
  return statement => changes.reduce((text, [part, other]) => text.replace(part, other), statement);
}

/** What each guarantee rests on, taken away: the suite must see the difference. */
export const mutations = {
  /** Events count as published before they are: what a publication straight after the commit comes to. */
  "outbox-off": replacing([
    /UPDATE outbox SET leased_until =/,
    "UPDATE outbox SET published_at = now(), leased_until =",
  ]),
  /** Every delivery is taken for the first one. */
  "inbox-off": replacing([
    /INSERT INTO inbox \(consumer, event_id\) VALUES \(\$1, \$2\)\s+ON CONFLICT DO NOTHING RETURNING event_id/,
    "SELECT $2::text AS event_id WHERE $1::text <> ''",
  ]),
  /** Older results may overwrite newer ones. */
  "guard-off": replacing(
    [/WHERE excluded\.as_of >= trend_analysis\.as_of/, ""],
    [/WHERE excluded\.as_of >= detector_states\.as_of/, ""],
  ),
} as const satisfies Readonly<Record<string, Mutation>>;

/** The mutation of a name; undefined without one. */
export function readMutation(name: string): Mutation | undefined {
  return Object.entries(mutations).find(([known]) => known === name)?.[1];
}
