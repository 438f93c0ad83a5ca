import type { PricesIngested } from "@vibe-charting/contracts";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  at,
  createMarket,
  historyHours,
  listingHours,
  type Market,
  message,
  wildHour,
  writtenRows,
} from "../test/market-fixture.ts";
import { analyzeCoin } from "./analyze-coin.ts";
import { marketLoader } from "./load-history.ts";

/** Everything is ingested in it; nothing is analysed yet. */
let ingested: Market;
/** What the analysis of every message in its order writes. */
let analyzed: Awaited<ReturnType<typeof writtenRows>>;
const markets: Market[] = [];
beforeAll(async () => {
  ingested = await createMarket();
  await ingested.addHistory(-historyHours, -1);
  for (const hour of listings) await ingested.addListing(hour);
  // A database that is copied may have no connections.
  await ingested.database.end();
  const market = await ingestedMarket();
  await analyze(market, pumpMessages);
  analyzed = await writtenRows(market);
});
afterAll(() => ingested.drop());
afterEach(async () => {
  for (const market of markets.splice(0)) await market.drop();
});

async function emptyMarket(): Promise<Market> {
  const market = await createMarket();
  markets.push(market);
  return market;
}

async function ingestedMarket(): Promise<Market> {
  const market = await createMarket(ingested);
  markets.push(market);
  return market;
}

const listings = Array.from({ length: listingHours }, (_, hour) => hour);

const historyOf = (symbol: "PUMP" | "BTC") =>
  message(symbol, -historyHours, { to: -1, reason: "backfill", revision: "load-1" });
const pumpMessages = [historyOf("PUMP"), ...listings.map(hour => message("PUMP", hour))];

/** Analyses the messages one after the other; gives how each ended. */
async function analyze({ database }: Market, messages: readonly PricesIngested[]) {
  const loadMarket = marketLoader();
  const kinds: string[] = [];
  for (const event of messages) kinds.push((await analyzeCoin(database, loadMarket, event)).kind);
  return kinds;
}

