import type { HealthResponse } from "@vibe-charting/contracts";

/** Messages in the queues that functions read, and in each queue of what nobody processed. */
type QueueDepths = {
  readonly analysis: number;
  readonly alertSignals: number;
  readonly deadLetters: Readonly<Record<string, number>>;
};
export type ReadQueueDepths = () => Promise<QueueDepths>;

/** The queues' part of `GET /health`: messages that nobody processed want somebody's attention. */
export async function checkQueues(
  readQueueDepths: ReadQueueDepths,
): Promise<HealthResponse["checks"]["queues"]> {
  try {
    const { analysis, alertSignals, deadLetters } = await readQueueDepths();
    const filled = Object.entries(deadLetters).filter(([, depth]) => depth > 0);
    return {
      ok: filled.length === 0,
      detail:
        filled.length === 0
          ? "no dead letters"
          : `${filled.map(([name, depth]) => `${depth} in ${name}`).join(", ")}: see docs/runbook.md`,
      analysisDepth: analysis,
      alertDepth: alertSignals,
      deadLetters: filled.reduce((sum, [, depth]) => sum + depth, 0),
      deadLettersByQueue: deadLetters,
    };
  } catch {
    return {
      ok: false,
      detail: "the queues cannot be asked",
      analysisDepth: null,
      alertDepth: null,
      deadLetters: null,
      deadLettersByQueue: null,
    };
  }
}
