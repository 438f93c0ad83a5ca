import { ListQueuesCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import { QueryResponse, SignalsResponse, TrendsResponse } from "@vibe-charting/contracts";
import { sql } from "slonik";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { stageClient } from "./support/stage-client.ts";
import {
  connectToStage,
  descendantsOf,
  isAlive,
  runVibe,
  type StageProcess,
  startStage,
  startVibe,
  temporaryState,
} from "./support/stage-process.ts";
import { stageQueues } from "./support/stage-queues.ts";

describe("the demo market on the local stage", () => {
  const state = temporaryState();
  let stage: StageProcess;
  let api: ReturnType<typeof stageClient>;
  beforeAll(async () => {
    stage = await startStage(state.path, ["--source", "demo", "--reset", "--interval", "0.5"]);
    await stage.printed("ready http");
    api = stageClient(stage.url);
  });
  afterAll(async () => {
    await stage?.end("SIGTERM");
    state.remove();
  });

  it("is healthy and says that its market is simulated", async () => {
    const { status, data } = await stageClient(stage.url).client.get("/health", {
      headers: { "x-api-key": undefined },
    });
    expect(status).toBe(200);
    expect(data).toMatchObject({ status: "ok", source: "demo", checks: { analysis: { behind: 0 } } });
  });

  it("has trends of each kind", async () => {
    const { data: coins } = await api.get("/coins?limit=200");
    const trends = await Promise.all(
      coins.coins.map(
        async ({ symbol }: { symbol: string }) =>
          TrendsResponse.parse((await api.get(`/trends/${symbol}`)).data).trends,
      ),
    );
    const kinds = new Set(trends.flat().map(({ type }) => type));
    expect(kinds).toEqual(new Set(["uptrend", "downtrend", "sideways"]));
  });

  it("has signals of each kind in its past, with evidence", async () => {
    for (const type of ["pump_and_dump", "bottomed_out", "volume_anomaly", "two_highs_one_low"]) {
      const { signals } = SignalsResponse.parse((await api.get(`/signals?type=${type}`)).data);
      expect(signals.length, type).toBeGreaterThan(0);
      expect(signals.every(({ evidence }) => evidence.conditions.length > 0)).toBe(true);
    }
  });

  it("answers a question with the reading, the results and the coverage", async () => {
    const { status, data } = await api.ask("top 5 performers this week");
    const answer = QueryResponse.parse(data);
    expect(status).toBe(200);
    expect(answer.interpretation).toMatchObject({ intents: ["performance"], timeframe: "7d", limit: 5 });
    expect(answer.results).toHaveLength(5);
    expect(answer.coverage).toMatchObject({ source: "demo", stale: false });
    expect(answer.answer).toMatch(/demo market, not live/i);
  });

  it("lets two coins share a symbol and means the higher-ranked one", async () => {
    const { data } = await api.get("/trends/HALO");
    expect(TrendsResponse.parse(data).otherCoinsWithThisSymbol).toHaveLength(1);
  });

  it("alerts a subscriber when something happens while it runs", async () => {
    // The demo's script raises the volume of a coin within its first hours.
    const follower = startVibe(["alerts", "--follow", "--name", "end-to-end"], state.path);
    await follower.printed('"signalType":"volume_anomaly"');
    await follower.end("SIGINT");
    const alerts = follower.lines().map(line => JSON.parse(line));
    expect(
      alerts.every(({ marketSource, evidence }) => marketSource === "demo" && evidence.conditions.length > 0),
    ).toBe(true);
    expect(new Set(alerts.map(({ id }) => id)).size).toBe(alerts.length);
  });

  it("runs a function by hand", async () => {
    const { code, stdout } = await runVibe(["invoke", "outbox-drain"], { stateDirectory: state.path });
    expect({ code, result: JSON.parse(stdout) }).toMatchObject({
      code: 0,
      result: { details: { unpublished: 0 } },
    });
  });

  it("parks a message that can never be processed, and moves dead letters back", async () => {
    const sqs = stageQueues(state.path);
    const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
    const deadLetters = QueueUrls.find(url => url.includes("analysis-dead-letters"));
    const poison = {
      QueueUrl: deadLetters,
      MessageBody: "poison",
      MessageGroupId: "1",
      MessageDeduplicationId: "1",
    };
    await sqs.send(new SendMessageCommand(poison));

    const { code, stdout } = await runVibe(["redrive", "analysis-dead-letters"], {
      stateDirectory: state.path,
    });
    expect({ code, ...JSON.parse(stdout) }).toMatchObject({
      code: 0,
      moved: 1,
      to: expect.stringContaining("analysis.fifo"),
    });
    const db = await connectToStage(state.path);
    try {
      await vi.waitFor(async () => {
        const reasons = await db.anyFirst(sql.type(z.object({ reason: z.string() }))`
          SELECT reason FROM parked_messages WHERE body = 'poison'`);
        expect(reasons).toEqual(["the body is not JSON"]);
      }, 20_000);
    } finally {
      await db.end();
    }
  });

  describe("refuses", () => {
    const cases = [
      [
        "no key",
        () => api.client.post("/query", { query: "hi" }, { headers: { "x-api-key": undefined } }),
        403,
      ],
      [
        "a wrong key",
        () => api.client.post("/query", { query: "hi" }, { headers: { "x-api-key": "wrong" } }),
        403,
      ],
      ["an unknown route", () => api.get("/nothing"), 404],
      [
        "a body that is not JSON",
        () => api.client.post("/query", "{", { headers: { "content-type": "application/json" } }),
        400,
      ],
      [
        "a body that is not an object",
        () => api.client.post("/query", "[]", { headers: { "content-type": "application/json" } }),
        400,
      ],
      ["a body without a query", () => api.client.post("/query", {}), 400],
      [
        "another content type",
        () => api.client.post("/query", "query=hi", { headers: { "content-type": "text/plain" } }),
        415,
      ],
      ["a question over 500 characters", () => api.ask("a".repeat(501)), 400],
      ["an unknown symbol", () => api.get("/trends/BTCC"), 404],
      ["an unknown signal type", () => api.get("/signals?type=moon"), 400],
      ["a broken cursor", () => api.get("/coins?cursor=broken"), 400],
    ] as const;
    it.each(cases)("%s", async (_what, request, status) => {
      const response = await request();
      expect(response.status).toBe(status);
      expect(response.headers["content-type"]).toBe("application/problem+json");
      expect(response.data).toMatchObject({ status, code: expect.any(String), retryable: false });
      expect(response.headers["access-control-allow-origin"]).toBe("*");
    });

    it("an unknown symbol with near matches", async () => {
      expect((await api.get("/trends/BTCC")).data.suggestions).toContain("BTC");
    });

    it("requests over the usage plan, and answers again after that", async () => {
      const responses = await Promise.all(Array.from({ length: 400 }, () => api.get("/coins?limit=1")));
      const refused = responses.filter(({ status }) => status === 429);
      expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([200, 429]));
      expect(refused[0]?.data).toMatchObject({ status: 429, code: "access.throttled", retryable: true });
      await vi.waitFor(async () => expect((await api.get("/coins?limit=1")).status).toBe(200), {
        timeout: 10_000,
      });
    });
  });

  it("refuses a second start with the same state", async () => {
    const second = await startStage(state.path, []);
    await expect(second.printed("ready http")).rejects.toThrow(/already running, pid/);
  });

  it("ends with everything that it started, and goes on where it was", async () => {
    const before = (await api.get("/health")).data.checks.data.newestAt;
    const started = descendantsOf(stage.pid);
    expect(started.length).toBeGreaterThan(0);
    expect(await stage.end("SIGINT")).toBe(0);
    expect(started.filter(isAlive)).toEqual([]);
    await expect(api.get("/health")).rejects.toThrow(/ECONNREFUSED/);

    stage = await startStage(state.path, []);
    await stage.printed("ready http");
    api = stageClient(stage.url);
    const after = (await api.get("/health")).data.checks.data.newestAt;
    expect(Date.parse(after)).toBeGreaterThanOrEqual(Date.parse(before));
  });
});
