import { z } from "zod";
import { cloudEvent, type OutgoingEvent } from "./cloud-event.ts";

/**
 * `prices.ingested`: new prices of one coin are in the database. It names the coin and the stretch of time, and
 * carries no prices: a consumer reads them from the database, and so is right under duplicates and reordering.
 */
export const PricesIngested = cloudEvent(
  "prices.ingested",
  z.object({
    cmcId: z.int().positive().describe("The coin's identity: its CoinMarketCap id."),
    symbol: z.string().min(1),
    from: z.iso.datetime().describe("The observation time of the first new price, UTC."),
    to: z.iso.datetime().describe("The observation time of the last new price, UTC."),
    reason: z.enum(["listing", "backfill", "catch_up"]).describe("What put the prices there."),
  }),
);
export type PricesIngested = z.infer<typeof PricesIngested>;

/**
 * The event for one coin's new prices; `revision` tells a repeated publication from the first. Its id begins with the
 * time: those of a listing lie side by side in the tables of the outbox and the inbox, and not coin by coin.
 */
export function pricesIngested(data: PricesIngested["data"], revision = "1"): OutgoingEvent {
  const id = `prices:${data.from}:${data.to}:${data.cmcId}:${data.reason}:${revision}`;
  const body: PricesIngested = {
    specversion: "1.0",
    id,
    source: "/vibe-charting/ingestion",
    type: "prices.ingested",
    subject: data.symbol,
    time: data.to,
    datacontenttype: "application/json",
    data,
  };
  return {
    topic: "prices.ingested",
    id,
    groupId: String(data.cmcId),
    json: JSON.stringify(body),
    text: null,
    attributes: {
      type: { dataType: "String", value: body.type },
      symbol: { dataType: "String", value: data.symbol },
    },
  };
}
