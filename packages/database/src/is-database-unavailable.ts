import {
  BackendTerminatedError,
  BackendTerminatedUnexpectedlyError,
  ConnectionError,
  StatementCancelledError,
  StatementTimeoutError,
} from "slonik";

const failures = [
  BackendTerminatedError,
  BackendTerminatedUnexpectedlyError,
  ConnectionError,
  StatementCancelledError,
  StatementTimeoutError,
];

/**
 * Codes of a server that is away, starting, stopping or full: from the network, and from PostgreSQL the classes 08
 * (connection exceptions), 53 (insufficient resources) and 57P (operator intervention).
 */
const unavailableCode = /^(?:ECONN|EPIPE|ETIMEDOUT|EHOST|ENET|ENOTFOUND|EAI_AGAIN|08|53|57P)/;

/** Whether an error, or what caused it, is that the database cannot answer now; a retry may help. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (failures.some(Failure => error instanceof Failure)) return true;
  if ("code" in error && typeof error.code === "string" && unavailableCode.test(error.code)) return true;
  return isDatabaseUnavailable(error.cause);
}
