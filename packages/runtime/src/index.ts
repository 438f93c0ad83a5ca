export { decodeCursor, encodeCursor } from "./cursor.ts";
export { databasePool } from "./database-connection.ts";
export { asDatabaseOwner } from "./database-owner.ts";
export { addedLease, type DrainReport, drainOutbox, publishAdded } from "./drain-outbox.ts";
export { type ApiRequest, type ApiResponse, httpApi, ProblemError, parseInput } from "./http-api.ts";
export { type Link, LinkError, type LinkName, readLinks } from "./links.ts";
export { logger } from "./logger.ts";
export { type Publisher, type PublishResult, snsPublisher } from "./publisher.ts";
export { fifoConsumer, type MessageOutcome, standardConsumer } from "./queue-consumer.ts";
export { readQueueDepths } from "./queue-depths.ts";
export { type ReadMessage, readMessage } from "./read-message.ts";
export { scheduledTask, type TaskContext, type TaskResult } from "./scheduled-task.ts";
export { readSecret } from "./secrets.ts";
export {
  type Subscriber,
  SubscriberRefusedError,
  type Subscription,
  type TopicSubscriptions,
  topicSubscriptions,
} from "./topic-subscriptions.ts";
