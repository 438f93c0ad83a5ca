import type { Client } from "pg";
import { progressBar } from "../../stage/progress-bar.ts";
import type { Figure } from "../figure-table.ts";
import type { ApiCall, Statement } from "../handler-process.ts";
import { median, quantile } from "../quantile.ts";
import type { BenchInput } from "../with-bench-stage.ts";
import { addListing, analyzeListing } from "./add-listing.ts";
import { connectAsOwner } from "./connect-as-owner.ts";
import { growMarket } from "./grow-market.ts";
import { type RouteClient, startRouteProcess } from "./route-client.ts";
import { describeCall, isAboutPast, measuredCalls } from "./routes.ts";
import { scannedTables } from "./scanned-tables.ts";

const goalMs = 50;
/** Reads of a call after each first one. */
const furtherReads = 24;
/** Before the first listing that counts: the code is compiled, and what is kept is read for the first time. */
const warmUps = 10;

/**
 * Every route over a large market, at the handler in a process of its own, while listings come in: of each call's
 * reads some are the first after a listing was stored, and some the first after it was analysed. Throws where a plan
 * reads a table of prices from end to end.
 */
export async function measureScale(input: BenchInput): Promise<readonly Figure[]> {
  const { stage, runs, log } = input;
  await growMarket(input);
  const owner = await connectAsOwner(stage);
  const routes = startRouteProcess(stage);
  const bar = progressBar("calls");
  try {
    const figures: Figure[] = [];
    const statements: Statement[] = [];
    for (const [index, call] of measuredCalls.entries()) {
      const measured = await measureCall(routes, owner, call, Math.ceil(runs / 4));
      statements.push(...measured.statements);
      figures.push(...figuresOf(call, measured));
      bar.update((index + 1) / measuredCalls.length, describeCall(call));
    }
    bar.end();
    const scanned = await findScannedPrices(owner, statements);
    if (scanned.length > 0) {
      throw new Error(`Tables of prices are read from end to end:\n${scanned.join("\n")}`);
    }
    log(`the plans of ${statements.length} statements use indexes for every price`);
    return figures;
  } finally {
    routes.stop();
    await owner.end();
  }
}

type Measured = {
  /** The very first of all reads. */
  readonly coldMs: number;
  readonly firstMs: readonly number[];
  readonly furtherMs: readonly number[];
  readonly statements: readonly Statement[];
};

async function measureCall(
  routes: RouteClient,
  owner: Client,
  call: ApiCall,
  listings: number,
): Promise<Measured> {
  const firstMs: number[] = [];
  const furtherMs: number[] = [];
  const cold = await routes.measure({ call, repetitions: warmUps });
  const statements = [...cold.statements];
  const read = async () => {
    const report = await routes.measure({ call, repetitions: 1 + furtherReads });
    const [first = 0, ...further] = report.timesMs;
    firstMs.push(first);
    furtherMs.push(...further);
    statements.push(...report.statements);
  };
  for (let listing = 0; listing < listings; listing++) {
    const at = await addListing(owner);
    await read();
    await analyzeListing(owner, at);
    await read();
  }
  return { coldMs: cold.timesMs[0] ?? Number.NaN, firstMs, furtherMs, statements };
}

function figuresOf(call: ApiCall, { coldMs, firstMs, furtherMs }: Measured): readonly Figure[] {
  const all = [...firstMs, ...furtherMs];
  const goal = { what: "the goal", value: goalMs };
  return [
    {
      what: `${describeCall(call)}: p99 of ${all.length}, ${firstMs.length} of them first reads`,
      value: quantile(all, 0.99),
      unit: "ms",
      comparedTo: goal,
    },
    {
      what: `${describeCall(call)}: p50`,
      value: median(all),
      unit: "ms",
      comparedTo: { what: "its first read after new data, p50", value: median(firstMs) },
    },
    // What is worked out of the past is kept for as long as the process lives: the price of it is paid once.
    ...(isAboutPast(call)
      ? [
          {
            what: `${describeCall(call)}: the very first read`,
            value: coldMs,
            unit: "ms" as const,
            comparedTo: { what: "p50", value: median(all) },
          },
        ]
      : []),
  ];
}

/** A partition with fewer rows is read as fast from end to end. */
const largePartitionRows = 100_000;

/**
 * The statements whose plans read a large partition of prices from end to end, or for which no index can stand in on
 * a small one, each with the partition.
 */
async function findScannedPrices(
  owner: Client,
  statements: readonly Statement[],
): Promise<readonly string[]> {
  const { rows } = await owner.query<{ name: string }>(
    "SELECT relname AS name FROM pg_class WHERE relname LIKE 'price\\_data%' AND relkind = 'r' AND reltuples > $1",
    [largePartitionRows],
  );
  const large = new Set(rows.map(({ name }) => name));
  const found = new Set<string>();
  for (const setting of ["on", "off"]) {
    await owner.query(`SET enable_seqscan = ${setting}`);
    for (const { text, values } of statements) {
      if (!/^\s*(?:SELECT|WITH|INSERT|UPDATE|\()/i.test(text)) continue;
      const explained = await owner.query(`EXPLAIN (FORMAT JSON) ${text}`, values);
      const prices = scannedTables(explained.rows[0]?.["QUERY PLAN"]).filter(
        table => table.startsWith("price_data") && (setting === "off" || large.has(table)),
      );
      if (prices.length > 0) found.add(`${prices.join(", ")}: ${text.replaceAll(/\s+/g, " ")}`);
    }
  }
  return [...found];
}
