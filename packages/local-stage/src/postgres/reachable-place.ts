import { createHash, randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import {
  chmod,
  cp,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readlink,
  realpath,
  rename,
  rm,
  stat,
  symlink,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { LocalStageError } from "../local-stage-error.ts";
import type { PostgresBinaries } from "./postgres-binaries.ts";
import { isReachable, type PostgresUser } from "./postgres-user.ts";

/*
 * As root, PostgreSQL runs as the user `postgres`, who may not be able to enter the folders above a checkout, such
 * as /root. Programs and data then have their place in the system's folder for temporary files; a link in the state
 * folder says where the data is.
 */

/** The programs where the server's user can start them: a copy, where the installed ones are out of reach. */
export async function reachableBinaries(
  binaries: PostgresBinaries,
  user: PostgresUser,
): Promise<PostgresBinaries> {
  if (await isReachable(binaries.postgres, user)) return binaries;
  // The package keeps bin/, lib/ and share/ side by side; the programs find the other two from where they are.
  const home = dirname(dirname(binaries.postgres));
  const digest = createHash("sha256")
    .update(await realpath(home))
    .digest("hex")
    .slice(0, 16);
  const copy = join(tmpdir(), `vibe-charting-postgres-${digest}`);
  if (!existsSync(copy)) {
    const unfinished = `${copy}-${randomBytes(6).toString("hex")}`;
    await cp(home, unfinished, { recursive: true, verbatimSymlinks: true });
    // Two starts at once both copy; the second finds the first one's.
    await rename(unfinished, copy).catch(() => rm(unfinished, { recursive: true }));
  }
  const { uid, mode } = await stat(copy);
  if (uid !== process.getuid?.() || (mode & 0o022) !== 0) {
    throw new LocalStageError(`${copy} was not made by this program; remove it and start again.`);
  }
  const moved = (program: string) => join(copy, relative(home, program));
  return { initdb: moved(binaries.initdb), postgres: moved(binaries.postgres) };
}

/** Where a data folder really is; where the server's user cannot reach it, it is a link to a place where he can. */
export async function reachableDataDirectory(dataDirectory: string, user: PostgresUser): Promise<string> {
  if (existsSync(dataDirectory)) return await realpath(dataDirectory);
  if (await isReachable(dataDirectory, user)) return dataDirectory;
  await rm(dataDirectory, { force: true });
  const place = await mkdtemp(join(tmpdir(), "vibe-charting-data-"));
  await chmod(place, 0o755);
  const target = join(place, "data");
  await mkdir(target);
  await symlink(target, dataDirectory);
  return target;
}

/** Removes the data that the links in a folder point to. */
export async function removeLinkedData(parentDirectory: string): Promise<void> {
  for (const name of await readdir(parentDirectory).catch(() => [])) {
    const path = join(parentDirectory, name);
    if ((await lstat(path)).isSymbolicLink())
      await rm(dirname(await readlink(path)), { recursive: true, force: true });
  }
}
