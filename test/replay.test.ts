import { QueryResponse } from "@vibe-charting/contracts";
import type { Database } from "@vibe-charting/database";
import { sql } from "slonik";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { bestPerformers, hasReplayFile, readReplayRows, replayFile } from "./support/replay-data.ts";
import { stageClient } from "./support/stage-client.ts";
import {
  connectToStage,
  runVibe,
  type StageProcess,
  startStage,
  temporaryState,
} from "./support/stage-process.ts";

const [from, to, aWeekBefore] = ["2021-02-01", "2021-03-01", "2021-02-22"];
const replay = ["--source", "replay", "--data", replayFile, "--from", from, "--to", to];

type Outcome = {
  prices: unknown;
  trends: unknown;
  changes: readonly { id: string }[];
  alerts: readonly string[];
};

/** All that a replay leaves behind and that must not depend on how it went. */
async function readOutcome(db: Database, stateDirectory: string): Promise<Outcome> {
  const rows = z.object({ row: z.string() });
  const { stdout } = await runVibe(["alerts", "--name", "end-to-end"], { stateDirectory });
  return {
    prices: await db.anyFirst(sql.type(rows)`
      SELECT concat_ws(' ', cmc_id, timestamp, price, volume_24h, market_cap, price_data.rank) AS row
      FROM price_data JOIN cryptocurrencies coin ON coin.id = crypto_id ORDER BY 1`),
    trends: await db.anyFirst(sql.type(rows)`
      SELECT concat_ws(' ', cmc_id, timeframe, trend_type, confidence, change_pct, volatility, as_of) AS row
      FROM trend_analysis JOIN cryptocurrencies coin ON coin.id = crypto_id ORDER BY 1`),
    changes: await db.any(sql.type(
      z.object({ id: z.string(), confidence: z.number(), evidence: z.unknown() }),
    )`
      SELECT concat('signal:', episode_id, ':', state) AS id, confidence, evidence FROM signal_events
      WHERE alerted ORDER BY 1`),
    alerts: stdout
      .split("\n")
      .filter(Boolean)
      .map(line => JSON.parse(line).id)
      .sort(),
  };
}

describe.skipIf(!hasReplayFile)(`a replay of real listings (needs ${replayFile})`, () => {
  const state = temporaryState();
  let stage: StageProcess;
  let db: Database;
  let outcome: Outcome;
  const rows = hasReplayFile ? readReplayRows(from, to) : [];

  beforeAll(async () => {
    stage = await startStage(state.path, ["--reset", ...replay]);
    await stage.printed("ready http");
    await runVibe(["alerts", "--name", "end-to-end"], { stateDirectory: state.path });
    await stage.printed("replay finished");
    db = await connectToStage(state.path);
    outcome = await readOutcome(db, state.path);
  });
  afterAll(async () => {
    await db?.end();
    await stage?.end("SIGTERM");
    state.remove();
  });

  it("keeps every coin of every day once", async () => {
    const stored = await db.any(sql.type(
      z.object({ date: z.string(), slug: z.string(), rank: z.number(), price: z.number() }),
    )`
      SELECT to_char(timestamp AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS date, slug, price_data.rank, price
      FROM price_data JOIN cryptocurrencies coin ON coin.id = crypto_id ORDER BY date, price_data.rank`);
    expect(stored).toEqual(rows.map(({ date, coin, rank, price }) => ({ date, slug: coin, rank, price })));
  });

  it("has each coin's trends as of its newest price", async () => {
    const behind = await db.anyFirst(sql.type(z.object({ slug: z.string() }))`
      SELECT slug FROM cryptocurrencies coin
      WHERE 4 <> (SELECT count(*) FROM trend_analysis WHERE crypto_id = coin.id
        AND as_of = (SELECT max(timestamp) FROM price_data WHERE crypto_id = coin.id))`);
    expect(behind).toEqual([]);
  });

  it("answers with exactly the performers and changes of the file", async () => {
    const answer = QueryResponse.parse((await stageClient(stage.url).ask("top 5 performers this week")).data);
    const expected = bestPerformers(rows, aWeekBefore, to, 5);
    expect(answer.results.map(({ symbol }) => symbol)).toEqual(expected.map(({ symbol }) => symbol));
    for (const [index, { changePct }] of expected.entries()) {
      expect(answer.results[index]?.changePct).toBeCloseTo(changePct, 9);
    }
    expect(answer.interpretation.window).toEqual({
      from: `${aWeekBefore}T00:00:00.000Z`,
      to: `${to}T00:00:00.000Z`,
    });
    expect(answer.coverage).toMatchObject({ source: "replay", asOf: `${to}T00:00:00.000Z` });
  });

  it("gives a subscriber each change of a signal's state exactly once", () => {
    expect(outcome.changes.length).toBeGreaterThan(0);
    expect(outcome.alerts).toEqual(outcome.changes.map(({ id }) => id));
  });

  it("ends the same when the process is killed in the middle", async () => {
    const killedState = temporaryState();
    try {
      const killed = await startStage(killedState.path, ["--reset", ...replay]);
      await killed.printed("ready http");
      await runVibe(["alerts", "--name", "end-to-end"], { stateDirectory: killedState.path });
      await killed.printed("replay 2");
      await killed.end("SIGKILL");

      const resumed = await startStage(killedState.path, []);
      await resumed.printed("replay finished");
      const resumedDb = await connectToStage(killedState.path);
      try {
        expect(await readOutcome(resumedDb, killedState.path)).toEqual(outcome);
      } finally {
        await resumedDb.end();
        await resumed.end("SIGTERM");
      }
    } finally {
      killedState.remove();
    }
  });
});

it.skipIf(hasReplayFile)(`skips the replay of real listings: ${replayFile} is missing`, () => {
  expect(hasReplayFile).toBe(false);
});
