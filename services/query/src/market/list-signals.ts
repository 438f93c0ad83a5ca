import {
  type Signal,
  type SignalRecord,
  SignalsParameters,
  type SignalsResponse,
  Time,
} from "@vibe-charting/contracts";
import { type Database, listSignalRows, readSignalRecords, type SignalRow } from "@vibe-charting/database";
import { decodeCursor, encodeCursor, parseInput } from "@vibe-charting/runtime";
import { z } from "zod";
import type { OpenKeptData } from "../kept-data.ts";
import { findCoin } from "./find-coin.ts";

const Place = z.strictObject({ detectedAt: Time, id: z.int().positive() });

/** `GET /signals`: episodes in their present state, the latest change first. */
export async function listSignals(
  db: Database,
  openKept: OpenKeptData,
  parameters: unknown,
): Promise<SignalsResponse> {
  const { symbol, type, state, minConfidence, since, limit, cursor } = parseInput(
    SignalsParameters,
    parameters,
    "query",
  );
  const place = cursor === undefined ? undefined : decodeCursor(Place, cursor);
  const coin = symbol === undefined ? undefined : (await findCoin(db, openKept, symbol)).coin;
  const rows = await listSignalRows(db, {
    cryptoIds: coin && [coin.id],
    types: type && [type],
    states: state && [state],
    minConfidence,
    since: since === undefined ? undefined : new Date(since),
    after: place && { detectedAt: new Date(place.detectedAt), id: place.id },
    limit: limit + 1,
  });
  const records = await readSignalRecords(db);
  const last = rows.slice(0, limit).at(-1);
  return {
    signals: rows.slice(0, limit).map(row => toSignal(row, records.get(row.signal_type) ?? null)),
    nextCursor:
      rows.length > limit && last
        ? encodeCursor({ detectedAt: last.detected_at.toISOString(), id: last.id })
        : null,
  };
}

function toSignal(row: SignalRow, record: SignalRecord | null): Signal {
  return {
    episodeId: row.episode_id,
    symbol: row.symbol,
    name: row.name,
    cmcId: row.cmc_id,
    type: row.signal_type,
    state: row.state,
    confidence: row.confidence,
    openedAt: row.opened_at.toISOString(),
    detectedAt: row.detected_at.toISOString(),
    price: row.price,
    detectorVersion: row.detector_version,
    evidence: row.evidence,
    record,
  };
}
