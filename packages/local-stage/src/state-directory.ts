import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { z } from "zod";
import { findFreePort, isPortFree } from "./free-port.ts";
import { LocalStageError } from "./local-stage-error.ts";
import { stopLeftoverPostgres } from "./postgres/leftover-postgres.ts";
import { removeLinkedData } from "./postgres/reachable-place.ts";
import { acquireLock } from "./state-lock.ts";

const LOCK_FILE = "lock.json";
const SETTINGS_FILE = "settings.json";

const Settings = z.object({
  databasePassword: z.string().min(32),
  ports: z.object({ database: z.int(), messaging: z.int(), secrets: z.int() }),
});
type Settings = z.infer<typeof Settings>;

export type LocalPorts = Settings["ports"];

/** The folder that holds everything the local stage remembers; open it once per process. */
export type StateDirectory = {
  readonly path: string;
  readonly ports: LocalPorts;
  readonly databasePassword: string;
  /** Lets the next process in. */
  release(): Promise<void>;
};

/**
 * Takes the state folder for this process: refuses while another live process has it, stops what a
 * killed one left running, and with `reset` drops everything in it.
 */
export async function openStateDirectory(
  path: string,
  options: { reset?: boolean } = {},
): Promise<StateDirectory> {
  const root = resolve(path);
  await mkdir(root, { recursive: true });
  // As root, the database's own user has to get through, whatever the umask.
  if (process.getuid?.() === 0) await chmod(root, 0o755);
  const lock = await acquireLock(join(root, LOCK_FILE), root);
  try {
    await stopLeftoverPostgres(join(root, "postgres"));
    if (options.reset === true) await clear(root);
    const settings = await settleSettings(root);
    return {
      path: root,
      ports: settings.ports,
      databasePassword: settings.databasePassword,
      release: lock.release,
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function clear(root: string): Promise<void> {
  await removeLinkedData(join(root, "postgres"));
  for (const name of await readdir(root)) {
    if (name !== LOCK_FILE) await rm(join(root, name), { recursive: true, force: true });
  }
}

/** Ports are kept between starts, and chosen again only when somebody else has taken one. */
async function settleSettings(root: string): Promise<Settings> {
  const file = join(root, SETTINGS_FILE);
  const known = existsSync(file) ? await readSettings(file) : undefined;
  const taken = new Set<number>();
  const settle = async (port: number | undefined): Promise<number> => {
    const usable = port !== undefined && !taken.has(port) && (await isPortFree(port));
    const chosen = usable ? port : await findFreePort(taken);
    taken.add(chosen);
    return chosen;
  };
  const settings: Settings = {
    databasePassword: known?.databasePassword ?? randomBytes(24).toString("base64url"),
    ports: {
      database: await settle(known?.ports.database),
      messaging: await settle(known?.ports.messaging),
      secrets: await settle(known?.ports.secrets),
    },
  };
  // Written whole and renamed: a kill in the middle must not lose the database's password.
  await writeFile(`${file}.new`, `${JSON.stringify(settings, null, 2)}\n`, { mode: 0o600 });
  await chmod(`${file}.new`, 0o600);
  await rename(`${file}.new`, file);
  return settings;
}

async function readSettings(file: string): Promise<Settings> {
  try {
    return Settings.parse(JSON.parse(await readFile(file, "utf8")));
  } catch (error) {
    throw new LocalStageError(
      `${file} cannot be read as the local stage's settings; start with --reset to drop the state.`,
      { cause: error },
    );
  }
}
