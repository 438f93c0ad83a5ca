import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { Client, escapeIdentifier, escapeLiteral } from "pg";
import { LocalStageError } from "../local-stage-error.ts";
import type { RoleCheck } from "../permissions/role-check.ts";
import { readAccessKey } from "./iam-token.ts";
import {
  asksForPassword,
  passwordMessage,
  passwordOf,
  readMessage,
  readOpening,
  refusalMessage,
} from "./wire-messages.ts";

export type DatabaseGate = { stop(): Promise<void> };

export type DatabaseGateOptions = {
  /** Where the graph says that the database is. */
  port: number;
  server: { port: number; databaseName: string; username: string; password: string };
  /** What RDS puts before a user's name in the ARN that policies speak of, up to its slash. */
  userArnPrefix: string;
  roleCheck: RoleCheck;
  log: (message: string) => void;
};

/**
 * Stands before PostgreSQL as RDS does: who is a member of rds_iam signs in by a token, which the role of the function
 * that signed it must allow; the password that PostgreSQL itself wants is known here alone. All others pass as they are.
 */
export async function startDatabaseGate(options: DatabaseGateOptions): Promise<DatabaseGate> {
  const { port } = options;
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.once("close", () => sockets.delete(socket));
    // Whoever is connected through it learns of it by losing the other end.
    socket.on("error", () => socket.destroy());
    return socket;
  };
  const passwordFor = rolePasswords(options.server);
  const server = createServer(client => {
    const connectServer = () => keep(connect(options.server.port, "127.0.0.1"));
    void admit(keep(client), connectServer, options, passwordFor).catch(() => client.destroy());
  });
  server.listen(port, "127.0.0.1");
  try {
    await once(server, "listening");
  } catch (error) {
    throw new LocalStageError(
      `The database cannot listen on 127.0.0.1:${port}: the port is in use. Stop what uses it, or choose another port.`,
      { cause: error },
    );
  }
  return {
    stop: async () => {
      const closed = once(server, "close");
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

async function admit(
  client: Socket,
  connectServer: () => Socket,
  options: DatabaseGateOptions,
  passwordFor: (user: string) => Promise<string | undefined>,
): Promise<void> {
  const opening = await readOpening(client);
  const user = opening.kind === "session" ? opening.user : undefined;
  // Before the server is asked: it looks at the role while it makes the connection, and not again.
  const password = user === undefined ? undefined : await passwordFor(user);
  const server = connectServer();
  client.once("close", () => server.end());
  server.once("close", () => client.end());
  server.write(opening.bytes);
  if (user !== undefined && password !== undefined) {
    const first = await readMessage(server);
    client.write(first.bytes);
    if (asksForPassword(first)) {
      const refusal = refusalOf(passwordOf(await readMessage(client)), user, options);
      if (refusal !== undefined) {
        options.log(`The database refused ${user}: ${refusal}`);
        client.end(refusalMessage("28000", `PAM authentication failed for user "${user}"`));
        server.destroy();
        return;
      }
      server.write(passwordMessage(password));
    }
  }
  client.pipe(server);
  server.pipe(client);
}

function refusalOf(token: string, user: string, options: DatabaseGateOptions): string | undefined {
  const read = readAccessKey(token, { endpoint: `127.0.0.1:${options.port}`, user, nowMs: Date.now() });
  if ("refusal" in read) return read.refusal;
  return options.roleCheck(read.accessKeyId, "rds-db:connect", `${options.userArnPrefix}/${user}`);
}

/** Gives each member of rds_iam a password of this process's own when it first signs in; nothing to anybody else. */
function rolePasswords(server: DatabaseGateOptions["server"]): (user: string) => Promise<string | undefined> {
  const passwords = new Map<string, Promise<string | undefined>>();
  const give = async (user: string): Promise<string | undefined> => {
    const password = randomBytes(24).toString("base64url");
    const owner = new Client({
      host: "127.0.0.1",
      port: server.port,
      user: server.username,
      password: server.password,
      database: server.databaseName,
    });
    await owner.connect();
    try {
      const members = await owner.query(
        `SELECT FROM pg_auth_members JOIN pg_roles role ON role.oid = member
         WHERE roleid = to_regrole('rds_iam') AND role.rolname = $1`,
        [user],
      );
      if (members.rowCount === 0) return undefined;
      await owner.query(`ALTER ROLE ${escapeIdentifier(user)} PASSWORD ${escapeLiteral(password)}`);
      return password;
    } finally {
      await owner.end();
    }
  };
  return user => {
    const known = passwords.get(user);
    if (known !== undefined || user === server.username) return known ?? Promise.resolve(undefined);
    const given = give(user);
    passwords.set(user, given);
    // Who is no member, or could not be asked about, may be one the next time.
    void given.then(
      password => password === undefined && passwords.delete(user),
      () => passwords.delete(user),
    );
    return given;
  };
}
