import { expect, it } from "vitest";
import { anchorPrices } from "./anchor-prices.ts";

const quotedAt = new Date("2026-03-01T12:00:00Z");

function anchorsOf(...changes: readonly { hours: number; pct: number }[]) {
  return anchorPrices(7, { priceUsd: 150, observedAt: quotedAt, changes });
}

it("is the price from which the change leads to the present one, at the time that the change is of", () => {
  expect(anchorsOf({ hours: 1, pct: 50 }, { hours: 90 * 24, pct: -25 })).toEqual([
    {
      cryptoId: 7,
      at: new Date("2026-03-01T11:00:00Z"),
      priceUsd: 100,
      quotedAt,
    },
    {
      cryptoId: 7,
      at: new Date("2025-12-01T12:00:00Z"),
      priceUsd: 200,
      quotedAt,
    },
  ]);
});

it.each([-100, -100.0000001, -99.99999999999999, Number.NaN])("is none for a change of %d per cent", pct => {
  expect(anchorsOf({ hours: 24, pct })).toEqual([]);
});
