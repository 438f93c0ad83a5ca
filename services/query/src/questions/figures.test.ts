import { describe, expect, it } from "vitest";
import { amount, listed, percent, price, time, windowWords } from "./figures.ts";

describe("percent", () => {
  it.each([
    [12.345, "+12.3%"],
    [-0.456, "-0.5%"],
    [0.0123, "+0.01%"],
    [-0.001, "+0.00%"],
    [0, "+0.00%"],
    [123.4, "+123%"],
    [-1234, "-1234%"],
  ])("says %d as %s", (value, text) => {
    expect(percent(value)).toBe(text);
  });
});

describe("price", () => {
  it.each([
    [63_420.7, "$63,421"],
    [1_234.5, "$1,234.50"],
    [1, "$1.00"],
    [0.123456, "$0.1235"],
    [0.00001234567, "$0.00001235"],
  ])("shows %d as %s", (usd, text) => {
    expect(price(usd)).toBe(text);
  });
});

describe("amount", () => {
  it.each([
    [2.314e12, "$2.31 trillion"],
    [1e10, "$10 billion"],
    [1.5e6, "$1.5 million"],
    [50_000, "$50,000"],
  ])("says %d as %s", (usd, text) => {
    expect(amount(usd)).toBe(text);
  });
});

describe("windowWords", () => {
  it.each([
    ["1h", "the past hour"],
    ["24h", "the past 24 hours"],
    ["7d", "the past 7 days"],
    ["since:2026-03-14", "the time since 2026-03-14"],
  ])("says %s as %s", (timeframe, words) => {
    expect(windowWords(timeframe)).toBe(words);
  });
});

it("joins a list as English does", () => {
  expect([listed([]), listed(["A"]), listed(["A", "B"]), listed(["A", "B", "C"], "or")]).toEqual([
    "",
    "A",
    "A and B",
    "A, B or C",
  ]);
});

it("tells a time to the minute, UTC", () => {
  expect(time(new Date("2021-05-20T13:45:59Z"))).toBe("2021-05-20 13:45 UTC");
});
