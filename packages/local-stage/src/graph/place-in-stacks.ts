import { readFileSync } from "node:fs";
import { SourceMap, type SourceMapPayload } from "node:module";
import { dirname, relative, resolve } from "node:path";

interface StackFiles {
  projectDirectory: string;
  stacksBundle: string;
}

/** Puts the place in the stacks that led to an error before its message: `stacks/events.ts:12: message`. */
export function placeInStacks(message: string, stack: string, files: StackFiles): string {
  const sentence = withoutNoise(message);
  const place = firstPlace(stack, files);
  return place ? `${place}: ${sentence}` : `sst.config.ts: ${sentence}`;
}

/** Leaves out what Pulumi puts around an error: its own operation before the message, frames after it. */
function withoutNoise(message: string): string {
  return message
    .replace(/^(Error: )+/, "")
    .replace(/^failed to (register new|read) resource .*?\]: /, "")
    .split("\n")
    .filter(line => !/^\s+at /.test(line))
    .join("\n")
    .trim();
}

function firstPlace(stack: string, { projectDirectory, stacksBundle }: StackFiles): string | undefined {
  const frames = stack.matchAll(/(?:file:\/\/)?([^\s()]+stacks\.mjs):(\d+):(\d+)/g);
  let sourceMap: SourceMap | undefined;
  for (const [, , line, column] of frames) {
    // Written by esbuild beside the bundle.
    sourceMap ??= new SourceMap(JSON.parse(readFileSync(`${stacksBundle}.map`, "utf8")) as SourceMapPayload);
    const entry = sourceMap.findEntry(Number(line) - 1, Number(column) - 1);
    if (!("originalSource" in entry)) continue;
    const file = relative(projectDirectory, resolve(dirname(stacksBundle), entry.originalSource));
    if (!file.startsWith("..") && !file.includes("node_modules")) return `${file}:${entry.originalLine + 1}`;
  }
  return undefined;
}
