import { execFileSync } from "node:child_process";
import { chown, mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { LocalStageError } from "../local-stage-error.ts";

/** Whom the server runs as; empty for "the user of this process". */
export type PostgresUser = { uid: number; gid: number } | Record<string, never>;

/** PostgreSQL refuses to run as root: as root, it runs as the system user `postgres`, created when missing. */
export function findPostgresUser(): PostgresUser {
  if (process.getuid?.() !== 0) return {};
  const known = readIds();
  if (known !== undefined) return known;
  try {
    execFileSync("groupadd", ["--force", "postgres"], { stdio: "pipe" });
    execFileSync("useradd", ["--gid", "postgres", "--no-create-home", "postgres"], { stdio: "pipe" });
  } catch (error) {
    throw new LocalStageError(
      'PostgreSQL does not run as root, and the user "postgres" cannot be created. Create it, or start as an ordinary user.',
      { cause: error },
    );
  }
  const created = readIds();
  if (created === undefined) throw new LocalStageError('The user "postgres" was created but has no id.');
  return created;
}

function readIds(): PostgresUser | undefined {
  const read = (flag: string) => Number(execFileSync("id", [flag, "postgres"], { stdio: "pipe" }));
  try {
    return { uid: read("-u"), gid: read("-g") };
  } catch {
    return undefined;
  }
}

/** Creates a folder that the server owns alone. */
export async function prepareServerFolder(folder: string, user: PostgresUser): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (user.uid !== undefined) await chown(folder, user.uid, user.gid);
}

/** Whether PostgreSQL's user can traverse every folder above the path. */
export async function isReachable(path: string, user: PostgresUser): Promise<boolean> {
  if (user.uid === undefined) return true;
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const { mode, uid, gid } = await stat(folder);
    const execute = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
    if ((mode & execute) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}
