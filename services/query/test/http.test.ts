import {
  CoinsResponse,
  MarketResponse,
  PricesResponse,
  Problem,
  QueryResponse,
  SignalsResponse,
  TrendsResponse,
} from "@vibe-charting/contracts";
import { connectDatabase, readQueryLogs } from "@vibe-charting/database";
import { createTestDatabase, type TestDatabase } from "@vibe-charting/database/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ApiAnswer, type ApiCall, apiClient } from "./api-client.ts";
import { type FixtureCoin, now, steady, storeMarket, storeSignal } from "./market-fixture.ts";

const coins: readonly FixtureCoin[] = [
  { cmcId: 1, symbol: "BTC", name: "Bitcoin", prices: steady(30, 50_000, 60_000) },
  { cmcId: 2, symbol: "LUNA", name: "Terra", prices: steady(30, 5, 1) },
  { cmcId: 3, symbol: "LUNA", name: "Luna Classic", prices: steady(30, 1, 2) },
  { cmcId: 4, symbol: "888", name: "Triple Eight", prices: steady(30, 1, 2) },
];

const problemOf = ({ body }: ApiAnswer) => Problem.parse(body);
const query = (body: unknown, headers?: Record<string, string>): ApiCall => ({
  method: "POST",
  resource: "/query",
  body,
  ...(headers && { headers }),
});

