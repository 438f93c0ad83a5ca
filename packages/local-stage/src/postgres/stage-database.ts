import { join } from "node:path";
import { findFreePort } from "../free-port.ts";
import type { RoleCheck } from "../permissions/role-check.ts";
import type { StateDirectory } from "../state-directory.ts";
import { startDatabaseGate } from "./database-gate.ts";
import type { DatabasePlan } from "./database-plan.ts";
import { startPostgresServer } from "./postgres-server.ts";

/** Starts PostgreSQL, on a port that nothing is told of, and the gate at the address that the graph gives. */
export async function startStageDatabase(options: {
  plan: DatabasePlan;
  stateDirectory: Pick<StateDirectory, "path" | "ports">;
  roleCheck: RoleCheck;
  log: (message: string) => void;
}): Promise<{ stop(): Promise<void> }> {
  const { plan, stateDirectory, roleCheck, log } = options;
  const { port, userArnPrefix, ...server } = plan;
  const serverPort = await findFreePort(new Set([port, ...Object.values(stateDirectory.ports)]));
  const logFile = join(stateDirectory.path, "postgres.log");
  const postgres = await startPostgresServer({
    ...server,
    port: serverPort,
    parentDirectory: join(stateDirectory.path, "postgres"),
    logFile,
    onUnexpectedExit: () => log(`PostgreSQL ended; see ${logFile}`),
  });
  try {
    const gate = await startDatabaseGate({
      port,
      server: { ...server, port: serverPort },
      userArnPrefix,
      roleCheck,
      log,
    });
    return {
      stop: async () => {
        await gate.stop();
        await postgres.stop();
      },
    };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}
