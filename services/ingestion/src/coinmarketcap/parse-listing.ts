import { z } from "zod";
import { ProviderError } from "../provider-error.ts";

/** Prices and caps beyond this are a provider's glitch, not a market. */
const absurdUsd = 1e18;

const Amount = z.number().nonnegative().lt(absurdUsd);
const Quote = z.object({
  price: z.number().positive().lt(1e12),
  volume_24h: Amount.nullish(),
  market_cap: Amount.nullish(),
  last_updated: z.iso.datetime(),
});
const Coin = z.object({
  id: z.int().positive(),
  name: z.string().trim().min(1).max(200),
  symbol: z.string().trim().min(1).max(50),
  slug: z.string().trim().min(1).max(200),
  cmc_rank: z.int().positive(),
  tags: z.array(z.string()).nullish(),
  quote: z.preprocess(usdQuote, Quote),
});

/** The code is a number in the documentation and a string in some answers. */
const Envelope = z.object({
  status: z.object({
    error_code: z.coerce.number(),
    error_message: z.string().nullish(),
    credit_count: z.number().nullish(),
  }),
  data: z.array(z.unknown()),
});

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
 * and reported; the others stand. Throws a ProviderError when the answer as a whole is not a listing.
 */
export function parseListing(body: unknown): ParsedListing {
  const envelope = Envelope.safeParse(body);
  if (!envelope.success) {
    throw new ProviderError(`CoinMarketCap's answer is not a listing: ${z.prettifyError(envelope.error)}`, {
      retryable: true,
    });
  }
  const { status, data } = envelope.data;
  if (status.error_code !== 0) {
    throw new ProviderError(
      `CoinMarketCap refused: ${status.error_message ?? "no reason given"} (${status.error_code})`,
      {
        retryable: false,
      },
    );
  }
  const coins = new Map<number, QuotedCoin>();
  const rejected: RejectedCoin[] = [];
  for (const [index, item] of data.entries()) {
    const parsed = Coin.safeParse(item);
    const reason = parsed.success ? repetitionOf(parsed.data.id, coins) : describeIssues(parsed.error);
    if (parsed.success && reason === null) coins.set(parsed.data.id, toQuotedCoin(parsed.data));
    else rejected.push({ position: index + 1, symbol: symbolOf(item), reason: reason ?? "not valid" });
  }
  return { coins: [...coins.values()], rejected, creditCount: status.credit_count ?? 0 };
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
    observedAt: new Date(quote.last_updated),
  };
}
