/** "limit=25", "minMarketCap=5e7": a parameter as programs write it; a name has at most 40 letters. */
const assigned = /\b([a-z][a-zA-Z_-]{0,39})\s?=\s?(?=[\w"'])/g;
/** "max_rank: 20": a name that only a program would write. */
const labelled = /\b([a-z]{1,20}[_A-Z][a-zA-Z_]{0,20})\s?:\s?(?=[\w"'])/g;

/** Spells out parameters and names that are written as programs do: "type=volume_anomaly" is "type volume anomaly". */
export function spellOutParameters(text: string): string {
  if (!/[=_]|\dhighs?\s?\dlow/i.test(text)) return text;
  const spelled = (_: string, name: string): string => `${name.replace(/([a-z])([A-Z])/g, "$1 $2")} `;
  return text
    .replace(/\b2\s?highs?\s?1\s?lows?\b/gi, "two highs one low")
    .replace(/&(?=\w{1,40}\s?[<>]?=)/g, ", ")
    .replace(assigned, spelled)
    .replace(labelled, spelled)
    .replace(/(\p{L})_+(?=\p{L})/gu, "$1 ");
}
