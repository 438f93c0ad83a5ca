import { dirname, extname, relative, resolve } from "node:path";
import { type BuildOptions, build, type Metafile } from "esbuild";

/** Options of one bundle: one entry point, one output file. */
export interface BundleOptions extends BuildOptions {
  absWorkingDir: string;
  source: string;
  outfile: string;
}

export interface BundleResult {
  /** Names that the bundle exports. */
  exports: string[];
  /** Absolute paths of everything that it was made of. */
  inputs: string[];
}

interface Waiting {
  options: BundleOptions;
  resolve(result: BundleResult): void;
  reject(reason: unknown): void;
}

/** Components ask for their bundles in one burst; this long without another request ends it. */
const quietMs = 15;

/**
 * Returns a function that bundles, and makes one esbuild run of the requests that come together with equal options:
 * the functions share most of their sources, which are then read and parsed once.
 */
export function startBundleBatch(): (options: BundleOptions) => Promise<BundleResult> {
  let waiting: Waiting[] = [];
  let timer: NodeJS.Timeout | undefined;

  function flush(): void {
    const groups = Map.groupBy(waiting, ({ options }) =>
      JSON.stringify({ ...options, source: "", outfile: "" }),
    );
    waiting = [];
    for (const group of groups.values()) void bundleGroup(group);
  }

  return options =>
    new Promise((resolvePromise, reject) => {
      waiting.push({ options, resolve: resolvePromise, reject });
      clearTimeout(timer);
      timer = setTimeout(flush, quietMs);
    });
}

/** Settles each request of a group, and never rejects itself. */
async function bundleGroup(group: Waiting[]): Promise<void> {
  try {
    const results = await bundleTogether(group.map(({ options }) => options));
    for (const [index, { resolve: settle, reject }] of group.entries()) {
      const result = results[index];
      if (result) settle(result);
      else reject(new Error("esbuild wrote no such bundle"));
    }
  } catch (error) {
    if (group.length === 1) {
      group[0]?.reject(error);
      return;
    }
    // In ever smaller parts, so that each function is told of its own errors only.
    const middle = Math.ceil(group.length / 2);
    await bundleGroup(group.slice(0, middle));
    await bundleGroup(group.slice(middle));
  }
}

async function bundleTogether(group: BundleOptions[]): Promise<(BundleResult | undefined)[]> {
  const [first] = group;
  if (!first) return [];
  const { source: _source, outfile, ...options } = first;
  const extension = extname(outfile);
  // Every function has a folder of its own in the same build directory.
  const outdir = dirname(dirname(outfile));
  const { metafile } = await build({
    ...options,
    metafile: true,
    outdir,
    outExtension: { ".js": extension },
    entryPoints: group.map(one => ({
      in: one.source,
      out: relative(outdir, one.outfile).slice(0, -extension.length),
    })),
  });
  return group.map(one => resultOf(metafile, one));
}

function resultOf(metafile: Metafile, { outfile, absWorkingDir }: BundleOptions): BundleResult | undefined {
  const output = Object.entries(metafile.outputs).find(
    ([path]) => resolve(absWorkingDir, path) === outfile,
  )?.[1];
  if (!output?.entryPoint) return undefined;
  return {
    exports: output.exports,
    inputs: reachableInputs(metafile, output.entryPoint)
      // What plugins and esbuild itself make up has a name like "<runtime>" or "(disabled):fs".
      .filter(path => !/^[<(]|^[\w-]{2,}:/.test(path))
      .map(path => resolve(absWorkingDir, path)),
  };
}

/** Everything that an entry point imports, also what was shaken out of its bundle and may come back. */
function reachableInputs(metafile: Metafile, entryPoint: string): string[] {
  const reached = new Set([entryPoint]);
  for (const path of reached) {
    for (const imported of metafile.inputs[path]?.imports ?? []) {
      if (!imported.external) reached.add(imported.path);
    }
  }
  return [...reached];
}
