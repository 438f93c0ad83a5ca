const locale = "en-US";

/** "$69,321", "$3,483.28", "$0.07798", "$0.00001703": as many digits as a price of this size is read with. */
export function price(usd: number): string {
  const size = Math.abs(usd);
  if (size >= 10_000) return `$${usd.toLocaleString(locale, { maximumFractionDigits: 0 })}`;
  if (size >= 1 || size === 0) {
    return `$${usd.toLocaleString(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
  }
  return `$${usd.toLocaleString(locale, { maximumSignificantDigits: 4, maximumFractionDigits: 12 })}`;
}

/** "+3.4%", "−12.0%": the sign is always there, so that colour is never the only one. */
export function change(percent: number | null | undefined): string {
  if (percent === null || percent === undefined) return "n/a";
  const rounded = Math.abs(percent).toFixed(1);
  if (Number(rounded) === 0) return "0.0%";
  return `${percent > 0 ? "+" : "−"}${Number(rounded).toLocaleString(locale, { minimumFractionDigits: 1 })}%`;
}

/** "$1.36 trillion", "$93.5 million". */
export function amount(usd: number | null): string {
  if (usd === null) return "n/a";
  for (const [size, word] of sizes) {
    if (Math.abs(usd) >= size) return `$${Number((usd / size).toPrecision(3))} ${word}`;
  }
  return `$${Math.round(usd).toLocaleString(locale)}`;
}
const sizes = [
  [1e12, "trillion"],
  [1e9, "billion"],
  [1e6, "million"],
] as const;

/** A fraction as "75%". */
export function share(fraction: number): string {
  return `${Math.round(fraction * 100)}%`;
}
