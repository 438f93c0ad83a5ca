import { z } from "zod";

const PlanNode = z.object({
  "Node Type": z.string(),
  "Relation Name": z.string().optional(),
  get Plans() {
    return z.array(PlanNode).optional();
  },
});
type PlanNode = z.infer<typeof PlanNode>;

/** What `EXPLAIN (FORMAT JSON)` gives. */
const Explained = z.array(z.object({ Plan: PlanNode }));

/** The tables that a plan reads from end to end. */
export function scannedTables(explained: unknown): readonly string[] {
  return Explained.parse(explained).flatMap(({ Plan }) => scannedBy(Plan));
}

function scannedBy(node: PlanNode): readonly string[] {
  const own = node["Node Type"].includes("Seq Scan") ? [node["Relation Name"] ?? "?"] : [];
  return [...own, ...(node.Plans ?? []).flatMap(scannedBy)];
}