describe("the HTTP API", () => {
  let test: TestDatabase;
  let call: (call: ApiCall) => Promise<ApiAnswer>;
  beforeAll(async () => {
    test = await createTestDatabase();
    const ids = await storeMarket(test.database, coins);
    for (const daysAgo of [1, 2, 3]) {
      const episode = `volume_anomaly:${daysAgo}`;
      const signal = { type: "volume_anomaly", state: "confirmed", daysAgo, episode } as const;
      await storeSignal(test.database, ids.get(1) ?? 0, signal);
    }
    call = apiClient(test.database);
  });
  afterAll(() => test.drop());

  it.each<[string, ApiCall, number, string, readonly string[]]>([
    ["a body that is not JSON", query("{"), 400, "request.malformed_json", []],
    ["no body", query(undefined), 400, "request.invalid", ["body"]],
    ["a body that is a text", query('"top gainers"'), 400, "request.invalid", ["body"]],
    ["a body that is a list", query([]), 400, "request.invalid", ["body"]],
    ["a body without a query", query({}), 400, "request.invalid", ["query"]],
    ["a query that is a number", query({ query: 5 }), 400, "request.invalid", ["query"]],
    ["a blank query", query({ query: "   " }), 400, "request.invalid", ["query"]],
    ["a query of 501 characters", query({ query: "a".repeat(501) }), 400, "request.invalid", ["query"]],
    ["an asOf that is no time", query({ query: "hi", asOf: "yesterday" }), 400, "request.invalid", ["asOf"]],
    [
      "an asOf before all data",
      query({ query: "hi", asOf: "2001-01-01T00:00:00Z" }),
      400,
      "request.invalid",
      ["asOf"],
    ],
    [
      "an asOf before all clocks",
      query({ query: "hi", asOf: "0001-01-01T00:00:00Z" }),
      400,
      "request.invalid",
      ["asOf"],
    ],
    [
      "another content type",
      query("top gainers", { "Content-Type": "text/plain" }),
      415,
      "request.unsupported_media_type",
      [],
    ],
    ["a limit of 0", { resource: "/coins", query: { limit: "0" } }, 400, "request.invalid", ["limit"]],
    ["a limit of 201", { resource: "/signals", query: { limit: "201" } }, 400, "request.invalid", ["limit"]],
    [
      "a limit that is no number",
      { resource: "/coins", query: { limit: "ten" } },
      400,
      "request.invalid",
      ["limit"],
    ],
    [
      "an unknown timeframe of the market",
      { resource: "/market", query: { timeframe: "1y" } },
      400,
      "request.invalid",
      ["timeframe"],
    ],
    ["a misspelt parameter", { resource: "/coins", query: { limt: "5" } }, 400, "request.invalid", ["query"]],
    ["an unknown type", { resource: "/signals", query: { type: "moon" } }, 400, "request.invalid", ["type"]],
    [
      "an unknown state",
      { resource: "/signals", query: { state: "open" } },
      400,
      "request.invalid",
      ["state"],
    ],
    [
      "a confidence above 1",
      { resource: "/signals", query: { minConfidence: "80" } },
      400,
      "request.invalid",
      ["minConfidence"],
    ],
    [
      "a since that is no time",
      { resource: "/signals", query: { since: "monday" } },
      400,
      "request.invalid",
      ["since"],
    ],
    [
      "an unknown timeframe",
      { resource: "/coins/{symbol}/prices", path: { symbol: "BTC" }, query: { timeframe: "5d" } },
      400,
      "request.invalid",
      ["timeframe"],
    ],
    [
      "a symbol with a control character",
      { resource: "/trends/{symbol}", path: { symbol: "B\u0000C" } },
      400,
      "request.invalid",
      ["symbol"],
    ],
    [
      "a made-up cursor",
      { resource: "/coins", query: { cursor: "abc" } },
      400,
      "request.invalid_cursor",
      ["cursor"],
    ],
    [
      "a cursor of another list",
      { resource: "/signals", query: { cursor: Buffer.from('{"rank":1}').toString("base64url") } },
      400,
      "request.invalid_cursor",
      ["cursor"],
    ],
    [
      "a cursor beyond what the database counts",
      {
        resource: "/coins",
        query: {
          cursor: Buffer.from('{"at":"2026-03-18T00:00:00Z","rank":1e300,"cmcId":1}').toString("base64url"),
        },
      },
      400,
      "request.invalid_cursor",
      ["cursor"],
    ],
  ])("refuses %s and names the field", async (_what, request, status, code, fields) => {
    const answer = await call(request);
    const { errors = [], ...problem } = problemOf(answer);
    expect({ status: answer.status, code: problem.code, fields: errors.map(({ field }) => field) }).toEqual({
      status,
      code,
      fields,
    });
    expect(answer.headers["Content-Type"]).toBe("application/problem+json");
    expect(answer.headers["Access-Control-Allow-Origin"]).toBe("*");
  });

  it("suggests near symbols for an unknown one", async () => {
    const answer = await call({ resource: "/trends/{symbol}", path: { symbol: "bitcion" } });
    expect(answer.status).toBe(404);
    expect(problemOf(answer)).toMatchObject({
      code: "query.unknown_symbol",
      detail: "No followed coin has the symbol BITCION. Did you mean BTC?",
      retryable: false,
      suggestions: ["BTC"],
    });
  });

  it("pages through the coins of one listing, whatever came in meanwhile", async () => {
    const first = CoinsResponse.parse((await call({ resource: "/coins", query: { limit: "2" } })).body);
    const later = new Date(now.getTime() + 60_000);
    await storeMarket(
      test.database,
      coins.map(coin => ({ ...coin, prices: [7] })),
      { at: later, analyze: false },
    );
    const cursor = first.nextCursor ?? "";
    const rest = CoinsResponse.parse(
      (await call({ resource: "/coins", query: { limit: "2", cursor } })).body,
    );
    expect(
      [...first.coins, ...rest.coins].map(({ cmcId, rank, observedAt }) => ({ cmcId, rank, observedAt })),
    ).toEqual([1, 2, 3, 4].map(rank => ({ cmcId: rank, rank, observedAt: now.toISOString() })));
    expect(rest.nextCursor).toBeNull();
  });

  it("pages through signals, the latest first", async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const request: Record<string, string> = { limit: "2", ...(cursor !== null && { cursor }) };
      const page = SignalsResponse.parse((await call({ resource: "/signals", query: request })).body);
      seen.push(...page.signals.map(({ episodeId }) => episodeId));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(["volume_anomaly:1", "volume_anomaly:2", "volume_anomaly:3"]);
  });

  it("says which coin a shared symbol means", async () => {
    const answer = await call({ resource: "/trends/{symbol}", path: { symbol: "luna" } });
    const { name, otherCoinsWithThisSymbol } = TrendsResponse.parse(answer.body);
    expect({ name, otherCoinsWithThisSymbol }).toEqual({
      name: "Terra",
      otherCoinsWithThisSymbol: [{ cmcId: 3, name: "Luna Classic", rank: 3 }],
    });
  });

  it("finds a coin by its CoinMarketCap id, wherever a symbol is taken", async () => {
    const trends = await call({ resource: "/trends/{symbol}", path: { symbol: "3" } });
    const { name, cmcId, otherCoinsWithThisSymbol } = TrendsResponse.parse(trends.body);
    expect({ name, cmcId, otherCoinsWithThisSymbol }).toEqual({
      name: "Luna Classic",
      cmcId: 3,
      otherCoinsWithThisSymbol: [{ cmcId: 2, name: "Terra", rank: 2 }],
    });
    const prices = await call({ resource: "/coins/{symbol}/prices", path: { symbol: "3" } });
    expect(PricesResponse.parse(prices.body).cmcId).toBe(3);
    const signals = await call({ resource: "/signals", query: { symbol: "1" } });
    expect(SignalsResponse.parse(signals.body).signals.map(({ symbol }) => symbol)).toEqual([
      "BTC",
      "BTC",
      "BTC",
    ]);
  });

  it("takes digits for a symbol where no coin has that id, and knows neither of others", async () => {
    const numeric = await call({ resource: "/trends/{symbol}", path: { symbol: "888" } });
    expect(TrendsResponse.parse(numeric.body).name).toBe("Triple Eight");
    const unknown = await call({ resource: "/trends/{symbol}", path: { symbol: "889" } });
    expect({ status: unknown.status, code: problemOf(unknown).code }).toEqual({
      status: 404,
      code: "query.unknown_symbol",
    });
  });

  it("tells of the market what a question about it is answered, with every coin's change and no log", async () => {
    const logged = () => readQueryLogs(test.database, 1);
    const asked = await call(query({ query: "market overview over the past 7d" }));
    const { answer, interpretation, coverage } = QueryResponse.parse(asked.body);
    const named = await call(query({ query: "how is BTC doing over the past 7d" }));
    const [bitcoin] = QueryResponse.parse(named.body).results;
    const before = await logged();
    expect(before.length).toBe(1);
    const market = await call({ resource: "/market", query: { timeframe: "7d" } });
    const { coins: told, ...rest } = MarketResponse.parse(market.body);
    expect(rest).toEqual({ timeframe: "7d", window: interpretation.window, summary: answer, coverage });
    expect(told.map(({ cmcId, rank, kind }) => ({ cmcId, rank, kind }))).toEqual(
      coins.map(({ cmcId }, place) => ({ cmcId, rank: place + 1, kind: "native" })),
    );
    expect(told[0]?.changePct).toBe(bitcoin?.changePct);
    expect(await logged()).toEqual(before);
  });

  it("answers a client that has the newest data with 304 and no body", async () => {
    const request = { resource: "/coins/{symbol}/prices", path: { symbol: "BTC" } };
    const first = await call(request);
    expect(PricesResponse.parse(first.body).prices.length).toBeGreaterThan(30);
    const tag = String(first.headers.ETag);
    const second = await call({ ...request, headers: { "if-none-match": `"old", W/${tag}` } });
    expect({ status: second.status, body: second.body, tag: second.headers.ETag }).toEqual({
      status: 304,
      body: null,
      tag,
    });
    expect(second.headers["Access-Control-Allow-Origin"]).toBe("*");
    expect((await call({ ...request, headers: { "if-none-match": '"old"' } })).status).toBe(200);
  });
});

