import { cpus, loadavg, totalmem } from "node:os";

/** The machine that the figures are of, and how busy it was before: figures of a busy one mean little. */
export function describeMachine(): string {
  const cores = cpus();
  const memoryGib = (totalmem() / 2 ** 30).toFixed(1);
  const load = (loadavg()[0] ?? 0).toFixed(1);
  return [
    `${cores.length} cores, ${cores[0]?.model.trim() ?? "unknown processor"}, ${memoryGib} GiB, ${process.platform} ${process.arch}`,
    `Node ${process.version}; ${new Date().toISOString()}; load before: ${load} (above ${cores.length} the figures are of a busy machine)`,
  ].join("\n");
}