describe("analyzeCoin", () => {
  it("writes trends, states, changes of signals, and an alert for each of them", () => {
    const { trends, states, signals, alerts } = analyzed;
    expect(trends.map(({ timeframe, as_of }) => [timeframe, as_of])).toEqual(
      ["24h", "7d", "30d", "90d"].map(timeframe => [timeframe, at(23)]),
    );
    expect(states.map(({ as_of }) => as_of)).toEqual([at(23)]);
    expect(signals.length).toBeGreaterThan(2);
    expect(new Set(signals.map(({ alerted }) => alerted))).toEqual(new Set([true]));
    expect(alerts.map(({ event_id }) => event_id)).toEqual(
      signals.map(({ episode_id, state }) => `signal:${episode_id}:${state}`).toSorted(),
    );
  });

  it("says in an alert what happened to which coin, and that the market is simulated", () => {
    expect(analyzed.alerts[0]?.body).toMatchObject({
      type: "signals.detected",
      subject: "PUMP",
      data: { cmcId: 999, symbol: "PUMP", name: "PUMP", marketSource: "demo" },
    });
  });

  it("changes nothing for a message that comes again", async () => {
    const market = await ingestedMarket();
    const twice = pumpMessages.flatMap(event => [event, event]);
    expect(await analyze(market, twice)).toEqual(pumpMessages.flatMap(() => ["analyzed", "skipped"]));
    expect(await writtenRows(market)).toEqual(analyzed);
  });

  it("changes nothing for the same prices under another id, as catch-up sends them", async () => {
    const market = await ingestedMarket();
    await analyze(market, pumpMessages);
    const again = listings.map(hour => message("PUMP", hour, { reason: "catch_up", revision: "r2" }));
    await analyze(market, again);
    expect(await writtenRows(market)).toEqual(analyzed);
  });

  it.each([
    ["backwards", pumpMessages.toReversed()],
    ["the newest first", [...pumpMessages.slice(-1), ...pumpMessages.slice(0, -1)]],
    ["every other one late", [...everyOther(pumpMessages, 0), ...everyOther(pumpMessages, 1)]],
    ["with all but the last one lost", pumpMessages.slice(-1)],
  ])("comes to the same with the messages %s", async (_, messages) => {
    const market = await ingestedMarket();
    await analyze(market, messages);
    expect(await writtenRows(market)).toEqual(analyzed);
  });

  it("comes to the same with all messages at once", async () => {
    const market = await ingestedMarket();
    const loadMarket = marketLoader();
    await Promise.all(pumpMessages.map(event => analyzeCoin(market.database, loadMarket, event)));
    expect(await writtenRows(market)).toEqual(analyzed);
  });

  it("comes to the same listing by listing as after all of them", async () => {
    const market = await emptyMarket();
    await market.addHistory(-historyHours, -1);
    await analyze(market, [historyOf("PUMP")]);
    for (const hour of listings) {
      await market.addListing(hour);
      await analyze(market, [message("PUMP", hour)]);
    }
    expect(await writtenRows(market)).toEqual(analyzed);
  });

  it("records changes that are found too late, and alerts nobody", async () => {
    const market = await ingestedMarket();
    await market.addListing(listingHours + 72);
    await analyze(market, pumpMessages);
    const { signals, alerts } = await writtenRows(market);
    expect(signals.length).toBeGreaterThan(2);
    expect(new Set(signals.map(({ alerted }) => alerted))).toEqual(new Set([false]));
    expect(alerts).toEqual([]);
  });

  it("alerts nobody of what past prices show", async () => {
    const market = await emptyMarket();
    await market.addListing(24);
    await market.addHistory(-historyHours, 23);
    await analyze(market, [
      message("PUMP", -historyHours, { to: 23, reason: "backfill", revision: "load-1" }),
    ]);
    const { signals, alerts } = await writtenRows(market);
    expect(signals.length).toBeGreaterThan(2);
    expect(alerts).toEqual([]);
  });

  it("takes a history that is loaded later into the states of the detectors", async () => {
    const market = await emptyMarket();
    for (const hour of listings) await market.addListing(hour);
    await analyze(
      market,
      listings.map(hour => message("PUMP", hour)),
    );
    await market.addHistory(-historyHours, -1);
    await analyze(market, [historyOf("PUMP")]);
    expect((await writtenRows(market)).states).toEqual(analyzed.states);
  });

  it("ends an episode that a history loaded later does not show, and alerts nobody of it", async () => {
    const market = await emptyMarket();
    const hours = Array.from({ length: wildHour + 1 }, (_, hour) => hour);
    for (const hour of hours) await market.addListing(hour);
    await analyze(
      market,
      hours.map(hour => message("WILD", hour)),
    );
    const live = await writtenRows(market);
    expect(live.signals).toMatchObject([{ signal_type: "pump_and_dump", state: "suspected", alerted: true }]);

    await market.addHistory(-historyHours, -1);
    const past = { to: -1, reason: "backfill", revision: "load-1" } as const;
    await analyze(market, [message("WILD", -historyHours, past)]);
    const presentStates = () =>
      market.query(
        `SELECT state, previous_state, detected_at, alerted, evidence->'notes' AS notes FROM signal_events
         WHERE opened_at = $1 AND superseded_at IS NULL`,
        [at(wildHour)],
      );
    const refuted = {
      state: "rejected",
      previous_state: "suspected",
      detected_at: at(wildHour),
      alerted: false,
      notes: [expect.stringMatching(/^Past prices that were loaded later do not show it/)],
    };
    expect(await presentStates()).toEqual([refuted]);

    await market.addListing(wildHour + 1);
    await analyze(market, [message("WILD", wildHour + 1)]);
    expect(await presentStates()).toEqual([refuted]);
    expect((await writtenRows(market)).alerts).toEqual(live.alerts);
  });

  it("alerts nobody of what a history loaded later shows in prices that were analysed without it", async () => {
    const market = await emptyMarket();
    for (const hour of listings) await market.addListing(hour);
    await analyze(
      market,
      listings.map(hour => message("PUMP", hour)),
    );
    const { alerts } = await writtenRows(market);
    await market.addHistory(-historyHours, -1);
    await analyze(market, [historyOf("PUMP")]);
    const after = await writtenRows(market);
    expect(after.signals.length).toBeGreaterThan(2);
    expect(after.alerts).toEqual(alerts);
  });

  it("sees what past prices tell of the market, though it has looked at that time before", async () => {
    const market = await emptyMarket();
    await market.addListing(0);
    const loadMarket = marketLoader();
    await analyzeCoin(market.database, loadMarket, message("PUMP", 0));
    await market.addHistory(-historyHours, -1);
    const seen: number[] = [];
    await analyzeCoin(
      market.database,
      async (...args) => {
        const samples = await loadMarket(...args);
        seen.push(samples.length);
        return samples;
      },
      message("PUMP", -historyHours, { to: 0, reason: "backfill" }),
    );
    expect(seen).toEqual([historyHours - 1]);
  });

  it("knows that no analysis is possible of a coin that nobody knows", async () => {
    const market = await ingestedMarket();
    const unknown = message("PUMP", 0);
    const event = { ...unknown, data: { ...unknown.data, cmcId: 404 } };
    expect(await analyzeCoin(market.database, marketLoader(), event)).toEqual({
      kind: "impossible",
      reason: "no coin has the CoinMarketCap id 404",
    });
    expect(await market.query("SELECT * FROM inbox")).toEqual([]);
  });

  it("skips a message about prices that are not kept any more", async () => {
    const market = await emptyMarket();
    expect(await analyzeCoin(market.database, marketLoader(), message("PUMP", 0))).toEqual({
      kind: "skipped",
      reason: "no price is kept of the 2026-03-01T00:00:00.000Z to 2026-03-01T00:00:00.000Z",
    });
  });

  it("does not let a message from the future keep later prices out", async () => {
    const market = await ingestedMarket();
    await analyze(market, [message("PUMP", 0, { to: 30 * 24 })]);
    await market.addListing(listingHours);
    await analyze(market, [message("PUMP", listingHours)]);
    expect((await writtenRows(market)).trends.map(({ as_of }) => as_of)).toEqual(
      [1, 2, 3, 4].map(() => at(listingHours)),
    );
  });

  it.each(["inbox", "trend_analysis", "detector_states", "signal_events", "outbox"])(
    "leaves nothing when writing %s fails, and everything at the next delivery",
    async table => {
      const market = await ingestedMarket();
      const last = pumpMessages.slice(-1);
      await market.query(
        "CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'disk full'; END $$",
      );
      await market.query(
        `CREATE TRIGGER failing BEFORE INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION fail()`,
      );
      await expect(analyze(market, last)).rejects.toThrow("disk full");
      expect(await writtenRows(market)).toEqual({ trends: [], states: [], signals: [], alerts: [] });
      expect(await market.query("SELECT * FROM inbox")).toEqual([]);

      await market.query(`DROP TRIGGER failing ON ${table}`);
      expect(await analyze(market, last)).toEqual(["analyzed"]);
      expect((await writtenRows(market)).alerts.length).toBeGreaterThan(2);
    },
  );
});

function everyOther<T>(items: readonly T[], from: number): readonly T[] {
  return items.filter((_, index) => index % 2 === from);
}
