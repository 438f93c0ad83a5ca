/** Scrambles 32 bits so that neighbouring inputs give unrelated outputs (the finaliser of MurmurHash3). */
function scramble(bits: number): number {
  let h = bits;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/**
 * A uniform number in (0, 1) that depends on its three arguments alone. Drawing by position instead of from a
 * sequence keeps every hour of every coin the same, whatever else is drawn before it.
 */
export function uniform(seed: number, stream: number, index: number): number {
  const h = scramble(scramble(scramble(seed ^ 0x9e3779b9) ^ stream) ^ index);
  return (h + 0.5) / 4_294_967_296;
}

/** Share and scale of the larger shocks, and what brings the mixture back to unit variance. */
const largeShare = 0.04;
const largeScale = 2.2;
const unitVariance = 1 / Math.sqrt(1 - largeShare + largeShare * largeScale * largeScale);

/** A fat-tailed shock of mean 0 and variance 1, at most 4 in size: what is larger belongs to the script. */
export function shock(seed: number, stream: number, index: number): number {
  const radius = Math.sqrt(-2 * Math.log(uniform(seed, stream, index * 3)));
  const normal = radius * Math.cos(2 * Math.PI * uniform(seed, stream, index * 3 + 1));
  const scale = uniform(seed, stream, index * 3 + 2) < largeShare ? largeScale : 1;
  return Math.max(-4, Math.min(4, normal * scale * unitVariance));
}
