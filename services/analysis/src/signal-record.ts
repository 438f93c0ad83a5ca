import { findNewestListing } from "@vibe-charting/database";
import { databasePool, readLinks, scheduledTask } from "@vibe-charting/runtime";
import { updateRecord } from "./update-record.ts";

const links = readLinks("AnalysisDatabase");
const openDatabase = databasePool(links.AnalysisDatabase, { maxPoolSize: 1, statementTimeoutMs: 60_000 });

/** Brings the track record of the signals up to date with the newest listing. */
export const handler = scheduledTask("track_record", openDatabase, async (_event, { db }) => {
  const newest = await findNewestListing(db);
  if (!newest) return { recordsProcessed: 0, details: {} };
  const records = await updateRecord(db, newest.observedAt);
  const counts = records.map(({ type, horizons }) => [type, horizons[0]?.count ?? 0]);
  return { recordsProcessed: records.length, details: { outcomes: Object.fromEntries(counts) } };
});
