import { CoinsResponse, PricesResponse, problem, QueryResponse } from "@vibe-charting/contracts";
import { afterEach, describe, expect, it } from "vitest";
import { callApi, localKey } from "./query-api-access.ts";
import { type StubAnswer, stubApi } from "./query-stub-api.ts";

describe("callApi", () => {
  let close: () => Promise<void> = async () => {};
  afterEach(() => close());

  const serve = async (answer: StubAnswer) => {
    const api = await stubApi(answer);
    close = api.close;
    return { ...api, access: { url: `${api.url}/`, key: localKey } };
  };

  it("puts parameters into the path and the query, and the key into its header", async () => {
    const { access, requests } = await serve({ status: 200, body: {} });
    await callApi(access, "getPrices", PricesResponse, { parameters: { symbol: "a/b", timeframe: "7d" } });
    expect(requests).toEqual([
      { method: "GET", path: "/coins/a%2Fb/prices?timeframe=7d", key: localKey, body: null },
    ]);
  });

  it("sends the body of a question", async () => {
    const { access, requests } = await serve({ status: 200, body: {} });
    await callApi(access, "askQuestion", QueryResponse, { body: { query: "hi" } });
    expect(requests).toEqual([{ method: "POST", path: "/query", key: localKey, body: { query: "hi" } }]);
  });

  it("gives the answer", async () => {
    const body = { coins: [], nextCursor: null };
    const { access } = await serve({ status: 200, body });
    expect(await callApi(access, "listCoins", CoinsResponse)).toEqual({ kind: "answer", answer: body });
  });

  it.each<[string, StubAnswer, { code: string; retryable: boolean; retryAfterSeconds: number | null }]>([
    [
      "a problem document",
      { status: 503, body: problem("service.unavailable", "Soon."), headers: { "retry-after": "5" } },
      { code: "service.unavailable", retryable: true, retryAfterSeconds: 5 },
    ],
    [
      "a refused key",
      { status: 403, body: { message: "Forbidden" } },
      { code: "api.key_refused", retryable: false, retryAfterSeconds: null },
    ],
    [
      "a used-up plan",
      { status: 429, body: { message: "Too Many Requests" } },
      { code: "api.too_many_requests", retryable: true, retryAfterSeconds: null },
    ],
    [
      "a failure of something else",
      { status: 502, body: "<html>" },
      { code: "api.failed", retryable: true, retryAfterSeconds: null },
    ],
    [
      "an answer of something else",
      { status: 200, body: "<html>" },
      { code: "api.unexpected_answer", retryable: false, retryAfterSeconds: null },
    ],
  ])("tells whether a retry helps after %s", async (_what, answer, expected) => {
    const { access } = await serve(answer);
    const outcome = await callApi(access, "listCoins", CoinsResponse);
    expect(outcome).toMatchObject({ kind: "failure", ...expected });
  });

  it("says what to do when nothing listens there", async () => {
    const { access, close: stop } = await serve({ status: 200, body: {} });
    await stop();
    expect(await callApi(access, "listCoins", CoinsResponse)).toEqual({
      kind: "failure",
      code: "api.unreachable",
      message: `The API at ${access.url} cannot be reached. Start the local stage with \`npm start\`, or give another address with --url.`,
      retryable: true,
      retryAfterSeconds: null,
      suggestions: [],
    });
  });

  it("refuses what is no address", async () => {
    const outcome = await callApi({ url: "localhost", key: "" }, "listCoins", CoinsResponse);
    expect(outcome).toMatchObject({ kind: "failure", code: "api.wrong_url", retryable: false });
  });
});
