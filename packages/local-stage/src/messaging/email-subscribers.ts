import type { EmulatorSnsStore, EmulatorSubscription, MatchesFilterPolicy } from "./fauxqs-internals.ts";
import type { Mailbox } from "./mailbox.ts";
import { publishedMessages } from "./published-messages.ts";

/** What SNS does for e-mail subscribers, which fauxqs leaves out (AWS.md section 7, F6). */
export type EmailSubscribers = {
  /** Prepares what a call means for them, before fauxqs changes its form; the result is run once the call is done. */
  follow(form: Readonly<Record<string, string>>): () => Promise<void>;
  /** Answers the links in e-mails; nothing for any other query. */
  openLink(query: URLSearchParams): string | undefined;
};

/** Follows the calls to an emulator that listens at `endpoint`. */
export function emailSubscribers(options: {
  sns: EmulatorSnsStore;
  matchesFilterPolicy: MatchesFilterPolicy;
  mail: Mailbox;
  endpoint: string;
}): EmailSubscribers {
  const { sns, mail, endpoint, matchesFilterPolicy } = options;
  const link = (parameters: Record<string, string>) => `${endpoint}/?${new URLSearchParams(parameters)}`;

  const askToConfirm = async ({ arn, topicArn, endpoint: to }: EmulatorSubscription) => {
    const confirmUrl = link({ Action: "ConfirmSubscription", TopicArn: topicArn, Token: arn });
    const text = `You have chosen to subscribe to the topic ${topicArn}. To confirm, open ${confirmUrl}`;
    await mail.send({
      to,
      subject: "AWS Notification - Subscription Confirmation",
      text,
      confirmUrl,
      unsubscribeUrl: null,
    });
  };

  const deliver = async (form: Readonly<Record<string, string>>, messages = publishedMessages(form)) => {
    for (const { bodyFor, subject, attributes } of messages) {
      for (const subscription of ofTopic(sns, form.TopicArn ?? "", "email")) {
        const policy = subscription.attributes.FilterPolicy;
        if (!subscription.confirmed) continue;
        if (policy && !matchesFilterPolicy(JSON.parse(policy), attributes)) continue;
        const unsubscribeUrl = link({ Action: "Unsubscribe", SubscriptionArn: subscription.arn });
        const text = `${bodyFor("email")}\n\n--\nTo stop these e-mails, open ${unsubscribeUrl}`;
        await mail.send({ to: subscription.endpoint, subject, text, confirmUrl: null, unsubscribeUrl });
      }
    }
  };

  return {
    follow: form => {
      if (form.Action === "Subscribe" && form.Protocol === "email") {
        return async () => {
          const made = ofTopic(sns, form.TopicArn ?? "", "email").find(
            subscription => subscription.endpoint === form.Endpoint,
          );
          if (made && !made.confirmed) await askToConfirm(made);
        };
      }
      const messages = publishedMessages(form);
      return () => deliver(form, messages);
    },
    openLink: query => {
      const subscription = sns.getSubscription(query.get("Token") ?? query.get("SubscriptionArn") ?? "");
      const action = query.get("Action");
      if (action !== "ConfirmSubscription" && action !== "Unsubscribe") return undefined;
      if (!subscription) return "This link is of no subscription, or of one that has ended.\n";
      if (action === "Unsubscribe") {
        sns.unsubscribe(subscription.arn);
        return `${subscription.endpoint} gets no more of ${subscription.topicArn}.\n`;
      }
      subscription.confirmed = true;
      sns.persistence?.insertSubscription(subscription);
      return `${subscription.endpoint} is subscribed to ${subscription.topicArn}.\n`;
    },
  };
}

/** SNS lists no ARN of a subscription that nobody has confirmed; fauxqs does. */
export function hidePendingArns(sns: EmulatorSnsStore): void {
  const list = sns.listSubscriptionsByTopic.bind(sns);
  sns.listSubscriptionsByTopic = (...args) => {
    const { subscriptions, ...page } = list(...args);
    const shown = subscriptions.map(subscription =>
      subscription.confirmed ? subscription : { ...subscription, arn: "PendingConfirmation" },
    );
    return { ...page, subscriptions: shown };
  };
}

function ofTopic(sns: EmulatorSnsStore, topicArn: string, protocol: string): EmulatorSubscription[] {
  return [...sns.subscriptions.values()].filter(
    subscription => subscription.topicArn === topicArn && subscription.protocol === protocol,
  );
}
