import type { QueryResult } from "@vibe-charting/contracts";
import { type Queryable, readEvidence, readSignalRecords } from "@vibe-charting/database";
import type { PartResult } from "../answer-part.ts";

/** Completes results with the evidence of their signals and the record of its kind: of a market, few are shown. */
export async function loadEvidence(
  db: Queryable,
  results: readonly PartResult[],
): Promise<readonly QueryResult[]> {
  const ids = results.flatMap(({ episodeStateId }) => episodeStateId ?? []);
  if (ids.length === 0) return results.map(({ coin: _, ...result }) => result);
  const [evidence, records] = await Promise.all([readEvidence(db, ids), readSignalRecords(db)]);
  return results.map(({ coin: _, episodeStateId, ...result }) => {
    const found = episodeStateId === undefined ? undefined : evidence.get(episodeStateId);
    if (!found) return result;
    // The conditions of the signal that a question is about may be there already, as they are now.
    const record = result.signal ? (records.get(result.signal) ?? null) : null;
    return { ...result, evidence: result.evidence ?? found, record };
  });
}
