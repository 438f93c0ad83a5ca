import { z } from "zod";
import { refused } from "../provider-client.ts";
import { ProviderError } from "../provider-error.ts";
import { readRefusal } from "./error-codes.ts";

/** Prices, amounts and ranks beyond these are a provider's glitch, not a market. */
const absurdPriceUsd = 1e12;
const absurdUsd = 1e18;
const absurdRank = 1_000_000;
const absurdChangePct = 1e9;
/** A coin's price is observed at about the time of the others; one far from it would be no observation of now. */
const longestOffsetDays = 2;
const dayMs = 24 * 60 * 60 * 1_000;

/** Neither PostgreSQL nor SNS takes control characters or halves of a surrogate pair. */
const Text = z
  .string()
  .trim()
  .min(1)
  .refine(text => text.isWellFormed() && !/\p{Cc}/u.test(text), "has control or broken characters");

const Amount = z.number().nonnegative().lt(absurdUsd);
/** A change that is no use is left out; the price stands without it. */
const Change = z.number().gt(-100).lt(absurdChangePct).nullish().catch(null);
const Quote = z.object({
  price: z.number().positive().lt(absurdPriceUsd),
  volume_24h: Amount.nullish(),
  market_cap: Amount.nullish(),
  percent_change_1h: Change,
  percent_change_24h: Change,
  percent_change_7d: Change,
  percent_change_30d: Change,
  percent_change_60d: Change,
  percent_change_90d: Change,
  last_updated: z.iso.datetime(),
});
const Coin = z.object({
  id: z.int().positive(),
  name: Text.max(200),
  symbol: Text.max(50),
  slug: Text.max(200),
  cmc_rank: z.int().positive().max(absurdRank),
  tags: z.array(z.string()).nullish(),
  quote: z.preprocess(usdQuote, Quote),
});

/** The code is a number in the documentation and a string in some answers. */
const ErrorCode = z.union([z.int(), z.string().regex(/^\d+$/).transform(Number)]);
const Envelope = z.object({
  status: z.object({
    error_code: ErrorCode,
    error_message: z.string().nullish(),
    credit_count: z.number().nullish(),
  }),
  /** Not there beside an error. */
  data: z.unknown().optional(),
});
const Items = z.array(z.unknown());

/** How the provider says that a price changed over some hours, per cent. */
type QuotedChange = { readonly hours: number; readonly pct: number };

export type QuotedCoin = {
  readonly cmcId: number;
  readonly name: string;
  readonly symbol: string;
  readonly slug: string;
  readonly rank: number;
  readonly tags: readonly string[];
  readonly priceUsd: number;
  readonly volume24hUsd: number | null;
  readonly marketCapUsd: number | null;
  /** The shortest first; those that the provider does not give are left out. */
  readonly changes: readonly QuotedChange[];
  readonly observedAt: Date;
};

/** A coin of a listing that was left out, and why. */
export type RejectedCoin = {
  readonly position: number;
  readonly symbol: string | null;
  readonly reason: string;
};

export type ParsedListing = {
  readonly coins: readonly QuotedCoin[];
  readonly rejected: readonly RejectedCoin[];
  readonly creditCount: number;
};

/**
 * Reads CoinMarketCap's answer to `/v3/cryptocurrency/listings/latest`. A malformed or repeated coin is left out
 * and reported by its place, counted from `firstPosition`; the others stand. Throws a ProviderError when the answer as
 * a whole is not a listing.
 */
export function parseListing(body: unknown, firstPosition = 1): ParsedListing {
  const { status, data } = parseWhole(Envelope, body);
  // Some of its refusals come as a success.
  if (status.error_code !== 0) throw refused("CoinMarketCap", 200, readRefusal(200, body), null);
  const items = parseWhole(Items, data).map(item => ({ item, parsed: Coin.safeParse(item) }));
  const listedAt = middleOf(items.flatMap(({ parsed }) => (parsed.success ? [timeOf(parsed.data)] : [])));
  const coins = new Map<number, QuotedCoin>();
  const rejected: RejectedCoin[] = [];
  for (const [index, { item, parsed }] of items.entries()) {
    const reason = parsed.success
      ? (repetitionOf(parsed.data.id, coins) ?? offsetOf(timeOf(parsed.data), listedAt))
      : describeIssues(parsed.error);
    if (parsed.success && reason === null) coins.set(parsed.data.id, toQuotedCoin(parsed.data));
    else
      rejected.push({
        position: firstPosition + index,
        symbol: symbolOf(item),
        reason: reason ?? "not valid",
      });
  }
  return { coins: [...coins.values()], rejected, creditCount: status.credit_count ?? 0 };
}

function parseWhole<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  throw new ProviderError(`CoinMarketCap's answer is not a listing: ${z.prettifyError(result.error)}`, {
    kind: "retry",
    waitMs: null,
  });
}

function timeOf(coin: z.infer<typeof Coin>): number {
  return Date.parse(coin.quote.last_updated);
}

/** The middle one: no single coin can move it far. */
function middleOf(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
}

function offsetOf(at: number, listedAt: number): string | null {
  if (Math.abs(at - listedAt) <= longestOffsetDays * dayMs) return null;
  const [observed, listed] = [at, listedAt].map(time => new Date(time).toISOString());
  return `observed at ${observed}, more than ${longestOffsetDays} days from the listing's ${listed}`;
}

/** v3 gives a list of quotes, one for each currency; one of its guides still shows an object by currency. */
function usdQuote(quote: unknown): unknown {
  const quotes = typeof quote === "object" && quote !== null ? Object.entries(quote) : [];
  return quotes.find(([key, value]) => key === "USD" || value?.symbol === "USD")?.[1];
}

function repetitionOf(cmcId: number, coins: ReadonlyMap<number, QuotedCoin>): string | null {
  return coins.has(cmcId) ? `the id ${cmcId} is in the listing twice` : null;
}

function describeIssues(error: z.ZodError): string {
  return error.issues.map(({ path, message }) => `${path.join(".") || "coin"}: ${message}`).join("; ");
}

function symbolOf(item: unknown): string | null {
  if (typeof item !== "object" || item === null || !("symbol" in item)) return null;
  return typeof item.symbol === "string" ? item.symbol.slice(0, 50) : null;
}

function toQuotedCoin({ id, name, symbol, slug, cmc_rank, tags, quote }: z.infer<typeof Coin>): QuotedCoin {
  return {
    cmcId: id,
    name,
    symbol,
    slug,
    rank: cmc_rank,
    tags: tags ?? [],
    priceUsd: quote.price,
    volume24hUsd: quote.volume_24h ?? null,
    marketCapUsd: quote.market_cap ?? null,
    changes: changesOf(quote),
    observedAt: new Date(quote.last_updated),
  };
}

/** The windows of the changes, the shortest first. */
export const quotedHours = [1, 24, 7 * 24, 30 * 24, 60 * 24, 90 * 24] as const;

function changesOf(quote: z.infer<typeof Quote>): readonly QuotedChange[] {
  const changes: Record<(typeof quotedHours)[number], number | null | undefined> = {
    1: quote.percent_change_1h,
    24: quote.percent_change_24h,
    168: quote.percent_change_7d,
    720: quote.percent_change_30d,
    1440: quote.percent_change_60d,
    2160: quote.percent_change_90d,
  };
  return quotedHours.flatMap(hours => {
    const pct = changes[hours];
    return pct === null || pct === undefined ? [] : [{ hours, pct }];
  });
}
