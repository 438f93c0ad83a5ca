import { Alert, AlertsResponse, Problem } from "@vibe-charting/contracts";
import { insertAlertDelivery, upsertCoins } from "@vibe-charting/database";
import { createTestDatabase, type TestDatabase } from "@vibe-charting/database/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { mostAlertsOfKey } from "../src/api/create-alert.ts";
import { alertsClient } from "./alerts-client.ts";
import { fakeSubscriptions } from "./fake-subscriptions.ts";
import { coinSignal } from "./signals.ts";

const topicArn = "arn:aws:sns:us-east-2:000000000000:vibe-charting-test-alert-deliveries";
const email = { channel: "email", address: "trader@example.com" };
const queue = { channel: "sqs", queueArn: "arn:aws:sqs:us-east-2:111122223333:my-alerts" };
const https = { channel: "https", url: "https://hooks.example.com/crypto" };
const hourMs = 3_600_000;

let test: TestDatabase;
let sns: ReturnType<typeof fakeSubscriptions>;
let now: Date;
let addresses: readonly string[];
let api: ReturnType<typeof alertsClient>;

const sourcesOf = () => ({
  openDatabase: async () => test.database,
  publicKeyId: "key-of-the-page",
  topicArn,
  subscriptions: sns.subscriptions,
  resolveHost: async () => addresses,
  now: () => now,
});

beforeEach(async () => {
  test = await createTestDatabase();
  const coin = { slug: "coin", kind: "native" as const };
  await upsertCoins(test.database, [
    { ...coin, cmcId: 1, symbol: "BTC", name: "Bitcoin", rank: 1 },
    { ...coin, cmcId: 2, symbol: "LTC", name: "Litecoin", rank: 2 },
    { ...coin, cmcId: 99, symbol: "LTC", name: "Other", rank: 90 },
  ]);
  sns = fakeSubscriptions();
  now = new Date();
  addresses = ["203.0.114.7"];
  api = alertsClient(sourcesOf());
});
afterEach(() => test.drop());

const alertOf = ({ body }: { body: unknown }) => Alert.parse(body);
const problemOf = ({ status, body }: { status: number; body: unknown }) => {
  const { code, errors = [] } = Problem.parse(body);
  return { status, code, fields: errors.map(({ field }) => field) };
};
const rows = async () => ({
  alerts: (await test.query("SELECT id FROM alerts")).length,
  recipients: (await test.query("SELECT id FROM alert_recipients")).length,
});

