import type { Alert } from "@vibe-charting/contracts";
import { expect, it } from "vitest";
import { describeAlert, describeStatus } from "./describe-alert.ts";

const alert = (part: Partial<Alert> = {}): Alert => ({
  id: "6f4f3b0e-3f5e-4a43-9a53-0a4f6f1e2d3c",
  recipient: { channel: "email", address: "trader@example.com" },
  status: "pending",
  confirmBefore: "2026-03-20T12:00:00.000Z",
  filter: {},
  dailyCap: 10,
  quietHours: null,
  createdAt: "2026-03-18T12:00:00.000Z",
  ...part,
});

it("says what an alert tells, and when not", () => {
  expect(describeAlert(alert())).toBe("Every signal, when confirmed; at most 10 a day.");
  expect(
    describeAlert(
      alert({
        filter: {
          symbols: ["BTC", "ETH"],
          signalTypes: ["two_highs_one_low", "market_move"],
          states: ["suspected", "confirmed"],
          minConfidence: 0.7,
        },
        dailyCap: 3,
        quietHours: { from: "22:00", to: "07:00", timeZone: "Europe/Berlin" },
      }),
    ),
  ).toBe(
    "Double top, market move of BTC, ETH, when suspected, confirmed, at least 70% sure; at most 3 a day, none from 22:00 to 07:00 (Europe/Berlin).",
  );
});

it.each([
  [alert(), "Waits for a click: AWS has sent a mail with a link to confirm by 20 Mar 2026, 12:00 UTC."],
  [
    alert({ recipient: { channel: "https", url: "https://example.com/" }, confirmBefore: null }),
    "Waits for the endpoint to confirm.",
  ],
  [alert({ status: "confirmed" }), "Confirmed: alerts are sent."],
  [alert({ status: "expired" }), "Expired: it was not confirmed in time. Save it again to be asked anew."],
  [alert({ status: "unsubscribed" }), "Ended by the recipient. Save it again to be asked anew."],
])("says what $status asks of the recipient", (given, words) => {
  expect(describeStatus(given)).toBe(words);
});
