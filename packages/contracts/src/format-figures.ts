/** A change in per cent with its sign: `+12.3%`. */
export function percent(value: number): string {
  const size = Math.abs(value);
  const digits = size >= 100 ? 0 : size >= 0.1 ? 1 : 2;
  const text = size.toFixed(digits);
  return `${value < 0 && Number(text) !== 0 ? "-" : "+"}${text}%`;
}

/** A fraction in per cent: `.82` is `82%`. */
export function share(fraction: number): string {
  return `${Math.round(100 * fraction)}%`;
}

/** A price in dollars, with the digits that matter for its size. */
export function price(usd: number): string {
  if (usd >= 1) {
    const digits = usd >= 10_000 ? 0 : 2;
    return `$${usd.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits })}`;
  }
  return `$${usd.toLocaleString("en-US", { maximumSignificantDigits: 4 })}`;
}

/** A sum in dollars, in words for its size: `$1.23 trillion`. */
export function amount(usd: number): string {
  for (const [size, word] of [
    [1e12, "trillion"],
    [1e9, "billion"],
    [1e6, "million"],
  ] as const) {
    if (usd >= size) return `$${Number((usd / size).toFixed(2))} ${word}`;
  }
  return price(usd);
}

/** A time to the minute: `2021-05-20 00:00 UTC`. */
export function time(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