describe("POST /alerts", () => {
  it("keeps an alert with its defaults, and has SNS ask the address to confirm", async () => {
    const answer = await api.create({ recipient: email });
    const alert = alertOf(answer);
    expect(answer.status).toBe(201);
    expect(alert).toEqual({
      id: expect.any(String),
      recipient: email,
      status: "pending",
      confirmBefore: expect.any(String),
      filter: { states: ["confirmed"] },
      dailyCap: 10,
      quietHours: null,
      createdAt: expect.any(String),
    });
    expect(Date.parse(alert.confirmBefore ?? "") - Date.parse(alert.createdAt)).toBeCloseTo(48 * hourMs, -4);
    expect(sns.asked).toEqual(["trader@example.com"]);
  });

  it("subscribes a queue at once", async () => {
    expect(alertOf(await api.create({ recipient: queue }))).toMatchObject({
      status: "confirmed",
      confirmBefore: null,
    });
  });

  it("means the highest-ranked coin by a symbol, then and later", async () => {
    await api.create({ recipient: queue, filter: { symbols: ["ltc", " btc ", "LTC"] } });
    expect(await test.query("SELECT filter->'symbols' AS symbols, cmc_ids::int[] FROM alerts")).toEqual([
      { symbols: ["BTC", "LTC"], cmc_ids: [1, 2] },
    ]);
  });

  it("answers the same alert for the same recipient and filter, with the cap and the quiet hours of the last request", async () => {
    const quietHours = { from: "22:00", to: "07:00", timeZone: "Europe/Berlin" };
    const filter = { symbols: ["BTC", "LTC"], states: ["confirmed", "resolved"] };
    const first = alertOf(await api.create({ recipient: email, filter }));
    const again = await api.create({
      recipient: { ...email, address: "Trader@EXAMPLE.com" },
      filter: { symbols: ["LTC", "BTC"], states: ["resolved", "confirmed"] },
      dailyCap: 3,
      quietHours,
    });
    expect(again.status).toBe(200);
    expect(alertOf(again)).toEqual({ ...first, dailyCap: 3, quietHours });
    expect(sns.asked).toEqual(["trader@example.com"]);
    expect(await rows()).toEqual({ alerts: 1, recipients: 1 });
  });

  it("asks again whom SNS gave up or who unsubscribed, and nobody else", async () => {
    await api.create({ recipient: email });
    now = new Date(now.getTime() + 49 * hourMs);
    sns.end("trader@example.com");
    expect(alertOf({ body: AlertsResponse.parse((await api.list()).body).alerts[0] }).status).toBe("expired");
    await api.create({ recipient: email });
    sns.confirm("trader@example.com");
    expect(alertOf(await api.create({ recipient: email })).status).toBe("confirmed");
    sns.end("trader@example.com");
    expect(AlertsResponse.parse((await api.list()).body).alerts[0]?.status).toBe("unsubscribed");
    now = new Date();
    expect(alertOf(await api.create({ recipient: email })).status).toBe("pending");
    expect(sns.asked).toHaveLength(3);
  });

  it.each<[string, unknown, readonly string[]]>([
    ["nothing", {}, ["recipient"]],
    ["a list", [], ["body"]],
    ["an unknown channel", { recipient: { channel: "fax", number: "1" } }, ["recipient.channel"]],
    ["no address", { recipient: { channel: "email" } }, ["recipient.address"]],
    [
      "an address that is none",
      { recipient: { channel: "email", address: "trader" } },
      ["recipient.address"],
    ],
    [
      "two addresses",
      { recipient: { channel: "email", address: "a@example.com,b@example.com" } },
      ["recipient.address"],
    ],
    [
      "a header in the address",
      { recipient: { channel: "email", address: "a@example.com\nBcc: b@example.com" } },
      ["recipient.address"],
    ],
    ["a member that is not known", { recipient: { ...email, name: "me" } }, ["recipient"]],
    ["plain HTTP", { recipient: { channel: "https", url: "http://hooks.example.com" } }, ["recipient.url"]],
    [
      "an endpoint of this machine",
      { recipient: { channel: "https", url: "https://127.1/" } },
      ["recipient.url"],
    ],
    [
      "the metadata service",
      { recipient: { channel: "https", url: "https://169.254.169.254/" } },
      ["recipient.url"],
    ],
    [
      "another port",
      { recipient: { channel: "https", url: "https://hooks.example.com:5432/" } },
      ["recipient.url"],
    ],
    [
      "a FIFO queue",
      { recipient: { channel: "sqs", queueArn: `${queue.queueArn}.fifo` } },
      ["recipient.queueArn"],
    ],
    [
      "a queue by its URL",
      { recipient: { channel: "sqs", queueArn: "https://sqs.us-east-2.amazonaws.com/111122223333/a" } },
      ["recipient.queueArn"],
    ],
    [
      "a queue of the product's own",
      {
        recipient: {
          channel: "sqs",
          queueArn: "arn:aws:sqs:us-east-2:000000000000:vibe-charting-test-alerts",
        },
      },
      ["recipient.queueArn"],
    ],
    ["an unknown coin", { recipient: queue, filter: { symbols: ["BTC", "NOPE"] } }, ["filter.symbols.1"]],
    ["no coins", { recipient: queue, filter: { symbols: [] } }, ["filter.symbols"]],
    ["an unknown signal", { recipient: queue, filter: { signalTypes: ["moon"] } }, ["filter.signalTypes.0"]],
    ["an unknown state", { recipient: queue, filter: { states: ["open"] } }, ["filter.states.0"]],
    ["a confidence above 1", { recipient: queue, filter: { minConfidence: 80 } }, ["filter.minConfidence"]],
    ["a misspelt filter", { recipient: queue, filter: { symbol: ["BTC"] } }, ["filter"]],
    ["a cap of 0", { recipient: queue, dailyCap: 0 }, ["dailyCap"]],
    ["a cap of 101", { recipient: queue, dailyCap: 101 }, ["dailyCap"]],
    [
      "hours that end as they begin",
      { recipient: queue, quietHours: { from: "07:00", to: "07:00", timeZone: "UTC" } },
      ["quietHours.to"],
    ],
    [
      "an hour 25",
      { recipient: queue, quietHours: { from: "25:00", to: "07:00", timeZone: "UTC" } },
      ["quietHours.from"],
    ],
    [
      "an unknown time zone",
      { recipient: queue, quietHours: { from: "22:00", to: "07:00", timeZone: "Europe/Atlantis" } },
      ["quietHours.timeZone"],
    ],
    [
      "an offset",
      { recipient: queue, quietHours: { from: "22:00", to: "07:00", timeZone: "+02:00" } },
      ["quietHours.timeZone"],
    ],
  ])("refuses %s, names the field, and keeps nothing", async (_what, body, fields) => {
    expect(problemOf(await api.create(body))).toEqual({ status: 400, code: "request.invalid", fields });
    expect(await rows()).toEqual({ alerts: 0, recipients: 0 });
    expect(sns.asked).toEqual([]);
  });

  it("refuses an endpoint whose name leads to a private address", async () => {
    addresses = ["203.0.114.7", "10.0.3.7"];
    expect(problemOf(await api.create({ recipient: https }))).toEqual({
      status: 400,
      code: "request.invalid",
      fields: ["recipient.url"],
    });
  });

  it("keeps nothing of what SNS refuses, and says why", async () => {
    sns.refuseNext("Invalid parameter: Email address");
    const answer = await api.create({ recipient: email });
    expect(problemOf(answer)).toEqual({
      status: 400,
      code: "request.invalid",
      fields: ["recipient.address"],
    });
    expect(answer.body.detail).toContain("Invalid parameter: Email address");
    expect(await rows()).toEqual({ alerts: 0, recipients: 0 });
  });

  it("keeps nothing while SNS does not answer, and works at the next attempt", async () => {
    sns.failNext(new Error("connect ETIMEDOUT"));
    expect(problemOf(await api.create({ recipient: email }))).toMatchObject({ status: 503 });
    expect(await rows()).toEqual({ alerts: 0, recipients: 0 });
    expect((await api.create({ recipient: email })).status).toBe(201);
  });

  it("keeps an alert that was there before when SNS fails", async () => {
    await api.create({ recipient: email });
    now = new Date(now.getTime() + 49 * hourMs);
    sns.end("trader@example.com");
    sns.failNext(new Error("connect ETIMEDOUT"));
    expect(problemOf(await api.create({ recipient: email }))).toMatchObject({ status: 503 });
    expect(await rows()).toEqual({ alerts: 1, recipients: 1 });
  });

  it("takes no more than 50 alerts of a key, and still knows those", async () => {
    const filterOf = (index: number) => ({ minConfidence: (index + 1) / 100 });
    for (let index = 0; index < mostAlertsOfKey; index++)
      expect((await api.create({ recipient: queue, filter: filterOf(index) })).status).toBe(201);
    expect(problemOf(await api.create({ recipient: email }))).toMatchObject({
      status: 409,
      code: "alert.limit_reached",
    });
    expect((await api.create({ recipient: queue, filter: filterOf(7) })).status).toBe(200);
    expect(await rows()).toEqual({ alerts: mostAlertsOfKey, recipients: 1 });
  });

  it("takes no more than 50 of a key when they come at once", async () => {
    const answers = await Promise.all(
      Array.from({ length: mostAlertsOfKey + 5 }, (_, index) =>
        api.create({ recipient: queue, filter: { minConfidence: (index + 1) / 100 } }),
      ),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(mostAlertsOfKey);
  });

  it("gives one key's recipient to no other key", async () => {
    const other = alertsClient(sourcesOf(), "key-2");
    await api.create({ recipient: email });
    expect(problemOf(await other.create({ recipient: email }))).toMatchObject({
      status: 409,
      code: "alert.recipient_taken",
    });
  });
});

describe("GET /alerts", () => {
  it("pages through the key's alerts alone, the oldest first", async () => {
    const other = alertsClient(sourcesOf(), "key-2");
    await other.create({ recipient: queue });
    const made: string[] = [];
    for (const minConfidence of [0.1, 0.2, 0.3, 0.4, 0.5])
      made.push(alertOf(await api.create({ recipient: email, filter: { minConfidence } })).id);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const request: Record<string, string> = { limit: "2", ...(cursor !== null && { cursor }) };
      const page = AlertsResponse.parse((await api.list(request)).body);
      seen.push(...page.alerts.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(made);
  });

  it("shows a confirmation that was given to SNS", async () => {
    await api.create({ recipient: email });
    sns.confirm("trader@example.com");
    expect(AlertsResponse.parse((await api.list()).body).alerts).toMatchObject([
      { status: "confirmed", confirmBefore: null },
    ]);
  });

  it.each([[{ limit: "0" }], [{ cursor: "abc" }], [{ page: "2" }]])("refuses %j", async query => {
    expect((await api.list(query)).status).toBe(400);
  });
});

describe("DELETE /alerts/{id}", () => {
  it("ends the alert, and with the last one the subscription at SNS", async () => {
    const first = alertOf(await api.create({ recipient: queue }));
    const second = alertOf(await api.create({ recipient: queue, filter: { minConfidence: 0.9 } }));
    expect(await api.end(first.id)).toEqual({ status: 200, body: first });
    expect(sns.endpoints()).toEqual([queue.queueArn]);
    await api.end(second.id);
    expect(sns.endpoints()).toEqual([]);
    expect(await rows()).toEqual({ alerts: 0, recipients: 0 });
  });

  it("drops what is held back for it alone", async () => {
    const [one, two] = [
      alertOf(await api.create({ recipient: queue })),
      alertOf(await api.create({ recipient: queue, filter: { minConfidence: 0.9 } })),
    ];
    const [{ id: recipientId } = { id: "" }] = await test.query("SELECT id FROM alert_recipients");
    const hold = (eventId: string, alertIds: readonly string[]) =>
      insertAlertDelivery(test.database, {
        recipientId: String(recipientId),
        eventId,
        alertIds,
        signal: coinSignal(),
        decidedAt: now,
        heldUntil: now,
      });
    await hold("of one", [one.id]);
    await hold("of both", [one.id, two.id]);
    await api.end(one.id);
    expect(await test.query("SELECT event_id FROM alert_deliveries")).toEqual([{ event_id: "of both" }]);
  });

  it("keeps the alert while SNS does not answer", async () => {
    const { id } = alertOf(await api.create({ recipient: queue }));
    sns.failNext(new Error("connect ETIMEDOUT"));
    expect(problemOf(await api.end(id))).toMatchObject({ status: 503, code: "service.unavailable" });
    expect(await rows()).toEqual({ alerts: 1, recipients: 1 });
  });

  it("knows no alert of another key, and none that has ended", async () => {
    const { id } = alertOf(await api.create({ recipient: queue }));
    const other = alertsClient(sourcesOf(), "key-2");
    expect(problemOf(await other.end(id))).toMatchObject({ status: 404, code: "alert.not_found" });
    await api.end(id);
    expect(problemOf(await api.end(id))).toMatchObject({ status: 404, code: "alert.not_found" });
  });

  it("refuses an id that is none", async () => {
    expect(problemOf(await api.end("1"))).toEqual({ status: 400, code: "request.invalid", fields: ["id"] });
  });
});

describe("the key that everybody has", () => {
  it("makes, lists and ends no alerts, and the database is not asked", async () => {
    const { id } = alertOf(await api.create({ recipient: queue }));
    const openDatabase = () => Promise.reject(new Error("the database was asked"));
    const page = alertsClient({ ...sourcesOf(), openDatabase }, "key-of-the-page");
    const refused = { status: 403, code: "access.public_key", fields: [] };
    expect([
      problemOf(await page.create({ recipient: email })),
      problemOf(await page.list()),
      problemOf(await page.end(id)),
    ]).toEqual([refused, refused, refused]);
    expect(await rows()).toEqual({ alerts: 1, recipients: 1 });
  });
});
