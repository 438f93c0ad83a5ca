// Sets the project up where that is still needed, then runs the command that follows, with the project's own
// Node 24 first on the PATH: `node scripts/with-setup.mjs vibe up`. Runs on Node 20 with nothing installed.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const pnpmVersion = "12.20.0";
const binaries = join(root, "node_modules", ".bin");
const environment = {
  ...process.env,
  PATH: `${binaries}${delimiter}${process.env.PATH ?? ""}`,
  // SST must not look for tools to download, and has nobody to report to.
  SST_SKIP_DEPENDENCY_CHECK: "true",
  SST_TELEMETRY_DISABLED: "1",
  DO_NOT_TRACK: "1",
  NO_BUN: "1",
};

if (Number(process.versions.node.split(".")[0]) < 20) {
  fail(`Node.js 20 or newer is needed to set up, this is ${process.versions.node}.`);
}

step({
  title: "Installing packages",
  stamp: join(root, "node_modules", ".setup-packages"),
  needs: digestOf(manifests()),
  run: () =>
    run("npx", [
      "--yes",
      `pnpm@${pnpmVersion}`,
      "install",
      "--frozen-lockfile",
      "--config.confirmModulesPurge=false",
    ]),
});

step({
  title: "Installing the SST platform",
  stamp: join(root, ".sst", ".setup-platform"),
  needs: digestOf([join(root, "node_modules", "sst", "package.json"), join(root, "sst.config.ts")]),
  run: () => {
    rmSync(join(root, ".sst", "platform"), { recursive: true, force: true });
    run("sst", ["install", "--stage", "local"]);
    if (!existsSync(join(root, ".sst", "platform", "node_modules"))) {
      fail("SST did not install its platform. Run `npm run setup` again; its log is in .sst/log.");
    }
  },
});

const [command, ...args] = process.argv.slice(2);
if (command) start(command, args);

function manifests() {
  const packages = ["packages", "services"].flatMap(parent =>
    readdirSync(join(root, parent)).map(name => join(root, parent, name, "package.json")),
  );
  return ["package.json", "pnpm-lock.yaml", "pnpm-workspace.yaml"]
    .map(name => join(root, name))
    .concat(packages);
}

function digestOf(files) {
  const hash = createHash("sha256");
  for (const file of files) hash.update(existsSync(file) ? readFileSync(file) : "missing");
  return hash.digest("hex");
}

/** Runs a set-up step unless its stamp says that it was done for the same needs. */
function step({ title, stamp, needs, run: work }) {
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === needs) return;
  process.stderr.write(`[set-up] ${title} ...\n`);
  const startedAt = Date.now();
  work();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, needs);
  process.stderr.write(`[set-up] ${title}: done in ${Math.round((Date.now() - startedAt) / 1000)} s\n`);
}

/** Runs a set-up command with its output on standard error, and ends with it when it fails. */
function run(name, parameters) {
  const { status, error } = spawnSync(name, parameters, {
    cwd: root,
    env: environment,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (error) fail(`Could not run ${name}: ${error.message}`);
  if (status !== 0) fail(`\`${name} ${parameters.join(" ")}\` ended with status ${status}.`);
}

/** Runs the command to its end; signals reach it too, and its end is this process's end. */
function start(name, parameters) {
  // The channel ends with this process, however that dies, and so tells the command to stop.
  const child = spawn(name, parameters, {
    cwd: root,
    env: environment,
    stdio: ["inherit", "inherit", "inherit", "ipc"],
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    // From a terminal, Ctrl-C has reached the child already; this process only waits for it.
    process.on(signal, () => signal !== "SIGINT" && child.kill(signal));
  }
  child.on("error", error => fail(`Could not run ${name}: ${error.message}`));
  child.on("exit", (code, signal) => {
    if (signal) process.exit(128);
    process.exit(code ?? 1);
  });
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
