import type { Client } from "pg";
import type { Figure } from "../figure-table.ts";
import type { BenchStage } from "../with-bench-stage.ts";

const goalMs = 1_000;

/** Drops the oldest partition of prices as the clean-up does, which keeps the newest one. */
export async function measureDrop({ market }: BenchStage, owner: Client): Promise<readonly Figure[]> {
  const { rows } = await owner.query<{ name: string; rows: string; first: Date }>(`
    SELECT relname AS name, reltuples::bigint AS rows,
      (to_date(right(relname, 7), 'YYYY_MM') + interval '1 month') AT TIME ZONE 'UTC' AS first
    FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
    WHERE inhparent = 'price_data'::regclass ORDER BY relname
  `);
  const [oldest, ...others] = rows;
  if (!oldest || others.length === 0 || oldest.first.getTime() > market.now())
    throw new Error("The market lies in one month: no partition of prices is old enough to be dropped");
  const startedAt = performance.now();
  const dropped = await owner.query("SELECT drop_price_partitions($1) AS name", [oldest.first]);
  const ms = performance.now() - startedAt;
  if (dropped.rows.length !== 1 || dropped.rows[0].name !== oldest.name)
    throw new Error(`Not ${oldest.name} was dropped but ${JSON.stringify(dropped.rows)}`);
  return [
    {
      what: `dropping ${oldest.name} with ${oldest.rows} prices`,
      value: ms,
      unit: "ms",
      comparedTo: { what: "the goal", value: goalMs },
    },
  ];
}
