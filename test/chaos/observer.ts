import type { DatabaseAddress } from "@vibe-charting/database";
import { Client } from "pg";

export type Row = Readonly<Record<string, unknown>>;

/** Looks at a run's database past the pipeline. */
export type Observer = {
  readonly query: (statement: string, values?: readonly unknown[]) => Promise<readonly Row[]>;
  readonly waitsForLock: (backends: readonly number[]) => Promise<ReadonlySet<number>>;
  readonly terminateBackend: (backend: number) => Promise<void>;
  /** The server processes of the run's database, but for the observer's own, with what they do. */
  readonly sessions: () => Promise<readonly { pid: number; state: string | null }[]>;
  readonly end: () => Promise<void>;
};

export function openObserver(address: DatabaseAddress, password: string): Observer {
  const { username: user, ...server } = address;
  let client: Promise<Client> | null = null;
  const connect = async () => {
    const opened = new Client({ ...server, user, password, application_name: "observer" });
    // A restart of the server ends the session: the next query opens another one.
    opened.on("error", () => {});
    opened.on("end", () => {
      client = null;
    });
    await opened.connect();
    return opened;
  };
  const query = async (statement: string, values: readonly unknown[] = []): Promise<readonly Row[]> => {
    client ??= connect();
    const { rows } = await (await client).query<Row>(statement, [...values]);
    return rows;
  };
  return {
    query,
    waitsForLock: async backends => {
      const rows = await query(
        "SELECT pid FROM pg_stat_activity WHERE pid = ANY ($1) AND wait_event_type = 'Lock'",
        [backends],
      );
      return new Set(rows.map(({ pid }) => Number(pid)));
    },
    terminateBackend: async backend => {
      await query("SELECT pg_terminate_backend($1, 1000)", [backend]);
    },
    sessions: async () => {
      const rows = await query(
        `SELECT pid, state FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`,
      );
      return rows.map(({ pid, state }) => ({
        pid: Number(pid),
        state: state === null ? null : String(state),
      }));
    },
    end: async () => {
      const opened = client;
      client = null;
      if (opened) await (await opened).end();
    },
  };
}
