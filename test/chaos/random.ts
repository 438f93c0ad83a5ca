/** Numbers that follow from a seed alone: the same seed, the same numbers. */
export type Random = {
  /** From 0 up to 1. */
  readonly unit: () => number;
  readonly chance: (probability: number) => boolean;
  /** A whole number from 0 up to `count`. */
  readonly below: (count: number) => number;
  readonly pick: <Item>(items: readonly Item[]) => Item;
  /** Another series of numbers, which draws from this one do not move. */
  readonly fork: (name: string) => Random;
};

/** The generator mulberry32, begun at a hash of the seed. */
export function seededRandom(seed: string): Random {
  let state = hashOf(seed);
  const unit = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (count: number) => Math.floor(unit() * count);
  return {
    unit,
    below,
    chance: probability => unit() < probability,
    pick: <Item>(items: readonly Item[]) => {
      if (items.length === 0) throw new RangeError("There is nothing to pick from");
      // The index is below the length.
      return items[below(items.length)] as Item;
    },
    fork: name => seededRandom(`${seed}/${name}`),
  };
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return hash | 0;
}
