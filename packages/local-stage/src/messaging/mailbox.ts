import { appendFile } from "node:fs/promises";

/** An e-mail that SNS would send; here it is a line of a file, and of the log. */
type Mail = {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** Opened by the recipient to confirm that it wants more; null in what comes after that. */
  readonly confirmUrl: string | null;
  readonly unsubscribeUrl: string | null;
};

/** Takes the e-mails of one local stage, in the order in which they are sent. */
export type Mailbox = { send(mail: Mail): Promise<void> };

/** Appends each e-mail to a file, a JSON line each, and tells of it in the log. */
export function mailbox(file: string, log: (message: string) => void): Mailbox {
  let last = Promise.resolve();
  return {
    send: mail => {
      last = last
        .then(() => appendFile(file, `${JSON.stringify(mail)}\n`))
        .then(() =>
          log(
            `e-mail to ${mail.to}: ${mail.subject}${mail.confirmUrl === null ? "" : ` (confirm: ${mail.confirmUrl})`}`,
          ),
        );
      return last;
    },
  };
}
