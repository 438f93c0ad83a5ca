import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectDatabase, type Database } from "@vibe-charting/database";

export const root = join(import.meta.dirname, "../..");
const vibe = join(root, "node_modules/.bin/vibe");

export type VibeProcess = {
  readonly pid: number;
  /** The lines on standard output so far. */
  lines(): readonly string[];
  /** Resolves when the output has a text; rejects, with the output, when the process ends before. */
  printed(text: string): Promise<void>;
  /** Sends a signal and resolves with the exit code, or null when the signal ended it. */
  end(signal: NodeJS.Signals): Promise<number | null>;
};

export type StageProcess = VibeProcess & { readonly url: string };

/** A folder for a stage's state, which the postgres user may enter where the tests run as root. */
export function temporaryState(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), "vibe-state-"));
  chmodSync(path, 0o755);
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === "string") throw new Error("The probe listens on no port");
  return address.port;
}

/** Starts `vibe up` as a user would, with a state folder and a port of its own. */
export async function startStage(stateDirectory: string, args: readonly string[]): Promise<StageProcess> {
  const port = await freePort();
  return {
    ...startVibe(["up", "--port", String(port), ...args], stateDirectory),
    url: `http://127.0.0.1:${port}`,
  };
}

/** Starts a `vibe` command that goes on until it is ended. */
export function startVibe(args: readonly string[], stateDirectory: string): VibeProcess {
  const child = spawn(vibe, args, {
    cwd: root,
    env: environmentOf(stateDirectory),
    stdio: ["ignore", "pipe", "pipe"],
  });
  if (child.pid === undefined) throw new Error(`${vibe} could not be started`);
  return {
    pid: child.pid,
    ...collectOutput(child),
    end: async signal => {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const exited = once(child, "exit");
      child.kill(signal);
      await exited;
      return child.exitCode;
    },
  };
}

/** Runs a `vibe` command to its end. */
export async function runVibe(
  args: readonly string[],
  options: { stateDirectory?: string; input?: string } = {},
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(vibe, args, { cwd: root, env: environmentOf(options.stateDirectory), stdio: "pipe" });
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", chunk => (output.stdout += chunk));
  child.stderr.on("data", chunk => (output.stderr += chunk));
  child.stdin.end(options.input ?? "");
  await once(child, "close");
  return { code: child.exitCode, ...output };
}

function environmentOf(stateDirectory: string | undefined): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _options, VITEST: _vitest, NODE_ENV: _environment, ...environment } = process.env;
  return { ...environment, ...(stateDirectory && { VIBE_STATE: stateDirectory }) };
}

function collectOutput(child: ChildProcess): Pick<VibeProcess, "lines" | "printed"> {
  let all = "";
  let standardOutput = "";
  let waiting: { wanted: string; resolve: () => void; reject: (error: Error) => void }[] = [];
  const collect = (chunk: unknown) => {
    all += String(chunk);
    for (const { wanted, resolve } of waiting) if (all.includes(wanted)) resolve();
    waiting = waiting.filter(({ wanted }) => !all.includes(wanted));
  };
  child.stdout?.on("data", chunk => {
    standardOutput += String(chunk);
    collect(chunk);
  });
  child.stderr?.on("data", collect);
  const ended = (wanted: string) => new Error(`The process ended before it printed "${wanted}":\n${all}`);
  child.on("close", () => {
    for (const { wanted, reject } of waiting) reject(ended(wanted));
    waiting = [];
  });
  return {
    lines: () => standardOutput.split("\n").slice(0, -1),
    printed: wanted =>
      new Promise((resolve, reject) => {
        if (all.includes(wanted)) resolve();
        else if (child.exitCode !== null) reject(ended(wanted));
        else waiting.push({ wanted, resolve, reject });
      }),
  };
}

/** The processes that a process has started, and theirs. */
export function descendantsOf(pid: number): number[] {
  const children = readdirSync("/proc")
    .filter(name => /^\d+$/.test(name))
    .map(Number)
    .filter(candidate => parentOf(candidate) === pid);
  return children.flatMap(child => [child, ...descendantsOf(child)]);
}

function parentOf(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return null;
  }
}

/** Whether a process runs; one that has ended and was not waited for does not. */
export function isAlive(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2)[0] !== "Z";
  } catch {
    return false;
  }
}

/** Connects to a running stage's database. */
export async function connectToStage(stateDirectory: string): Promise<Database> {
  const settings = JSON.parse(readFileSync(join(stateDirectory, "settings.json"), "utf8"));
  return await connectDatabase({
    address: {
      host: "127.0.0.1",
      port: settings.ports.database,
      database: "vibe_charting",
      username: "vibe_charting",
    },
    password: async () => settings.databasePassword,
    maxPoolSize: 2,
    statementTimeoutMs: 20_000,
  });
}
