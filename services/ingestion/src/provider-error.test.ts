import { AxiosError, AxiosHeaders } from "axios";
import { describe, expect, it } from "vitest";
import { ProviderError, toProviderError } from "./provider-error.ts";

const now = new Date("2026-03-01T12:00:00Z");

function answered(status: number, data: unknown, headers: Record<string, string> = {}): AxiosError {
  const config = { headers: new AxiosHeaders({ "X-CMC_PRO_API_KEY": "secret-key" }) };
  const response = { status, statusText: "", data, headers: new AxiosHeaders(headers), config };
  return new AxiosError("Request failed", "ERR_BAD_RESPONSE", config, null, response);
}

const read = (error: unknown) => {
  const { message, retryable, retryAfterMs } = toProviderError("CoinMarketCap", error, now);
  return { message, retryable, retryAfterMs };
};

describe("toProviderError", () => {
  it("quotes CoinMarketCap's own words", () => {
    const body = { status: { error_code: 1001, error_message: "This API Key is invalid." } };
    expect(read(answered(401, body))).toEqual({
      message: "CoinMarketCap answered 401: This API Key is invalid.",
      retryable: false,
      retryAfterMs: null,
    });
  });

  it("quotes CoinGecko's own words", () => {
    expect(read(answered(404, { error: "coin not found" })).message).toBe(
      "CoinMarketCap answered 404: coin not found",
    );
  });

  it.each([
    [400, false],
    [401, false],
    [402, false],
    [403, false],
    [404, false],
    [429, true],
    [500, true],
    [503, true],
  ])("after %d, whether the same request may succeed soon is %s", (status, retryable) => {
    expect(read(answered(status, {}))).toEqual({
      message: `CoinMarketCap answered ${status}: no reason given`,
      retryable,
      retryAfterMs: null,
    });
  });

  it.each([
    ["30", 30_000],
    ["0.5", 500],
    ["Sun, 01 Mar 2026 12:01:30 GMT", 90_000],
    ["Sun, 01 Mar 2026 11:00:00 GMT", null],
    ["0", null],
    ["-5", null],
    ["soon", null],
    ["", null],
  ])("reads Retry-After: %s", (value, retryAfterMs) => {
    expect(read(answered(429, {}, { "retry-after": value })).retryAfterMs).toBe(retryAfterMs);
  });

  it.each([null, undefined, "<html>", 7, { status: null }, { status: { error_message: null } }])(
    "makes sense of the body %j",
    body => {
      expect(read(answered(500, body)).message).toBe("CoinMarketCap answered 500: no reason given");
    },
  );

  it("takes a missing answer for a passing fault", () => {
    expect(read(new AxiosError("timeout of 15000ms exceeded", "ECONNABORTED"))).toEqual({
      message: "CoinMarketCap did not answer: timeout of 15000ms exceeded",
      retryable: true,
      retryAfterMs: null,
    });
  });

  it("keeps the key out of the error", () => {
    const error = toProviderError("CoinMarketCap", answered(401, {}), now);
    expect(JSON.stringify([error, error.cause])).not.toContain("secret-key");
  });

  it("leaves a provider's error as it is, and wraps any other", () => {
    const known = new ProviderError("not a listing", { retryable: true });
    expect(toProviderError("CoinMarketCap", known, now)).toBe(known);
    expect(read(new RangeError("out of range"))).toEqual({
      message: "CoinMarketCap: RangeError: out of range",
      retryable: false,
      retryAfterMs: null,
    });
  });
});
