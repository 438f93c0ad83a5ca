// Builds the page into dist/ unless it is there already, of the same sources: `node packages/web/scripts/build.ts`.
// What differs between stages is not in it: the page reads it from /config.json, which stacks/web.ts declares.
import { createHash } from "node:crypto";
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
/** What is served is in its folder `site`, so that the stamp is not. */
const output = join(root, "dist");
const stamp = ".built-from";
const sources = ["index.html", "package.json", "vite.config.ts", "public", "src", "scripts/build.ts"];

const wanted = digest();
if (stampOf(output) !== wanted) await buildSite();

/** Builds beside the site and swaps: what serves it, or builds it at the same time, never meets half of one. */
async function buildSite(): Promise<void> {
  const fresh = mkdtempSync(join(root, "node_modules", ".site-"));
  const replaced = `${fresh}-replaced`;
  try {
    // Takes longer to load than everything else that runs where nothing has changed.
    const { build } = await import("vite");
    await build({ root, logLevel: "error", build: { outDir: join(fresh, "site"), emptyOutDir: true } });
    writeFileSync(join(fresh, stamp), wanted);
    // Temporary folders are their maker's alone.
    chmodSync(fresh, 0o755);
    // Another build of the same was faster, and its site may be in use.
    if (stampOf(output) === wanted) return;
    moveIfThere(output, replaced);
    moveIfThere(fresh, output);
    if (stampOf(output) !== wanted)
      throw new Error(`The page could not be put into ${output}. Build it again.`);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
    rmSync(replaced, { recursive: true, force: true });
  }
}

/** Another build may have moved the same folder, or put its own, equal one there, a moment ago. */
function moveIfThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code !== "ENOENT" && code !== "ENOTEMPTY" && code !== "EEXIST") throw error;
  }
}

function stampOf(folder: string): string | undefined {
  try {
    return readFileSync(join(folder, stamp), "utf8");
  } catch {
    return undefined;
  }
}

/** Of everything that the built page depends on; installed packages by the lock file. */
function digest(): string {
  const hash = createHash("sha256");
  const files = sources
    .flatMap(source => filesBelow(join(root, source)))
    .concat(join(root, "../../pnpm-lock.yaml"));
  for (const file of files) hash.update(file.slice(root.length)).update(readFileSync(file));
  return hash.digest("hex");
}

function filesBelow(path: string): string[] {
  if (!statSync(path).isDirectory()) return /\.test\.tsx?$/.test(path) ? [] : [path];
  return readdirSync(path)
    .sort()
    .flatMap(name => filesBelow(join(path, name)));
}
