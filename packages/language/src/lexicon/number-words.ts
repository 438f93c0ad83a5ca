const units =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen";
const tens = "twenty thirty forty fifty sixty seventy eighty ninety";

export const numberWords: ReadonlyMap<string, number> = new Map<string, number>([
  ...units.split(" ").map((word, value): [string, number] => [word, value]),
  ...tens.split(" ").map((word, index): [string, number] => [word, 20 + 10 * index]),
  ["dozen", 12],
  ["couple", 2],
  ["pair", 2],
  ["trio", 3],
  ["fourty", 40],
]);

/** Words and suffixes that multiply the number before them. */
export const magnitudes: ReadonlyMap<string, number> = new Map([
  ["hundred", 100],
  ["thousand", 1e3],
  ["k", 1e3],
  ["grand", 1e3],
  ["m", 1e6],
  ["mm", 1e6],
  ["mil", 1e6],
  ["mill", 1e6],
  ["mio", 1e6],
  ["mln", 1e6],
  ["million", 1e6],
  ["millions", 1e6],
  ["b", 1e9],
  ["bn", 1e9],
  ["bil", 1e9],
  ["bln", 1e9],
  ["billion", 1e9],
  ["billions", 1e9],
  ["t", 1e12],
  ["tn", 1e12],
  ["trillion", 1e12],
]);
