import { existsSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { z } from "zod";

/** Which market the stage follows. It is remembered in the state folder: a state never mixes two markets. */
export const MarketChoice = z.discriminatedUnion("source", [
  z.object({ source: z.literal("coinmarketcap") }),
  z.object({ source: z.literal("demo"), seed: z.int(), start: z.int() }),
  z.object({
    source: z.literal("replay"),
    data: z.string(),
    from: z.string().optional(),
    to: z.string().optional(),
  }),
]);
export type MarketChoice = z.infer<typeof MarketChoice>;

export type MarketFlags = {
  readonly source?: "auto" | "coinmarketcap" | "demo" | "replay" | undefined;
  readonly data?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Where relative paths start. */
  readonly workingDirectory: string;
};

/** A contradiction in the flags: the command was used wrongly. */
export class MarketFlagError extends Error {
  override readonly name = "MarketFlagError";
}

/** The market that earlier starts followed with this state; undefined for a fresh one. */
export function rememberedMarket(stateDirectory: string): MarketChoice | undefined {
  const file = fileIn(stateDirectory);
  return existsSync(file) ? MarketChoice.parse(JSON.parse(readFileSync(file, "utf8"))) : undefined;
}

export async function rememberMarket(stateDirectory: string, choice: MarketChoice): Promise<void> {
  await writeFile(fileIn(stateDirectory), `${JSON.stringify(choice, null, 2)}\n`);
}

function fileIn(stateDirectory: string): string {
  return join(stateDirectory, "market.json");
}

/** Checks the flags against each other, before anything is started. Throws a MarketFlagError. */
export function checkMarketFlags({ source, data, from, to, workingDirectory }: MarketFlags): void {
  if (source === "replay" && data === undefined) {
    throw new MarketFlagError("--source replay needs --data FILE, the history to replay");
  }
  if (data !== undefined && !existsSync(resolve(workingDirectory, data))) {
    throw new MarketFlagError(`--data names no file: ${resolve(workingDirectory, data)}`);
  }
  if (source !== undefined && source !== "replay" && (data ?? from ?? to) !== undefined) {
    throw new MarketFlagError(`--data, --from and --to belong to --source replay, not to ${source}`);
  }
  if (source === undefined && (data ?? from ?? to) !== undefined) {
    throw new MarketFlagError("--data, --from and --to need --source replay");
  }
}

/**
 * Settles the market: what the flags say, else what the state remembers, else `auto`. Throws when the flags ask
 * for another market than the state holds. `isOnline` tells whether CoinMarketCap answers.
 */
export async function settleMarket(
  flags: MarketFlags,
  remembered: MarketChoice | undefined,
  environment: { readonly isOnline: () => Promise<boolean>; readonly now: () => number },
): Promise<MarketChoice> {
  checkMarketFlags(flags);
  const asked = askedFor(flags, environment.now());
  if (remembered && asked && !isSameMarket(remembered, asked)) {
    throw new MarketFlagError(
      `The state holds the market ${describeMarket(remembered)}. Start without --source to go on with it, or with --reset to drop it.`,
    );
  }
  if (remembered) return remembered;
  if (asked) return asked;
  return (await environment.isOnline()) ? { source: "coinmarketcap" } : demoFrom(environment.now());
}

function askedFor(
  { source, data, from, to, workingDirectory }: MarketFlags,
  now: number,
): MarketChoice | undefined {
  switch (source) {
    case undefined:
    case "auto":
      return undefined;
    case "coinmarketcap":
      return { source };
    case "demo":
      return demoFrom(now);
    case "replay":
      return {
        source,
        data: resolve(workingDirectory, data ?? ""),
        ...(from && { from }),
        ...(to && { to }),
      };
  }
}

const demoSeed = 7;
const hourMs = 60 * 60 * 1_000;

function demoFrom(now: number): MarketChoice {
  return { source: "demo", seed: demoSeed, start: Math.floor(now / hourMs) * hourMs };
}

/** The demo market begins when it is first started, so its start does not tell two of them apart. */
function isSameMarket(a: MarketChoice, b: MarketChoice): boolean {
  if (a.source === "replay" && b.source === "replay")
    return a.data === b.data && a.from === b.from && a.to === b.to;
  return a.source === b.source;
}

export function describeMarket(choice: MarketChoice): string {
  if (choice.source !== "replay") return choice.source;
  return `replay of ${choice.data} from ${choice.from ?? "its first day"} to ${choice.to ?? "its last day"}`;
}
