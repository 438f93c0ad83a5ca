import { expect, it } from "vitest";
import { scannedTables } from "./scanned-tables.ts";

it("finds the tables that a plan reads from end to end, however deep", () => {
  const plan = {
    "Node Type": "Nested Loop",
    Plans: [
      { "Node Type": "Index Scan", "Relation Name": "price_data_2026_01", "Startup Cost": 0.1 },
      {
        "Node Type": "Append",
        Plans: [
          { "Node Type": "Seq Scan", "Relation Name": "price_data_2026_02" },
          { "Node Type": "Parallel Seq Scan", "Relation Name": "coins" },
        ],
      },
    ],
  };
  expect(scannedTables([{ Plan: plan }])).toEqual(["price_data_2026_02", "coins"]);
});
