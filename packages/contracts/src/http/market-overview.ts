import { z } from "zod";
import { Timeframe } from "../vocabulary.ts";
import { Coin } from "./market.ts";
import { Coverage, TimeWindow } from "./query.ts";

export const MarketParameters = z.strictObject({ timeframe: Timeframe.default("24h") });
export const MarketResponse = z.object({
  timeframe: Timeframe,
  window: TimeWindow.describe("The exact bounds that changes are measured over, UTC."),
  summary: z.string().describe("Trends, breadth, both ends and size of the market, in plain text."),
  coverage: Coverage,
  coins: z
    .array(
      Coin.pick({ cmcId: true, symbol: true, name: true, rank: true, kind: true, price: true }).extend({
        changePct: z
          .number()
          .nullable()
          .describe("Change over the timeframe, in per cent; null without a price at its start."),
      }),
    )
    .describe("Every coin of the newest listing, best rank first."),
});
export type MarketResponse = z.infer<typeof MarketResponse>;
