/** "limit=25", "minMarketCap=5e7": a parameter as programs write it. */
const parameter = /\b([a-z]+(?:[A-Z_-]?[a-z]+)*)\s?=\s?(?=[\w"'])/g;

/** Spells out parameters and names that are written as programs do: "type=volume_anomaly" is "type volume anomaly". */
export function spellOutParameters(text: string): string {
  if (!/[=_]/.test(text)) return text;
  return text
    .replace(parameter, (_, name: string) => `${name.replace(/([a-z])([A-Z])/g, "$1 $2")} `)
    .replace(/(\p{L})_+(?=\p{L})/gu, "$1 ");
}
