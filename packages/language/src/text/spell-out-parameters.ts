/** "limit=25", "max_rank: 20", "minMarketCap>=5e7": a parameter as programs write it. */
const parameter = /\b([a-z]+(?:[A-Z_-]?[a-z]+)*)\s?(?:=|(?<=[_A-Z][a-zA-Z]*)\s?:)\s?(?=[\w"'])/g;

/** Spells out parameters and names that are written as programs do: "type=volume_anomaly" is "type volume anomaly". */
export function spellOutParameters(text: string): string {
  if (!/[=_]|\dhighs?\s?\dlow/i.test(text)) return text;
  return text
    .replace(/\b2\s?highs?\s?1\s?lows?\b/gi, "two highs one low")
    .replace(/&(?=\w+\s?[<>]?=)/g, ", ")
    .replace(parameter, (_, name: string) => `${name.replace(/([a-z])([A-Z])/g, "$1 $2")} `)
    .replace(/(\p{L})_+(?=\p{L})/gu, "$1 ");
}
