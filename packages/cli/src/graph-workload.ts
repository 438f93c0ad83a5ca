/** What a stage is asked to do in a month. */
export type Workload = {
  readonly title: string;
  readonly coins: number;
  /** Listings taken in a month. */
  readonly listings: number;
  readonly questions: number;
  /** Visits of the page, each by somebody whose browser has nothing of it yet. */
  readonly visits: number;
  /** After which an open page asks for what is new, by default with so many listings. */
  readonly pollSeconds: number;
};

const daysPerMonth = 30.4;
const questions = 10_000;
const visits = 1_000;

export const workloads: readonly Workload[] = [
  {
    title: "50 coins a day",
    coins: 50,
    listings: Math.round(daysPerMonth),
    questions,
    visits,
    pollSeconds: 900,
  },
  {
    title: "500 coins every 5 minutes",
    coins: 500,
    listings: Math.round((daysPerMonth * 24 * 60) / 5),
    questions,
    visits,
    pollSeconds: 30,
  },
];

/**
 * Work of one run, from the logs of the local stage with the demo market: milliseconds there, times three for the
 * third of a processor that 512 MB of Lambda have. Ingestion waits for the provider besides.
 */
export const measuredWork = {
  ingestionMs: 2_000,
  analysisMsPerCoin: 250,
  maintenanceMs: 500,
  questionMs: 200,
  /** Of the page, as `node packages/web/scripts/measure.ts` counts them. */
  filesPerVisit: 6,
  kilobytesPerVisit: 170,
  /** Of the API beside a question, with nothing polled. */
  requestsPerVisit: 9,
  secondsPerVisit: 600,
  /** Bytes that a run of a function logs, Lambda's own three lines with them. */
  loggedBytes: 1_500,
  /** Flow logs and PostgreSQL's log in a month, in GB. */
  otherLogsGb: 0.1,
  /** Alerts of a coin in a month, as in the replay of 2021. */
  alertsPerCoin: 3,
  /** Long polls of 20 s by the five pollers with which Lambda starts to read a queue. */
  idlePollsPerMonth: 657_000,
} as const;
