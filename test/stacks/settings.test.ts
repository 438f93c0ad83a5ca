import { describe, expect, it } from "vitest";
import { readDailySchedule } from "../../stacks/daily-schedule.ts";
import { readSettings } from "../../stacks/read-settings.ts";
import { evaluateStage } from "./stage-graph.ts";

const production = {
  VIBE_DOMAIN: "api.vibe-charting.com",
  VIBE_PAGE_DOMAIN: "vibe-charting.com",
  VIBE_ALARM_EMAIL: "operations@example.com",
};

describe("the settings of a stage", () => {
  it("have defaults for a daily run in a lean shape", () => {
    expect(readSettings("dev", {})).toEqual({
      trackedCoins: 50,
      retentionDays: 90,
      ingestion: { expression: "cron(0 12 * * ? *)", shortestGapMinutes: 1440, longestGapMinutes: 1440 },
      domain: undefined,
      pageDomain: undefined,
      pagePollSeconds: 900,
      alarmEmail: undefined,
      multiAz: false,
      dashboard: false,
      monthlyBudgetUsd: 60,
      databaseTunnel: false,
      natImage: "fck-nat-al2023-hvm-1.4.0-20260701-arm64-ebs",
    });
  });

  it("are taken from the environment, where a blank stands for the default", () => {
    const settings = readSettings("production", {
      ...production,
      VIBE_TRACKED_COINS: "500",
      VIBE_RETENTION_DAYS: " ",
      VIBE_SCHEDULE: "rate(5 minutes)",
      VIBE_MULTI_AZ: "true",
    });
    expect(settings).toEqual({
      trackedCoins: 500,
      retentionDays: 90,
      ingestion: { expression: "rate(5 minutes)", shortestGapMinutes: 5, longestGapMinutes: 5 },
      domain: "api.vibe-charting.com",
      pageDomain: "vibe-charting.com",
      pagePollSeconds: 30,
      alarmEmail: "operations@example.com",
      multiAz: true,
      dashboard: true,
      monthlyBudgetUsd: 60,
      databaseTunnel: false,
      natImage: "fck-nat-al2023-hvm-1.4.0-20260701-arm64-ebs",
    });
  });

  it("leave alone what the command line reads", () => {
    expect(() => readSettings("dev", { VIBE_STATE: "/tmp/state", VIBE_DEBUG: "1" })).not.toThrow();
  });

  it("may leave production without domains, if that is said", () => {
    const { domain, pageDomain } = readSettings("production", {
      ...production,
      VIBE_DOMAIN: "none",
      VIBE_PAGE_DOMAIN: "none",
    });
    expect([domain, pageDomain]).toEqual([undefined, undefined]);
  });

  it.each([
    ["rate(5 minutes)", 30],
    ["rate(15 minutes)", 90],
    ["cron(0 12 * * ? *)", 900],
  ])(
    "have an open page of %s look for news each %i seconds, unless they say how often",
    (schedule, seconds) => {
      const settings = { VIBE_SCHEDULE: schedule };
      expect([
        readSettings("dev", settings).pagePollSeconds,
        readSettings("dev", { ...settings, VIBE_PAGE_POLL_SECONDS: "5" }).pagePollSeconds,
      ]).toEqual([seconds, 5]);
    },
  );

  it.each<[string, Record<string, string>, string]>([
    [
      "dev",
      { VIBE_TRACKED_COINS: "0" },
      'VIBE_TRACKED_COINS must be a whole number from 1 to 10000, not "0".',
    ],
    [
      "dev",
      { VIBE_TRACKED_COINS: "1e3" },
      'VIBE_TRACKED_COINS must be a whole number from 1 to 10000, not "1e3".',
    ],
    [
      "dev",
      { VIBE_RETENTION_DAYS: "30" },
      'VIBE_RETENTION_DAYS must be a whole number of days from 90 to 3650, not "30".',
    ],
    ["dev", { VIBE_MULTI_AZ: "yes" }, 'VIBE_MULTI_AZ must be true or false, not "yes".'],
    [
      "dev",
      { VIBE_NAT_IMAGE: "fck-nat-*" },
      'VIBE_NAT_IMAGE must be the whole name of an arm64 image of fck-nat, not "fck-nat-*".',
    ],
    [
      "production",
      { ...production, VIBE_DOMAIN: "https://api.example.com" },
      'VIBE_DOMAIN must be the API\'s host name, such as api.vibe-charting.com, or none, not "https://api.example.com".',
    ],
    [
      "production",
      { ...production, VIBE_PAGE_DOMAIN: "https://example.com/" },
      'VIBE_PAGE_DOMAIN must be the page\'s host name, such as vibe-charting.com, or none, not "https://example.com/".',
    ],
    [
      "production",
      { ...production, VIBE_PAGE_DOMAIN: "api.vibe-charting.com" },
      "VIBE_PAGE_DOMAIN and VIBE_DOMAIN are both api.vibe-charting.com: the page and the API are two hosts.",
    ],
    [
      "dev",
      { VIBE_PAGE_POLL_SECONDS: "1" },
      'VIBE_PAGE_POLL_SECONDS must be a whole number of seconds from 5 to 3600, not "1".',
    ],
    [
      "production",
      { ...production, VIBE_ALARM_EMAIL: "" },
      "VIBE_ALARM_EMAIL is missing: production needs an e-mail address to which alarms go.",
    ],
    [
      "production",
      { ...production, VIBE_ALARM_EMAIL: "operations@localhost" },
      'VIBE_ALARM_EMAIL must be an e-mail address to which alarms go, not "operations@localhost".',
    ],
    ["prod", {}, 'The stage "prod" would not be protected as production is: call it "production".'],
    [
      "My_Stage",
      {},
      'The stage must be a lower-case letter and up to 15 letters, digits or single hyphens, since names carry it, not "My_Stage".',
    ],
    [
      "my--stage",
      {},
      'The stage must be a lower-case letter and up to 15 letters, digits or single hyphens, since names carry it, not "my--stage".',
    ],
    [
      "dev",
      { VIBE_TRACKD_COINS: "500" },
      "VIBE_TRACKD_COINS is no setting; there are VIBE_MULTI_AZ, VIBE_DOMAIN, VIBE_PAGE_DOMAIN, VIBE_SCHEDULE, VIBE_TRACKED_COINS, VIBE_RETENTION_DAYS, VIBE_PAGE_POLL_SECONDS, VIBE_ALARM_EMAIL, VIBE_DASHBOARD, VIBE_MONTHLY_BUDGET_USD, VIBE_DATABASE_TUNNEL, VIBE_NAT_IMAGE.",
    ],
  ])("of %s with %o are refused with a sentence that names what is wrong", (stage, environment, sentence) => {
    expect(() => readSettings(stage, environment)).toThrow(new Error(sentence));
  });

  it.each([
    "rate(1 minute)",
    "rate(2 days)",
    "cron(*/4 * * * ? *)",
    "cron(0 12 * * MON *)",
    "daily",
    "rate(0 days)",
    "rate(5 minute)",
    "rate(1 hours)",
    "cron(0 0/30 * * ? *)",
  ])("refuse to take listings in at %s", expression => {
    expect(() => readSettings("dev", { VIBE_SCHEDULE: expression })).toThrow(
      `VIBE_SCHEDULE must be a schedule that is the same on each day, with at least 5 minutes between two runs and at most a day, such as cron(0 12 * * ? *) or rate(5 minutes), not "${expression}".`,
    );
  });

  it("are all reported at once", () => {
    expect(() => readSettings("production", { VIBE_MULTI_AZ: "1" })).toThrow(
      "VIBE_MULTI_AZ must be true or false, not \"1\". VIBE_DOMAIN is missing: production needs the API's host name, such as api.vibe-charting.com, or none. VIBE_PAGE_DOMAIN is missing: production needs the page's host name, such as vibe-charting.com, or none. VIBE_ALARM_EMAIL is missing: production needs an e-mail address to which alarms go.",
    );
  });

  it("fail the evaluation of the stacks", async () => {
    await expect(evaluateStage("production", { VIBE_TRACKED_COINS: "many" })).rejects.toThrow(
      /^stacks\/read-settings\.ts:\d+: VIBE_DOMAIN is missing: .* VIBE_TRACKED_COINS must be a whole number from 1 to 10000, not "many"\. VIBE_ALARM_EMAIL is missing: .*$/,
    );
  });
});

describe("a schedule", () => {
  it.each([
    ["rate(15 minutes)", 15, 15],
    ["rate(1 day)", 1440, 1440],
    ["cron(0 12 * * ? *)", 1440, 1440],
    ["cron(*/5 * ? * * *)", 5, 5],
    ["cron(0 8,20 * * ? *)", 720, 720],
    ["cron(0,10 9-17 * * ? *)", 10, 950],
    ["cron(30 0/6 * * ? *)", 360, 360],
  ])("%s has gaps from %i to %i minutes", (expression, shortestGapMinutes, longestGapMinutes) => {
    expect(readDailySchedule(expression)).toEqual({ expression, shortestGapMinutes, longestGapMinutes });
  });

  it.each([
    "cron(0 25 * * ? *)",
    "cron(0 12 1 * ? *)",
    "cron(x 12 * * ? *)",
    "cron(5-1 * * * ? *)",
    "rate(5 years)",
  ])("that is not the same on each day, or malformed, is none: %s", expression => {
    expect(readDailySchedule(expression)).toBeUndefined();
  });
});
