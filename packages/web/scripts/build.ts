// Builds the page into dist/ unless it is there already, of the same sources: `node packages/web/scripts/build.ts`.
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
import { build } from "vite";

const root = join(import.meta.dirname, "..");
const site = join(root, "dist");
const stamp = ".built-from";
const sources = ["index.html", "package.json", "vite.config.ts", "public", "src", "scripts/build.ts"];

/** Where the page is deployed, its configuration is a file beside it; the local stage answers for that file itself. */
const { PAGE_API_KEY: apiKey, PAGE_API_URL: apiUrl, PAGE_POLL_SECONDS: pollSeconds } = process.env;
const config =
  apiKey && apiUrl ? JSON.stringify({ apiKey, apiUrl, pollSeconds: Number(pollSeconds ?? 60) }) : undefined;

const wanted = digest();
if (stampOf(site) !== wanted) await buildSite();

/** Builds beside the site and swaps: what serves it, or builds it at the same time, never meets half of one. */
async function buildSite(): Promise<void> {
  const fresh = mkdtempSync(join(root, "node_modules", ".site-"));
  const replaced = `${fresh}-replaced`;
  try {
    await build({ root, logLevel: "error", build: { outDir: fresh, emptyOutDir: true } });
    if (config !== undefined) writeFileSync(join(fresh, "config.json"), config);
    writeFileSync(join(fresh, stamp), wanted);
    // Temporary folders are their maker's alone.
    chmodSync(fresh, 0o755);
    moveIfThere(site, replaced);
    moveIfThere(fresh, site);
    if (stampOf(site) !== wanted) throw new Error(`The page could not be put into ${site}. Build it again.`);
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
  return hash.update(config ?? "").digest("hex");
}

function filesBelow(path: string): string[] {
  if (!statSync(path).isDirectory()) return /\.test\.tsx?$/.test(path) ? [] : [path];
  return readdirSync(path)
    .sort()
    .flatMap(name => filesBelow(join(path, name)));
}