describe("without a database", () => {
  const call = apiClient(() =>
    connectDatabase({
      address: { host: "127.0.0.1", port: 1, database: "none", username: "nobody" },
      password: async () => "none",
      maxPoolSize: 1,
      statementTimeoutMs: 1_000,
    }),
  );

  it.each<ApiCall>([
    query({ query: "top gainers" }),
    { resource: "/coins" },
    { resource: "/market" },
    { resource: "/signals" },
    { resource: "/trends/{symbol}", path: { symbol: "BTC" } },
    { resource: "/coins/{symbol}/prices", path: { symbol: "BTC" } },
  ])("$resource asks to come back", async request => {
    const answer = await call(request);
    const { code, retryable } = problemOf(answer);
    expect({ status: answer.status, code, retryable, retryAfter: answer.headers["Retry-After"] }).toEqual({
      status: 503,
      code: "service.unavailable",
      retryable: true,
      retryAfter: "5",
    });
  });

  it("says in /health which part does not work", async () => {
    expect((await call({ resource: "/health" })).body).toMatchObject({
      status: "degraded",
      checks: { database: { ok: false, detail: "does not answer" }, queues: { ok: true } },
    });
  });
});

describe("before the first listing", () => {
  let test: TestDatabase;
  let call: (call: ApiCall) => Promise<ApiAnswer>;
  beforeAll(async () => {
    test = await createTestDatabase();
    call = apiClient(test.database);
  });
  afterAll(() => test.drop());

  it("answers what needs no data, and asks to come back for the rest", async () => {
    expect(await call(query({ query: "what can you do?" }))).toMatchObject({
      status: 200,
      body: { results: [], coverage: { evaluated: 0, asOf: null, stale: true, source: null } },
    });
    expect((await call(query({ query: "top gainers" }))).status).toBe(503);
    expect((await call({ resource: "/coins" })).status).toBe(503);
    expect((await call({ resource: "/signals" })).body).toEqual({ signals: [], nextCursor: null });
  });
});
