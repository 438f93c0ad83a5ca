import { z } from "zod";
import type { ProviderClient } from "../provider-client.ts";
import { ProviderError } from "../provider-error.ts";
import type { RetryOptions } from "../retry.ts";

/** CoinGecko's largest page of prices. */
const pageSize = 250;

const Listed = z.object({ id: z.string().min(1), symbol: z.string(), name: z.string() });
const Priced = z.object({ id: z.string().min(1), current_price: z.number().positive() });
const Items = z.array(z.unknown());

/** A coin as CoinGecko knows it. */
export type CoinGeckoCoin = z.infer<typeof Listed>;

/** Every coin that CoinGecko has. */
export async function fetchCoins(ask: ProviderClient, time: RetryOptions): Promise<readonly CoinGeckoCoin[]> {
  return await ask("/api/v3/coins/list", {}, body => readItems("list of coins", Listed, body), time);
}

/** The present prices of some coins, USD, by their ids; coins without one are left out. */
export async function fetchPrices(
  ask: ProviderClient,
  ids: readonly string[],
  time: RetryOptions,
): Promise<ReadonlyMap<string, number>> {
  const prices = new Map<string, number>();
  for (let start = 0; start < ids.length; start += pageSize) {
    const page = ids.slice(start, start + pageSize);
    const parameters = { vs_currency: "usd", ids: page.join(","), per_page: pageSize, page: 1 };
    const read = (body: unknown) => readItems("list of prices", Priced, body);
    for (const { id, current_price } of await ask("/api/v3/coins/markets", parameters, read, time)) {
      prices.set(id, current_price);
    }
  }
  return prices;
}

/** The items that are of the schema: one that is not is a coin that cannot be matched, which is then said of it. */
function readItems<Schema extends z.ZodType>(what: string, schema: Schema, body: unknown): z.infer<Schema>[] {
  const items = Items.safeParse(body);
  if (!items.success) {
    throw new ProviderError(`CoinGecko's answer is not a ${what}: ${z.prettifyError(items.error)}`, {
      kind: "retry",
      waitMs: null,
    });
  }
  return items.data.flatMap(item => {
    const parsed = schema.safeParse(item);
    return parsed.success ? [parsed.data] : [];
  });
}
