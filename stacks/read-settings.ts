import { type DailySchedule, readDailySchedule } from "./daily-schedule.ts";

/** What an operator decides for a stage, in the environment of `sst deploy`; docs/deploy.md has the table. */
export type StageSettings = {
  /** Coins of the listing that are followed. */
  trackedCoins: number;
  /** Days that prices and logs of the product are kept in the database. */
  retentionDays: number;
  /** When the listing is taken in. */
  ingestion: DailySchedule;
  /** The API's own host name, in a Route 53 zone of the account. */
  domain: string | undefined;
  /** The page's own host name, in such a zone too. */
  pageDomain: string | undefined;
  /** Seconds after which an open page asks for what is new. */
  pagePollSeconds: number;
  /** Where alarms and the budget's notice go. */
  alarmEmail: string | undefined;
  /** A database in two availability zones and a NAT instance in each, instead of one of both. */
  multiAz: boolean;
  /** A CloudWatch dashboard: $3 a month beyond an account's first three. */
  dashboard: boolean;
  /** USD a month after which the account's budget gives notice. */
  monthlyBudgetUsd: number;
  /** Whether the NAT instance may connect to the database, so that an operator can forward a port through it. */
  databaseTunnel: boolean;
  /** Name of the NAT instances' image, whole, so that no deploy replaces them by surprise. */
  natImage: string;
};

type Environment = Readonly<Record<string, string | undefined>>;

/** The newest timeframe needs 90 days of prices. */
const leastRetentionDays = 90;
/** The provider's listing changes about once a minute; a run takes up to one itself. */
const leastGapMinutes = 5;
/** Variables of the `vibe` command, which mean nothing to a stage. */
const ofTheCommandLine = ["VIBE_DEBUG", "VIBE_STATE"];
const dailyAtNoon: DailySchedule = {
  expression: "cron(0 12 * * ? *)",
  shortestGapMinutes: 24 * 60,
  longestGapMinutes: 24 * 60,
};

/** Reads and checks all settings; throws one error that names each one that is missing or wrong. */
export function readSettings(stage: string, environment: Environment): StageSettings {
  const problems: string[] = [];
  const isProduction = stage === "production";
  if (["prod", "prd", "live", "Production"].includes(stage)) {
    problems.push(`The stage "${stage}" would not be protected as production is: call it "production"`);
  } else if (!/^(?=.{1,16}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(stage)) {
    problems.push(
      `The stage must be a lower-case letter and up to 15 letters, digits or single hyphens, since names carry it, not "${stage}"`,
    );
  }

  const known: string[] = [];
  const setting = <Value>(
    name: string,
    expected: string,
    read: (text: string) => Value | undefined,
    fallback: Value,
  ): Value => {
    known.push(name);
    const text = environment[name]?.trim();
    if (!text) return fallback;
    const value = read(text);
    if (value === undefined) problems.push(`${name} must be ${expected}, not "${text}"`);
    return value ?? fallback;
  };
  const inProduction = <Value>(name: string, expected: string, read: (text: string) => Value | undefined) => {
    if (isProduction && !environment[name]?.trim())
      problems.push(`${name} is missing: production needs ${expected}`);
    return setting(name, expected, read, undefined);
  };

  const multiAz = setting("VIBE_MULTI_AZ", "true or false", readFlag, false);
  const domain = inProduction(
    "VIBE_DOMAIN",
    "the API's host name, such as api.vibe-charting.com, or none",
    readDomain,
  );
  const pageDomain = inProduction(
    "VIBE_PAGE_DOMAIN",
    "the page's host name, such as vibe-charting.com, or none",
    readDomain,
  );
  if (pageDomain !== undefined && pageDomain !== "none" && pageDomain === domain) {
    problems.push(`VIBE_PAGE_DOMAIN and VIBE_DOMAIN are both ${domain}: the page and the API are two hosts`);
  }
  const ingestion = setting(
    "VIBE_SCHEDULE",
    `a schedule that is the same on each day, with at least ${leastGapMinutes} minutes between two runs and at most a day, such as ${dailyAtNoon.expression} or rate(5 minutes)`,
    readIngestionSchedule,
    dailyAtNoon,
  );
  const settings: StageSettings = {
    trackedCoins: setting("VIBE_TRACKED_COINS", "a whole number from 1 to 10000", wholeNumber(1, 10_000), 50),
    retentionDays: setting(
      "VIBE_RETENTION_DAYS",
      `a whole number of days from ${leastRetentionDays} to 3650`,
      wholeNumber(leastRetentionDays, 3_650),
      leastRetentionDays,
    ),
    ingestion,
    domain: domain === "none" ? undefined : domain,
    pageDomain: pageDomain === "none" ? undefined : pageDomain,
    pagePollSeconds: setting(
      "VIBE_PAGE_POLL_SECONDS",
      "a whole number of seconds from 5 to 3600",
      wholeNumber(5, 3_600),
      pollSecondsFor(ingestion),
    ),
    alarmEmail: inProduction("VIBE_ALARM_EMAIL", "an e-mail address to which alarms go", readEmail),
    multiAz,
    dashboard: setting("VIBE_DASHBOARD", "true or false", readFlag, multiAz),
    monthlyBudgetUsd: setting(
      "VIBE_MONTHLY_BUDGET_USD",
      "a whole number of US dollars from 1 to 100000",
      wholeNumber(1, 100_000),
      60,
    ),
    databaseTunnel: setting("VIBE_DATABASE_TUNNEL", "true or false", readFlag, false),
    natImage: setting(
      "VIBE_NAT_IMAGE",
      "the whole name of an arm64 image of fck-nat",
      readImageName,
      "fck-nat-al2023-hvm-1.4.0-20260701-arm64-ebs",
    ),
  };
  // A slip in a name would leave the default in place, and nobody would know.
  const unknown = Object.keys(environment).filter(
    name => name.startsWith("VIBE_") && !known.includes(name) && !ofTheCommandLine.includes(name),
  );
  for (const name of unknown) problems.push(`${name} is no setting; there are ${known.join(", ")}`);
  if (problems.length > 0) throw new Error(`${problems.join(". ")}.`);
  return settings;
}

/** A tenth of the time between two listings, within reason: most polls find nothing new, and each counts. */
function pollSecondsFor({ shortestGapMinutes }: DailySchedule): number {
  return Math.min(Math.max(shortestGapMinutes * 6, 30), 900);
}

function wholeNumber(least: number, most: number): (text: string) => number | undefined {
  return text => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    return value >= least && value <= most ? value : undefined;
  };
}

function readFlag(text: string): boolean | undefined {
  return text === "true" ? true : text === "false" ? false : undefined;
}

function readDomain(text: string): string | undefined {
  return text === "none" || /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$/.test(text)
    ? text
    : undefined;
}

function readEmail(text: string): string | undefined {
  return /^[^\s@]+@([a-z0-9-]+\.)+[a-z]{2,}$/i.test(text) ? text : undefined;
}

function readIngestionSchedule(text: string): DailySchedule | undefined {
  const schedule = readDailySchedule(text);
  const fits =
    schedule && schedule.shortestGapMinutes >= leastGapMinutes && schedule.longestGapMinutes <= 24 * 60;
  return fits ? schedule : undefined;
}

/** No wildcards: a name stands for one image. */
function readImageName(text: string): string | undefined {
  return /^fck-nat-[a-z0-9.-]+-arm64-ebs$/.test(text) ? text : undefined;
}
