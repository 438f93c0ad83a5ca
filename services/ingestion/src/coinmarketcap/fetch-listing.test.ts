import { afterEach, describe, expect, it } from "vitest";
import { describePriceSource } from "../../test/price-source-contract.ts";
import { type Answer, json, type ProviderServer, startProvider } from "../../test/provider-server.ts";
import { ProviderError } from "../provider-error.ts";
import { providerSettings } from "../provider-settings.ts";
import { errorCodes } from "./error-codes.ts";
import { listingFetcher } from "./fetch-listing.ts";

const apiKey = "key-that-nobody-may-see";

function coin(id: number, quoted: { readonly price: unknown } = { price: 99 + id }) {
  const quote = [{ symbol: "USD", ...quoted, last_updated: "2026-03-01T12:00:00.000Z" }];
  return { id, name: `Coin ${id}`, symbol: `C${id}`, slug: `coin-${id}`, cmc_rank: id, quote };
}

function listing(data: readonly unknown[], status: Record<string, unknown> = {}) {
  return { status: { error_code: 0, error_message: null, credit_count: 2, ...status }, data };
}

function settings(baseUrl: string, key: string | null = apiKey) {
  return providerSettings({ source: "coinmarketcap", baseUrl, ...(key !== null && { apiKey: key }) });
}

describePriceSource({
  name: "CoinMarketCap",
  secret: apiKey,
  fetch: async (url, time) => {
    const { coins, rejected } = await listingFetcher(settings(url))(50, time);
    return { prices: coins.map(({ priceUsd }) => priceUsd), reasons: rejected.map(({ reason }) => reason) };
  },
  answerWith: prices => listing(prices.map((price, index) => coin(index + 1, { price }))),
  answerWithRepetition: listing([coin(1), coin(2), coin(3), coin(1, { price: 5 })]),
  refusal: words => ({ status: { error_code: 0, error_message: words, credit_count: 0 } }),
});

const servers: ProviderServer[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.stop();
});

async function provider(...answers: readonly Answer[]): Promise<ProviderServer> {
  const server = await startProvider(...answers);
  servers.push(server);
  return server;
}

/** Fetches the top coins; time passes only in waits. */
async function fetchTop(url: string, coins: number) {
  const waitsMs: number[] = [];
  const credits: number[] = [];
  const outcome = await listingFetcher(settings(url))(coins, {
    deadlineMs: () => 120_000,
    random: () => 1,
    wait: async ms => waitsMs.push(ms),
    onCredits: spent => credits.push(spent),
  }).catch((error: unknown) => error);
  return { outcome, waitsMs, credits };
}

const page: Answer = (request, response) => {
  const { searchParams } = new URL(request.url ?? "", "http://provider");
  const [start = 1, limit = 1] = ["start", "limit"].map(name => Number(searchParams.get(name)));
  // While the pages were fetched, a coin fell from the first one to the second.
  const first = start === 1 ? 1 : start - 1;
  const coins = Array.from({ length: limit }, (_, index) => coin(first + index));
  json(listing(coins, { credit_count: limit / 200 }))(request, response);
};

describe("listingFetcher", () => {
  it("asks for the top coins in USD, with the key where there is one", async () => {
    const keys: unknown[] = [];
    const server = await provider((request, response) => {
      keys.push(request.headers["x-cmc_pro_api_key"]);
      json(listing([coin(1)]))(request, response);
    });
    for (const key of [apiKey, null]) {
      await listingFetcher(settings(server.url, key))(50, { deadlineMs: () => 5_000 });
    }
    const path = "/v3/cryptocurrency/listings/latest?start=1&limit=50&convert=USD";
    expect({ asked: server.asked, keys }).toEqual({ asked: [path, path], keys: [apiKey, undefined] });
  });

  it("asks page after page for up to 10,000 coins, and takes a coin once that moved between them", async () => {
    const server = await provider(page);
    const { outcome, credits } = await fetchTop(server.url, 10_000);
    expect(server.asked.map(path => path.replace(/.*\?start=(\d+)&limit=(\d+).*/, "$1+$2"))).toEqual([
      "1+5000",
      "5001+5000",
    ]);
    expect(outcome).toMatchObject({
      creditCount: 50,
      rejected: [
        { position: 5_000, symbol: "C5000", reason: "the id 5000 is on two pages: it moved between them" },
      ],
    });
    expect(outcome).toHaveProperty("coins.length", 9_999);
    expect(credits).toEqual([25, 25]);
  });

  it("stops where the provider has no more coins", async () => {
    const server = await provider(json(listing([coin(1)])));
    await fetchTop(server.url, 10_000);
    expect(server.asked).toHaveLength(1);
  });

  it("counts a bad coin's place over the pages, and the coins that it leaves", async () => {
    const server = await provider(
      json(listing(Array.from({ length: 5_000 }, (_, index) => coin(index + 1)))),
      json(listing([coin(5_001), coin(5_002, { price: -1 })])),
    );
    const { outcome } = await fetchTop(server.url, 5_002);
    expect(outcome).toMatchObject({ rejected: [{ position: 5_002, symbol: "C5002" }] });
  });

  it("tells of the credits of the pages before the one that fails", async () => {
    const full = listing(
      Array.from({ length: 5_000 }, (_, index) => coin(index + 1)),
      { credit_count: 25 },
    );
    const server = await provider(json(full), json({ status: { error_code: 1006 } }, 403));
    const { outcome, credits } = await fetchTop(server.url, 6_000);
    expect(outcome).toBeInstanceOf(ProviderError);
    expect(credits).toEqual([25]);
  });
});

describe("an error code of CoinMarketCap", () => {
  const asked = Object.entries(errorCodes).flatMap(([code, known]) =>
    [Number(code), code].map(error_code => [error_code, known] as const),
  );

  it.each(asked)(
    "%j has the reaction of the table, beside an error status and in a success",
    async (error_code, known) => {
      const body = { status: { error_code, error_message: "Said so.", credit_count: 0 } };
      for (const status of [Number(error_code) < 1_000 ? Number(error_code) : 403, 200]) {
        const server = await provider(json(body, status));
        const { outcome, waitsMs } = await fetchTop(server.url, 50);
        expect(outcome).toBeInstanceOf(ProviderError);
        expect(outcome).toMatchObject({
          reaction: known.reaction,
          message: expect.stringContaining(known.advice === null ? "Said so." : `Said so. ${known.advice}`),
        });
        // Only what may pass soon is asked for again, and a minute's limit not before its end.
        const { reaction } = known;
        expect(waitsMs).toEqual(
          reaction.kind === "retry" ? [1, 2, 4].map(times => reaction.waitMs ?? 500 * times) : [],
        );
      }
    },
  );

  it("says what it means where the provider gives no words", async () => {
    const server = await provider(json({ status: { error_code: "1002" } }, 401));
    expect((await fetchTop(server.url, 50)).outcome).toMatchObject({
      message: `CoinMarketCap answered 401, code 1002: the key is missing - ${errorCodes[1002]?.advice}`,
    });
  });

  it.each([
    [418, 9_999, "fail"],
    [503, 9_999, "retry"],
    [429, 0, "retry"],
    [403, null, "fail"],
    [403, "1e3", "fail"],
    [403, -1, "fail"],
  ])("that is unknown leaves it to the status %d (%j): %s", async (status, error_code, kind) => {
    const server = await provider(json({ status: { error_code, error_message: "?" } }, status));
    expect((await fetchTop(server.url, 50)).outcome).toMatchObject({ reaction: { kind } });
  });
});
