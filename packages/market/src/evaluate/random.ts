/** A seeded stream of random numbers: the same seed gives the same figures on every machine. */
export type Random = {
  /** Uniform on [0, 1). */
  readonly uniform: () => number;
  readonly between: (low: number, high: number) => number;
  /** Whole number from `low` up to but without `high`. */
  readonly integer: (low: number, high: number) => number;
  readonly normal: () => number;
  /** Student's t with these degrees of freedom, scaled to unit variance. */
  readonly studentT: (degrees: number) => number;
  readonly pick: <T>(values: readonly T[]) => T;
};

/** Mulberry32, seeded. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  return {
    uniform,
    normal,
    between: (low, high) => low + (high - low) * uniform(),
    integer: (low, high) => Math.floor(low + (high - low) * uniform()),
    studentT: degrees => {
      let squares = 0;
      for (let i = 0; i < degrees; i += 1) squares += normal() ** 2;
      return (normal() / Math.sqrt(squares / degrees)) * Math.sqrt((degrees - 2) / degrees);
    },
    pick: values => {
      const value = values[Math.floor(uniform() * values.length)];
      if (value === undefined) throw new RangeError("There is nothing to pick from");
      return value;
    },
  };
}
