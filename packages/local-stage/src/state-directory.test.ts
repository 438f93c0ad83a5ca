import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { LocalStageError } from "./local-stage-error.ts";
import { openStateDirectory } from "./state-directory.ts";

let directory: string;
beforeEach(async () => {
  directory = join(await mkdtemp(join(tmpdir(), "vibe-state-")), ".vibe");
});
afterEach(async () => {
  await rm(join(directory, ".."), { recursive: true });
});

it("remembers ports and password, which only the owner may read", async () => {
  const first = await openStateDirectory(directory);
  await first.release();
  const second = await openStateDirectory(directory);
  await second.release();
  const { mode } = await stat(join(directory, "settings.json"));
  expect({ ...second, release: undefined, mode: mode & 0o777 }).toEqual({
    ...first,
    release: undefined,
    mode: 0o600,
  });
});

it("gives three different ports and a random password", async () => {
  const state = await openStateDirectory(directory);
  await state.release();
  expect([new Set(Object.values(state.ports)).size, state.databasePassword.length]).toEqual([3, 32]);
});

it("takes another port when somebody else has the one it knew", async () => {
  const first = await openStateDirectory(directory);
  await first.release();
  const other = createServer().listen(first.ports.messaging, "127.0.0.1");
  await once(other, "listening");
  const second = await openStateDirectory(directory);
  await second.release();
  other.close();
  expect([
    second.ports.messaging === first.ports.messaging,
    second.ports.database === first.ports.database,
  ]).toEqual([false, true]);
});

it("lets one process in at a time", async () => {
  const state = await openStateDirectory(directory);
  await expect(openStateDirectory(directory)).rejects.toThrow(
    new LocalStageError(
      `The local stage in ${directory} is already running, pid ${process.pid}. Stop it first, or use another state folder.`,
    ),
  );
  await state.release();
  await (await openStateDirectory(directory)).release();
});

it("takes over the lock of a process that is gone", async () => {
  const child = spawn(process.execPath, ["-e", ""]);
  await once(child, "exit");
  await mkdir(directory);
  await writeFile(join(directory, "lock.json"), JSON.stringify({ pid: child.pid, processStart: null }));
  const state = await openStateDirectory(directory);
  const lock = JSON.parse(await readFile(join(directory, "lock.json"), "utf8"));
  await state.release();
  expect(lock.pid).toEqual(process.pid);
});

it.runIf(process.platform === "linux")(
  "takes over the lock of a process whose pid was given to another",
  async () => {
    await mkdir(directory);
    await writeFile(join(directory, "lock.json"), JSON.stringify({ pid: process.pid, processStart: "1" }));
    const state = await openStateDirectory(directory);
    await state.release();
    expect(await readdir(directory)).toEqual(["settings.json"]);
  },
);

it("drops everything with reset", async () => {
  const first = await openStateDirectory(directory);
  await mkdir(join(directory, "messaging"));
  await first.release();
  const second = await openStateDirectory(directory, { reset: true });
  const names = await readdir(directory);
  await second.release();
  expect([names.toSorted(), second.databasePassword === first.databasePassword]).toEqual([
    ["lock.json", "settings.json"],
    false,
  ]);
});

it("says what to do about settings that cannot be read, and gives up the lock", async () => {
  await mkdir(directory);
  await writeFile(join(directory, "settings.json"), "{");
  const message = `${directory}/settings.json cannot be read as the local stage's settings; start with --reset to drop the state.`;
  await expect(openStateDirectory(directory)).rejects.toThrow(message);
  await expect(openStateDirectory(directory)).rejects.toThrow(message);
});
