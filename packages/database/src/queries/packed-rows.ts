import { type FragmentSqlToken, sql } from "slonik";
import { z } from "zod";

/** A field of a packed row: eight bytes, as PostgreSQL's binary protocol has them. */
type FieldKind = "int8" | "float8" | "timestamptz";

/** The binary time counts microseconds from here. */
const postgresEpochMs = Date.UTC(2000, 0, 1);

const senders = { int8: "int8send", float8: "float8send", timestamptz: "timestamptz_send" } as const;
const fieldBytes = 8;

/**
 * All rows of a query as one value: a market has thousands, and printing, reading and checking each number as text
 * takes several times as long as finding the rows. A NULL number comes as NaN.
 */
export function packRows(fields: Readonly<Record<string, FieldKind>>): FragmentSqlToken {
  const parts = Object.entries(fields).map(([name, kind]) => {
    const column = sql.identifier([name]);
    const value = kind === "float8" ? sql.fragment`coalesce(${column}, 'NaN')` : column;
    return sql.fragment`${sql.identifier([senders[kind]])}(${value})`;
  });
  return sql.fragment`coalesce(string_agg(${sql.join(parts, sql.fragment` || `)}, ''), '')`;
}

/** The bytes of packed rows, as the driver gives them. */
export const PackedBytes = z.instanceof(Buffer);

/** Reads packed rows in their order: numbers as they are, times in milliseconds since the epoch. */
export function unpackRows<Fields extends Readonly<Record<string, FieldKind>>, Row>(
  bytes: Buffer,
  fields: Fields,
  toRow: (read: (name: keyof Fields) => number) => Row,
): readonly Row[] {
  const entries = Object.entries(fields);
  const places = new Map<keyof Fields, { index: number; kind: FieldKind }>(
    entries.map(([name, kind], index) => [name, { index, kind }]),
  );
  const rowBytes = entries.length * fieldBytes;
  const rows: Row[] = [];
  for (let offset = 0; offset < bytes.length; offset += rowBytes) {
    rows.push(
      toRow(name => {
        const place = places.get(name);
        if (!place) throw new RangeError(`The packed rows have no field ${String(name)}`);
        return readField(bytes, offset + place.index * fieldBytes, place.kind);
      }),
    );
  }
  return rows;
}

function readField(bytes: Buffer, offset: number, kind: FieldKind): number {
  if (kind === "float8") return bytes.readDoubleBE(offset);
  // Ids and times stay far below 2^53.
  const number = bytes.readInt32BE(offset) * 2 ** 32 + bytes.readUInt32BE(offset + 4);
  return kind === "int8" ? number : number / 1_000 + postgresEpochMs;
}

/** A packed number that may be NULL. */
export function orNull(number: number): number | null {
  return Number.isNaN(number) ? null : number;
}
