import { setTimeout as sleep } from "node:timers/promises";
import { HealthResponse } from "@vibe-charting/contracts";
import type { LocalStage } from "@vibe-charting/local-stage";
import axios from "axios";

/** How long committed events may take to be published and analysed after a start. */
const settlePatienceMs = 120_000;
const settleStepMs = 300;

/** Runs the stage's functions and waits for what follows from them. */
export type StageOperator = {
  /** Invokes a function and gives its result. Throws with the function's error. */
  run(functionName: string, event: unknown): Promise<unknown>;
  health(): Promise<HealthResponse>;
  /** Resolves when no message is queued or worked on. */
  drained(): Promise<void>;
  /** Publishes and analyses all that is committed, as after a crash. Throws when it does not come to an end. */
  settle(): Promise<void>;
};

export function stageOperator(stage: LocalStage, apiUrl: string): StageOperator {
  const run = async (functionName: string, event: unknown) => {
    const result = await stage.invoke(functionName, event);
    if (!result.ok) throw new Error(`${functionName} failed: ${result.error.errorMessage}`);
    return JSON.parse(result.payload);
  };
  const health = async () =>
    HealthResponse.parse((await axios.get(`${apiUrl}/health`, { timeout: 10_000 })).data);
  const settle = async () => {
    const deadline = Date.now() + settlePatienceMs;
    for (;;) {
      await run("outbox-drain", {});
      await stage.drained();
      const { outbox, analysis } = (await health()).checks;
      if (outbox.pending === 0 && analysis.behind === 0) return;
      if (Date.now() > deadline) {
        throw new Error(
          `The stage does not catch up: ${outbox.pending} events are unpublished, ${analysis.detail}`,
        );
      }
      // Events that a killed process was publishing are free again when its lease ends.
      if (outbox.pending === 0) await run("analysis-catch-up", {});
      await sleep(settleStepMs);
    }
  };
  return { run, health, settle, drained: () => stage.drained() };
}
