import {
  InvalidParameterException,
  NotFoundException,
  paginateListSubscriptionsByTopic,
  SNSClient,
  SubscribeCommand,
  UnsubscribeCommand,
} from "@aws-sdk/client-sns";

/** Who gets what a topic publishes for it: the messages whose attribute `recipient` is its id. */
export type Subscriber = {
  readonly id: string;
  readonly protocol: "email" | "https" | "sqs";
  readonly endpoint: string;
};

/** A subscription as SNS lists it; its ARN is known once it is confirmed. */
export type Subscription = {
  readonly protocol: string;
  readonly endpoint: string;
  readonly confirmedArn: string | null;
};

export type TopicSubscriptions = {
  /** Subscribes, or asks to confirm once more; gives the subscription's ARN, confirmed or not. */
  readonly subscribe: (subscriber: Subscriber) => Promise<string>;
  /** Ends a subscription; one that is gone, or not confirmed yet and so about to go, is no failure. */
  readonly unsubscribe: (subscriptionArn: string) => Promise<void>;
  readonly list: () => Promise<readonly Subscription[]>;
};

/** SNS will not take a subscriber: the message says why. */
export class SubscriberRefusedError extends Error {
  override readonly name = "SubscriberRefusedError";
}

/** An endpoint that is away for a while: 11 more tries, at most 5 minutes apart, within the hour that SNS allows in all. */
const deliveryPolicy = JSON.stringify({
  healthyRetryPolicy: {
    numRetries: 11,
    minDelayTarget: 20,
    maxDelayTarget: 300,
    backoffFunction: "exponential",
  },
});

/** The subscriptions of one topic, each with a filter on its subscriber's own id. */
export function topicSubscriptions(topicArn: string, client = new SNSClient({})): TopicSubscriptions {
  return {
    subscribe: async ({ id, protocol, endpoint }) => {
      const command = new SubscribeCommand({
        TopicArn: topicArn,
        Protocol: protocol,
        Endpoint: endpoint,
        ReturnSubscriptionArn: true,
        Attributes: {
          FilterPolicy: JSON.stringify({ recipient: [id] }),
          ...(protocol === "sqs" && { RawMessageDelivery: "true" }),
          ...(protocol === "https" && { DeliveryPolicy: deliveryPolicy }),
        },
      });
      try {
        const { SubscriptionArn } = await client.send(command);
        if (!SubscriptionArn) throw new Error(`SNS gave no ARN for the subscription of ${id}`);
        return SubscriptionArn;
      } catch (error) {
        if (!(error instanceof InvalidParameterException)) throw error;
        throw new SubscriberRefusedError(error.message, { cause: error });
      }
    },
    unsubscribe: async subscriptionArn => {
      try {
        await client.send(new UnsubscribeCommand({ SubscriptionArn: subscriptionArn }));
      } catch (error) {
        // SNS refuses to end what nobody confirmed, and ends it by itself.
        if (!(error instanceof NotFoundException || error instanceof InvalidParameterException)) throw error;
      }
    },
    list: async () => {
      const subscriptions: Subscription[] = [];
      for await (const page of paginateListSubscriptionsByTopic({ client }, { TopicArn: topicArn })) {
        for (const { Protocol = "", Endpoint = "", SubscriptionArn = "" } of page.Subscriptions ?? []) {
          const confirmedArn = SubscriptionArn.startsWith("arn:") ? SubscriptionArn : null;
          subscriptions.push({ protocol: Protocol, endpoint: Endpoint, confirmedArn });
        }
      }
      return subscriptions;
    },
  };
}
