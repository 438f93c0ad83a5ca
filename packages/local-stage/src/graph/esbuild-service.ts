import { stop } from "esbuild";

let users = 0;

/**
 * Runs work that uses esbuild, and ends esbuild's service after the last of such works: it keeps some hundred
 * megabytes of parsed sources, which a process that goes on to run the local stage has no use for.
 */
export async function withEsbuild<Result>(work: () => Promise<Result>): Promise<Result> {
  users += 1;
  try {
    return await work();
  } finally {
    users -= 1;
    if (users === 0) await stop();
  }
}
