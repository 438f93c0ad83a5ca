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

/**
 * Reads packed rows column by column, in their order: numbers as they are, times in milliseconds since the epoch. Throws
 * where the bytes are no whole number of rows.
 */
export function unpackColumns<Name extends string>(
  bytes: Buffer,
  fields: Readonly<Record<Name, FieldKind>>,
): Readonly<Record<Name, Float64Array>> {
  // The entries are those of `fields`.
  const entries = Object.entries(fields) as [Name, FieldKind][];
  const rowBytes = entries.length * fieldBytes;
  if (bytes.length % rowBytes !== 0) {
    throw new RangeError(`${bytes.length} bytes are no whole number of rows of ${rowBytes} bytes`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const columns = entries.map(([name, kind], field) => {
    const column = new Float64Array(bytes.length / rowBytes);
    for (let row = 0; row < column.length; row++) {
      column[row] = readField(view, row * rowBytes + field * fieldBytes, kind);
    }
    return [name, column] as const;
  });
  return Object.fromEntries(columns) as Record<Name, Float64Array>;
}

/** The same row by row. `toRow` is given the same object for each row, filled anew. */
export function unpackRows<Name extends string, Row>(
  bytes: Buffer,
  fields: Readonly<Record<Name, FieldKind>>,
  toRow: (packed: Readonly<Record<Name, number>>) => Row,
): readonly Row[] {
  const columns = Object.entries(unpackColumns(bytes, fields)) as [Name, Float64Array][];
  const packed = Object.fromEntries(columns.map(([name]) => [name, Number.NaN])) as Record<Name, number>;
  const rows: Row[] = [];
  const length = columns[0]?.[1].length ?? 0;
  for (let row = 0; row < length; row++) {
    for (const [name, column] of columns) packed[name] = column[row] ?? Number.NaN;
    rows.push(toRow(packed));
  }
  return rows;
}

function readField(view: DataView, offset: number, kind: FieldKind): number {
  if (kind === "float8") return view.getFloat64(offset);
  // Ids and times stay far below 2^53.
  const number = view.getInt32(offset) * 2 ** 32 + view.getUint32(offset + 4);
  return kind === "int8" ? number : number / 1_000 + postgresEpochMs;
}

/**
 * Makes dates of milliseconds since the epoch, one for all equal ones that follow each other: most rows of a market are
 * of one time.
 */
export function dateMaker(): (ms: number) => Date {
  let latest = new Date(Number.NaN);
  return ms => {
    if (latest.getTime() !== ms) latest = new Date(ms);
    return latest;
  };
}

/** A packed number that may be NULL. */
export function orNull(number: number): number | null {
  return Number.isNaN(number) ? null : number;
}
