import type { Alert } from "@vibe-charting/contracts";
import { share } from "../format/numbers.ts";
import { fullTime } from "../format/times.ts";
import { alertTypeNames, stateNames } from "../format/words.ts";

/** Whom an alert goes to, as it was typed. */
export function addressOf({ recipient }: Pick<Alert, "recipient">): string {
  switch (recipient.channel) {
    case "email":
      return recipient.address;
    case "https":
      return recipient.url;
    case "sqs":
      return recipient.queueArn;
  }
}

/** What an alert tells, and when not, in a sentence. */
export function describeAlert({
  filter,
  dailyCap,
  quietHours,
}: Pick<Alert, "filter" | "dailyCap" | "quietHours">): string {
  const types =
    filter.signalTypes?.map(type => alertTypeNames[type].toLowerCase()).join(", ") ?? "every signal";
  const coins = filter.symbols === undefined ? "" : ` of ${filter.symbols.join(", ")}`;
  const states = (filter.states ?? ["confirmed"]).map(state => stateNames[state].toLowerCase()).join(", ");
  const sure = filter.minConfidence === undefined ? "" : `, at least ${share(filter.minConfidence)} sure`;
  const quiet =
    quietHours === null ? "" : `, none from ${quietHours.from} to ${quietHours.to} (${quietHours.timeZone})`;
  const told = `${types}${coins}, when ${states}${sure}`;
  return `${told.charAt(0).toUpperCase()}${told.slice(1)}; at most ${dailyCap} a day${quiet}.`;
}

/** Where an alert's recipient stands, and what it has to do. */
export function describeStatus({ status, confirmBefore, recipient }: Alert): string {
  switch (status) {
    case "confirmed":
      return "Confirmed: alerts are sent.";
    case "pending": {
      const by = confirmBefore === null ? "" : ` by ${fullTime(confirmBefore)}`;
      return recipient.channel === "email"
        ? `Waits for a click: AWS has sent a mail with a link to confirm${by}.`
        : `Waits for the endpoint to confirm${by}.`;
    }
    case "expired":
      return "Expired: it was not confirmed in time. Save it again to be asked anew.";
    case "unsubscribed":
      return "Ended by the recipient. Save it again to be asked anew.";
  }
}
