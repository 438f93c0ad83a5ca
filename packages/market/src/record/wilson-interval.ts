/** Wilson's score interval of a share, 95 % by default; [0, 1] without observations. */
export function wilsonInterval(hits: number, count: number, z = 1.96): readonly [number, number] {
  if (count === 0) return [0, 1];
  const share = hits / count;
  const spread = z ** 2 / count;
  const centre = (share + spread / 2) / (1 + spread);
  const half = (z * Math.sqrt((share * (1 - share)) / count + spread / (4 * count))) / (1 + spread);
  return [Math.max(0, centre - half), Math.min(1, centre + half)];
}
