import { describe, expect, it } from "vitest";
import { amount, change, price } from "./numbers.ts";

describe("price", () => {
  it.each([
    [69320.788, "$69,321"],
    [3483.2832, "$3,483.28"],
    [1.00003, "$1.00"],
    [0.0779770718, "$0.07798"],
    [0.00001702960163, "$0.00001703"],
    [0, "$0.00"],
  ])("writes %d as %s", (usd, text) => {
    expect(price(usd)).toBe(text);
  });
});

describe("change", () => {
  it.each([
    [3.44, "+3.4%"],
    [-12, "−12.0%"],
    [1234.56, "+1,234.6%"],
    [0.04, "0.0%"],
    [-0.04, "0.0%"],
    [null, "n/a"],
  ])("writes %s as %s", (percent, text) => {
    expect(change(percent)).toBe(text);
  });
});

describe("amount", () => {
  it.each([
    [1_364_753_021_857, "$1.36 trillion"],
    [93_480_400, "$93.5 million"],
    [50_000, "$50,000"],
    [null, "n/a"],
  ])("writes %s as %s", (usd, text) => {
    expect(amount(usd)).toBe(text);
  });
});
