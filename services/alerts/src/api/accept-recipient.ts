import type { AlertRecipient } from "@vibe-charting/contracts";
import type { RecipientRecord } from "@vibe-charting/database";
import { ProblemError } from "@vibe-charting/runtime";
import { checkEndpointUrl } from "../recipients/check-endpoint-url.ts";
import { recipientAt } from "../recipients/recipient.ts";
import { type ResolveHost, resolveEndpoint } from "../recipients/resolve-endpoint.ts";

/** Reads whom a request names. Throws a problem that names the field where alerts must not, or cannot, go there. */
export async function acceptRecipient(
  recipient: AlertRecipient,
  { topicArn, resolveHost }: { topicArn: string; resolveHost: ResolveHost },
): Promise<Pick<RecipientRecord, "id" | "channel" | "address">> {
  switch (recipient.channel) {
    case "email":
      return recipientAt("email", recipient.address.toLowerCase());
    case "sqs":
      if (isOurs(recipient.queueArn, topicArn))
        throw refusal("queueArn", "must not be a queue of this product");
      return recipientAt("sqs", recipient.queueArn);
    case "https": {
      const url = checkEndpointUrl(recipient.url);
      if (url.kind === "refused") throw refusal("url", url.reason);
      const address = await resolveEndpoint(url.host, resolveHost);
      if (address.kind === "refused") throw refusal("url", `must have a public address: ${address.reason}`);
      if (address.kind === "unknown")
        throw new ProblemError(
          "service.unavailable",
          `The endpoint cannot be checked: ${address.reason}. Try again in a few seconds.`,
        );
      return recipientAt("https", url.href);
    }
  }
}

/** The problem of a recipient's field. */
export function refusal(field: string, message: string): ProblemError {
  return new ProblemError("request.invalid", `The body is not valid. recipient.${field}: ${message}`, {
    errors: [{ field: `recipient.${field}`, message }],
  });
}

/** The field that holds a channel's address. */
export const addressField = { email: "address", https: "url", sqs: "queueArn" } as const;

/** What the product's own queues are called, in its own account, begins as its topic does. */
function isOurs(queueArn: string, topicArn: string): boolean {
  return queueArn.startsWith(topicArn.replace(":sns:", ":sqs:").replace(/alert-deliveries$/, ""));
}
