import { z } from "zod";
import { SignalState, SignalType } from "../vocabulary.ts";
import { PageCursor, PageLimit } from "./market.ts";

/** What an alert may be about: the coins' signals, and moves of the market as a whole. */
export const AlertSignalType = z.enum([...SignalType.options, "market_move"]);
export type AlertSignalType = z.infer<typeof AlertSignalType>;

/** Deliveries of one alert in a day, unless it says otherwise. */
export const defaultDailyCap = 10;
/** The states that an alert is about, unless it says otherwise: the claim itself, not the suspicion before it. */
export const defaultAlertStates: readonly SignalState[] = ["confirmed"];
/** SNS deletes a subscription that nobody confirmed after 48 hours (AWS, May 2023). */
export const hoursToConfirm = 48;

/** The parts of a queue's ARN. A FIFO queue's name ends in `.fifo`, which the pattern leaves out. */
const queueArn = /^arn:aws:sqs:[a-z]{2}(-[a-z]+)+-\d:\d{12}:[A-Za-z0-9_-]{1,80}$/;

export const AlertRecipient = z.discriminatedUnion("channel", [
  z.strictObject({
    channel: z.literal("email"),
    address: z
      .email("must be an e-mail address, such as trader@example.com")
      .max(254)
      .describe("SNS asks it to confirm before anything is sent."),
  }),
  z.strictObject({
    channel: z.literal("https"),
    url: z
      .url({ protocol: /^https$/, error: "must be an https:// address" })
      .max(1_000)
      .describe(
        "A public address on port 443 or 8443; it confirms by opening the SubscribeURL that SNS posts.",
      ),
  }),
  z.strictObject({
    channel: z.literal("sqs"),
    queueArn: z
      .string()
      .regex(
        queueArn,
        "must be the ARN of a standard SQS queue, such as arn:aws:sqs:us-east-2:111122223333:alerts",
      )
      .describe("Its policy must let the topic of alerts send to it."),
  }),
]);
export type AlertRecipient = z.infer<typeof AlertRecipient>;

export const AlertFilter = z.strictObject({
  symbols: z
    .array(z.string().trim().toUpperCase().min(1).max(30))
    .min(1)
    .max(50)
    .optional()
    .describe("Only these coins; where several coins share a symbol, the highest-ranked one is meant."),
  signalTypes: z
    .array(AlertSignalType)
    .min(1)
    .optional()
    .describe(
      "Only these signals. A market move belongs to no coin: it comes where it is named, or where neither coins nor signals are.",
    ),
  states: z
    .array(SignalState)
    .min(1)
    .optional()
    .describe("Only changes into these states; `confirmed` unless said otherwise."),
  minConfidence: z.number().min(0).max(1).optional().describe("Only signals of at least this confidence."),
});
export type AlertFilter = z.infer<typeof AlertFilter>;

const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be a time of day, such as 22:00");

export const QuietHours = z
  .strictObject({
    from: TimeOfDay,
    to: TimeOfDay.describe("Earlier than `from` where the hours pass midnight."),
    timeZone: z
      .string()
      .refine(isTimeZone, "must be an IANA time zone, such as Europe/Berlin")
      .describe("The time zone of both times, and of the alert's day."),
  })
  .refine(({ from, to }) => from !== to, { path: ["to"], error: "must differ from `from`" });
export type QuietHours = z.infer<typeof QuietHours>;

export const AlertRequest = z.strictObject({
  recipient: AlertRecipient,
  filter: AlertFilter.optional().describe(
    "What to tell; every signal that is confirmed unless said otherwise.",
  ),
  dailyCap: z
    .int()
    .min(1)
    .max(100)
    .optional()
    .describe(
      `The most messages in a day, ${defaultDailyCap} unless said otherwise. What is above it comes in one digest on the next day.`,
    ),
  quietHours: QuietHours.optional().describe("What happens in these hours comes in one digest after them."),
});
export type AlertRequest = z.infer<typeof AlertRequest>;

export const AlertStatus = z.enum(["pending", "confirmed", "expired", "unsubscribed"]);
export type AlertStatus = z.infer<typeof AlertStatus>;

export const Alert = z.object({
  id: z.uuid(),
  recipient: AlertRecipient,
  status: AlertStatus.describe(
    "Whether the recipient has confirmed. `expired`: it did not in time; `unsubscribed`: it ended this itself. The same request again asks it anew.",
  ),
  confirmBefore: z.iso.datetime().nullable().describe("When a pending recipient expires, UTC."),
  filter: AlertFilter,
  dailyCap: z.int(),
  quietHours: QuietHours.nullable(),
  createdAt: z.iso.datetime(),
});
export type Alert = z.infer<typeof Alert>;

export const AlertsParameters = z.strictObject({ limit: PageLimit, cursor: PageCursor });
export const AlertsResponse = z.object({ alerts: z.array(Alert), nextCursor: z.string().nullable() });
export type AlertsResponse = z.infer<typeof AlertsResponse>;

export const AlertParameters = z.strictObject({ id: z.uuid().describe("The alert's `id`.") });

/** Offsets such as `+02:00` know no summer time: only named zones are taken. */
function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
