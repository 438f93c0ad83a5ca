import { Resource } from "sst/resource";
import { z } from "zod";

const SecretLink = z.object({ secretArn: z.string().min(1) });
const DatabaseLink = z.object({
  host: z.string().min(1),
  port: z.coerce.number().int().positive(),
  database: z.string().min(1),
  username: z.string().min(1),
});
const TopicLink = z.object({ arn: z.string().min(1) });

/** What a stack may link to a function, by the name that the stack gives it. */
const linkSchemas = {
  OwnerDatabase: SecretLink.describe("The secret with the password of the user who owns the schema"),
  IngestionDatabase: DatabaseLink.describe("PostgreSQL, and the ingestion's role in it"),
  AnalysisDatabase: DatabaseLink.describe("PostgreSQL, and the analysis's role in it"),
  QueryDatabase: DatabaseLink.describe("PostgreSQL, and the queries' role in it"),
  MaintenanceDatabase: DatabaseLink.describe("PostgreSQL, and the maintenance's role in it"),
  AlertsDatabase: DatabaseLink.describe("PostgreSQL, and the alerts' role in it"),
  CoinMarketCap: SecretLink.describe("The secret with the market data provider's key"),
  PricesIngested: TopicLink.describe("The topic of prices.ingested"),
  SignalsDetected: TopicLink.describe("The topic of signals.detected"),
  AlertDeliveries: TopicLink.describe("The topic of alert.deliveries"),
  Queues: z
    .object({ analysis: z.url(), alertSignals: z.url(), deadLetters: z.record(z.string(), z.url()) })
    .describe("The addresses of the queues, and of those with what nobody processed, by their names"),
  PublicKey: z
    .object({ id: z.string().min(1) })
    .describe("The id of the API key that everybody who opens the page has"),
  Settings: z
    .object({
      trackedCoins: z.coerce.number().int().min(1).max(10_000),
      retentionDays: z.coerce.number().int().min(1),
    })
    .describe("The settings of the stage"),
} as const;
export type LinkName = keyof typeof linkSchemas;
export type Link<Name extends LinkName> = z.infer<(typeof linkSchemas)[Name]>;

/** A function's configuration is wrong: the message names every link that is missing or malformed. */
export class LinkError extends Error {
  override readonly name = "LinkError";
}

/**
 * Reads the links that a function needs, all at once. To be called while the module loads, so that a link that a
 * stack forgot fails the function's start and not a message days later. Throws a LinkError.
 */
export function readLinks<const Names extends readonly LinkName[]>(
  ...names: Names
): { [Name in Names[number]]: Link<Name> } {
  const problems: string[] = [];
  const links: Partial<Record<LinkName, unknown>> = {};
  for (const name of names) {
    const result = linkSchemas[name].safeParse(linked(name));
    if (result.success) links[name] = result.data;
    else
      problems.push(
        `${name} (${linkSchemas[name].description}): ${describeProblem(linked(name), result.error)}`,
      );
  }
  if (problems.length > 0) {
    throw new LinkError(`This function lacks what its stack should link to it: ${problems.join("; ")}`);
  }
  // Each name was parsed by its schema, or the function has thrown.
  return links as { [Name in Names[number]]: Link<Name> };
}

/** SST throws on a name that is not linked. */
function linked(name: LinkName): unknown {
  try {
    // Resource is typed by a file that SST generates for a stage; here the schema says what is expected.
    return (Resource as unknown as Record<string, unknown>)[name];
  } catch {
    return undefined;
  }
}

function describeProblem(value: unknown, error: z.ZodError): string {
  if (value === undefined) return "not linked";
  return error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join(", ");
}
