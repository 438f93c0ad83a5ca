import { describe, expect, it } from "vitest";
import { PricesIngested, pricesIngested } from "./prices-ingested.ts";

const data: PricesIngested["data"] = {
  cmcId: 1,
  symbol: "BTC",
  from: "2026-03-01T12:00:00.000Z",
  to: "2026-03-01T12:00:00.000Z",
  reason: "listing",
};

describe("pricesIngested", () => {
  it("is a CloudEvent of the coin, in the coin's group, with attributes for filter policies", () => {
    const id = "prices:2026-03-01T12:00:00.000Z:2026-03-01T12:00:00.000Z:1:listing:1";
    const { json, ...event } = pricesIngested(data);
    expect({ ...event, body: JSON.parse(json) }).toEqual({
      topic: "prices.ingested",
      id,
      groupId: "1",
      body: {
        specversion: "1.0",
        id,
        source: "/vibe-charting/ingestion",
        type: "prices.ingested",
        subject: "BTC",
        time: "2026-03-01T12:00:00.000Z",
        datacontenttype: "application/json",
        data,
      },
      text: null,
      attributes: {
        type: { dataType: "String", value: "prices.ingested" },
        symbol: { dataType: "String", value: "BTC" },
      },
    });
  });

  it("has the body that its consumers parse", () => {
    const body = JSON.parse(pricesIngested(data).json);
    expect(PricesIngested.parse(body)).toEqual(body);
  });

  it("bears the same id for the same prices, and another one for anything else", () => {
    const other = { ...data, to: "2026-03-01T13:00:00.000Z" };
    const ids = [
      pricesIngested(data),
      pricesIngested({ ...data, cmcId: 2 }),
      pricesIngested(other),
      pricesIngested({ ...other, from: other.to }),
      pricesIngested({ ...data, reason: "catch_up" }),
      pricesIngested(data, "2"),
    ].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(pricesIngested({ ...data }).id).toBe(ids[0]);
  });

  it("groups by the coin and not by the symbol, which several coins may bear", () => {
    expect(pricesIngested({ ...data, cmcId: 2 }).groupId).toBe("2");
  });
});
