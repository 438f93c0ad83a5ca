import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { PublishBatchCommand, type PublishBatchRequestEntry, SNSClient } from "@aws-sdk/client-sns";
import { Client, type ClientConfig } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { z } from "zod";

// What an ingestion is compared to, in a process of its own as the ingestion is: the same rows by COPY into a table
// without an index, and the same messages to SNS, both read and made ready beforehand.

/** As the product publishes: ten messages a call, ten calls at a time. */
const batchSize = 10;
const callsAtOnce = 10;
/** The provider's largest page. */
const pageSize = 5_000;

export type BareLoadEvent =
  | {
      readonly kind: "prepare";
      readonly database: ClientConfig;
      readonly topicArn: string;
      readonly at: string;
    }
  | { readonly kind: "fetch"; readonly baseUrl: string; readonly coins: number }
  | { readonly kind: "copy" }
  | { readonly kind: "publish" };

const OutboxRow = z.object({
  event_id: z.string(),
  group_id: z.string(),
  body: z.string(),
  attributes: z.record(z.string(), z.object({ dataType: z.string(), value: z.string() })),
});

let owner: Client | undefined;
let topicArn = "";
let rows = Buffer.alloc(0);
let entries: readonly PublishBatchRequestEntry[] = [];
const sns = new SNSClient({});

/** Prepares for the listing of a time, copies its rows, or publishes its messages. */
export async function handler(event: BareLoadEvent): Promise<unknown> {
  switch (event.kind) {
    case "prepare":
      return await prepare(event);
    case "fetch":
      return await fetchPages(event);
    case "copy":
      return await copyRows();
    case "publish":
      return await publish();
  }
}

async function prepare(event: Extract<BareLoadEvent, { kind: "prepare" }>) {
  topicArn = event.topicArn;
  owner ??= await connect(event.database);
  await owner.query("DROP TABLE IF EXISTS bare_prices");
  await owner.query(`
    CREATE TABLE bare_prices AS
    SELECT crypto_id, timestamp, price, volume_24h, market_cap, rank, snapshot_at FROM price_data WITH NO DATA
  `);
  const prices = await owner.query<{ line: string }>(
    `SELECT array_to_string(
       ARRAY[crypto_id::text, timestamp::text, price::text, volume_24h::text, market_cap::text, rank::text, snapshot_at::text],
       E'\\t', '\\N'
     ) AS line
     FROM price_data WHERE snapshot_at = $1`,
    [event.at],
  );
  rows = Buffer.from(prices.rows.map(({ line }) => `${line}\n`).join(""));
  const events = await owner.query(
    `SELECT event_id, group_id, body::text, attributes FROM outbox
     WHERE topic = 'prices.ingested' AND body->'data'->>'to' = $1 ORDER BY id`,
    [event.at],
  );
  entries = events.rows.map((row, index) => toEntry(OutboxRow.parse(row), index));
  return { rows: prices.rows.length, messages: entries.length };
}

/** What the provider itself takes to send a listing. */
async function fetchPages({ baseUrl, coins }: Extract<BareLoadEvent, { kind: "fetch" }>) {
  let bytes = 0;
  for (let start = 1; start <= coins; start += pageSize) {
    const page = new URLSearchParams({ start: String(start), limit: String(pageSize), convert: "USD" });
    const url = `${baseUrl}/v3/cryptocurrency/listings/latest?${page}`;
    const response = await fetch(url, { headers: { "X-CMC_PRO_API_KEY": "bench" } });
    bytes += (await response.arrayBuffer()).byteLength;
  }
  return { bytes };
}

async function connect(database: ClientConfig): Promise<Client> {
  const client = new Client(database);
  await client.connect();
  return client;
}

function toEntry({ event_id, group_id, body, attributes }: z.infer<typeof OutboxRow>, index: number) {
  return {
    Id: String(index % batchSize),
    Message: body,
    MessageGroupId: group_id,
    MessageDeduplicationId: event_id,
    MessageAttributes: Object.fromEntries(
      Object.entries(attributes).map(([name, { dataType, value }]) => [
        name,
        { DataType: dataType, StringValue: value },
      ]),
    ),
  };
}

async function copyRows() {
  if (!owner) throw new Error("Nothing is prepared");
  await pipeline(Readable.from([rows]), owner.query(copyFrom("COPY bare_prices FROM STDIN")));
  return { bytes: rows.length };
}

async function publish() {
  const batches: PublishBatchRequestEntry[][] = [];
  for (let start = 0; start < entries.length; start += batchSize)
    batches.push(entries.slice(start, start + batchSize));
  const send = async () => {
    for (let batch = batches.shift(); batch; batch = batches.shift()) {
      const { Failed = [] } = await sns.send(
        new PublishBatchCommand({ TopicArn: topicArn, PublishBatchRequestEntries: batch }),
      );
      if (Failed.length > 0) throw new Error(`SNS refused ${Failed.length} messages`);
    }
  };
  await Promise.all(Array.from({ length: callsAtOnce }, send));
  return { messages: entries.length };
}
