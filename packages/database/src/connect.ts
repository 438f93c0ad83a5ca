import {
  type CommonQueryMethods,
  createPool,
  createTypeParserPreset,
  type DatabasePool,
  type DriverTypeParser,
  type Interceptor,
  type QueryResultRow,
  SchemaValidationError,
  stringifyDsn,
} from "slonik";
import { verifiedTls } from "./verified-tls.ts";

export type Database = DatabasePool;
/** The pool or an open transaction: what every query function takes. */
export type Queryable = CommonQueryMethods;

export type DatabaseAddress = {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly username: string;
};

export type DatabaseOptions = {
  readonly address: DatabaseAddress;
  /** Asked for each new connection, and once more when the server refuses what it gave. */
  readonly password: () => Promise<string>;
  /** Connections of this process; the server has few. */
  readonly maxPoolSize: number;
  readonly statementTimeoutMs: number;
};

/** Opens a pool. A connection that cannot be made is tried once more, with the password asked for again. */
export async function connectDatabase(options: DatabaseOptions): Promise<Database> {
  const { host, port, database, username } = options.address;
  const tls = verifiedTls(host);
  const uri = stringifyDsn({
    host,
    port,
    databaseName: database,
    username,
    applicationName: "vibe-charting",
    // Days and months in SQL are those of UTC, whatever the server's own time zone is.
    options: "-c TimeZone=UTC",
  });
  return await createPool(uri, {
    password: options.password,
    ...(tls && { ssl: tls }),
    // Slonik counts the attempts, not what comes after the first.
    connectionRetryLimit: 2,
    maxPoolSize: options.maxPoolSize,
    minPoolSize: 0,
    idleTimeout: 60_000,
    maximumConnectionAge: 600_000,
    connectionTimeout: 3_000,
    statementTimeout: options.statementTimeoutMs,
    idleInTransactionSessionTimeout: 15_000,
    // No query sets session state, so that there is nothing to reset when a connection is returned.
    resetConnection: async () => {},
    typeParsers: [...createTypeParserPreset().filter(({ name }) => !overridden.has(name)), ...typeParsers],
    interceptors: [rowValidation],
  });
}

/** Ids and counts stay far below 2^53; times are Dates; arrays of numbers are arrays of numbers. */
const typeParsers: readonly DriverTypeParser[] = [
  { name: "int8", parse: Number },
  { name: "timestamptz", parse: value => new Date(value) },
  { name: "_float8", parse: parseNumbers },
  { name: "_int8", parse: parseNumbers },
];
const overridden = new Set(typeParsers.map(({ name }) => name));

/** Parses a PostgreSQL array literal of numbers, such as `{1,2.5,NULL}`. */
function parseNumbers(literal: string): (number | null)[] {
  if (literal === "{}") return [];
  return literal
    .slice(1, -1)
    .split(",")
    .map(item => (item === "NULL" ? null : Number(item)));
}

/** Slonik does not hold rows against their schema by itself. */
const rowValidation: Interceptor = {
  name: "row-validation",
  transformRow: (context, query, row) => {
    const { resultParser } = context;
    if (!resultParser) return row;
    const result = resultParser["~standard"].validate(row);
    if (result instanceof Promise) throw new TypeError("Row schemas must be synchronous");
    if (result.issues) {
      throw new SchemaValidationError(query, row, result.issues);
    }
    // The schema's output has replaced the row.
    return result.value as QueryResultRow;
  },
};
