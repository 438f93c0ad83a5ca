import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { ProviderError } from "../provider-error.ts";
import { listingFetcher } from "./fetch-listing.ts";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

/** A provider on this machine; gives its URL. */
async function provider(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("no address");
  return `http://127.0.0.1:${address.port}`;
}

const fetchFrom = (baseUrl: string, coins: number, apiKey: string | null = "key") =>
  // No time is left for a second try, so that a failure shows at once.
  listingFetcher({ baseUrl, apiKey, source: "coinmarketcap", historyUrl: baseUrl })(coins, () => 0);

function coin(id: number) {
  const quote = [{ symbol: "USD", price: id, last_updated: "2026-03-01T12:00:00.000Z" }];
  return { id, name: `Coin ${id}`, symbol: `C${id}`, slug: `coin-${id}`, cmc_rank: id, quote };
}

function page(data: readonly unknown[]): string {
  return JSON.stringify({ status: { error_code: 0, error_message: null, credit_count: 2 }, data });
}

describe("listingFetcher", () => {
  it("asks for the top coins in USD with the key", async () => {
    const seen: unknown[] = [];
    const url = await provider((request, response) => {
      seen.push(request.url, request.headers["x-cmc_pro_api_key"]);
      response.end(page([coin(1), coin(2)]));
    });
    const { coins, creditCount } = await fetchFrom(url, 50);
    expect(coins.map(({ symbol }) => symbol)).toEqual(["C1", "C2"]);
    expect(creditCount).toBe(2);
    expect(seen).toEqual(["/v3/cryptocurrency/listings/latest?start=1&limit=50&convert=USD", "key"]);
  });

  it("asks without a key where there is none", async () => {
    const url = await provider((request, response) => {
      response.end(page("x-cmc_pro_api_key" in request.headers ? [] : [coin(1)]));
    });
    expect((await fetchFrom(url, 1, null)).coins).toHaveLength(1);
  });

  it("asks page after page, and takes a coin once that moved between them", async () => {
    const asked: string[] = [];
    const url = await provider((request, response) => {
      const { searchParams } = new URL(request.url ?? "", "http://provider");
      const [start, limit] = ["start", "limit"].map(name => Number(searchParams.get(name)));
      asked.push(`${start}+${limit}`);
      const first = start === 1 ? 1 : 5_000;
      const length = start === 1 ? 5_000 : 1_000;
      response.end(page(Array.from({ length }, (_, index) => coin(first + index))));
    });
    const { coins, creditCount } = await fetchFrom(url, 6_000);
    expect(asked).toEqual(["1+5000", "5001+1000"]);
    expect(coins).toHaveLength(5_999);
    expect(creditCount).toBe(4);
  });

  it("stops where the provider has no more coins", async () => {
    let pages = 0;
    const url = await provider((_, response) => {
      pages++;
      response.end(page([coin(1)]));
    });
    await fetchFrom(url, 10_000);
    expect(pages).toBe(1);
  });

  const faults: [string, (response: ServerResponse) => void, object][] = [
    [
      "a limit",
      response => {
        response.writeHead(429, { "retry-after": "7", "content-type": "application/json" });
        response.end(JSON.stringify({ status: { error_code: 1008, error_message: "Too many requests." } }));
      },
      { message: "CoinMarketCap answered 429: Too many requests.", retryable: true, retryAfterMs: 7_000 },
    ],
    [
      "a wrong key",
      response => {
        response.writeHead(401, { "content-type": "application/json" });
        response.end(JSON.stringify({ status: { error_code: 1001, error_message: "Invalid key." } }));
      },
      { message: "CoinMarketCap answered 401: Invalid key.", retryable: false },
    ],
    [
      "a page of a proxy",
      response => response.writeHead(502).end("<html>Bad gateway</html>"),
      { message: "CoinMarketCap answered 502: no reason given", retryable: true },
    ],
    [
      "half a body",
      response => {
        response.writeHead(200, { "content-length": "1000" });
        response.write('{"status":');
        setImmediate(() => response.destroy());
      },
      { message: expect.stringMatching(/^CoinMarketCap did not answer in full: /), retryable: true },
    ],
    [
      "JSON that ends too early",
      response => response.end(page([coin(1)]).slice(0, 80)),
      { message: expect.stringMatching(/^CoinMarketCap's answer is not a listing: /), retryable: true },
    ],
    [
      "a closed connection",
      response => response.destroy(),
      { message: expect.stringMatching(/^CoinMarketCap did not answer: /), retryable: true },
    ],
  ];
  it.each(faults)("tells of %s", async (_, answer, expected) => {
    const url = await provider((_request, response) => answer(response));
    const error = await fetchFrom(url, 1).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ProviderError);
    expect(error).toMatchObject(expected);
  });
});
