import type { EmulatorQueue } from "./fauxqs-internals.ts";

/**
 * Makes a FIFO queue hand out as many messages of a group as fit into one receive, in order, as SQS does;
 * fauxqs stops at one per group (AWS.md section 7, F1), which would hide every partial-batch fault.
 */
export function receiveWholeGroups(queue: EmulatorQueue): void {
  const receiveOnePerGroup = queue.dequeueFifo.bind(queue);
  queue.dequeueFifo = (maximum, ...rest) => {
    queue.processTimers();
    restoreOrder(queue);
    const locked = queue.fifoLockedGroups;
    const lockedByOthers = new Set(locked.keys());
    const received: { MessageId: string }[] = [];
    for (;;) {
      const own = new Map([...locked].filter(([group]) => !lockedByOthers.has(group)));
      for (const group of own.keys()) locked.delete(group);
      const more = receiveOnePerGroup(maximum - received.length, ...rest);
      for (const [group, count] of own) locked.set(group, (locked.get(group) ?? 0) + count);
      received.push(...more);
      if (more.length === 0 || received.length >= maximum) return received;
    }
  };
}

/** The most that one receive takes, and so the most that come back to a group, to its front, at one time. */
const RECEIVE_LIMIT = 10;

/** Messages of one group whose visibility ran out together come back in reverse; their numbers tell the order. */
function restoreOrder(queue: EmulatorQueue): void {
  for (const messages of queue.fifoMessages.values()) {
    const front = messages.slice(0, RECEIVE_LIMIT).map(message => message.sequenceNumber ?? "");
    const isInOrder = front.every((number, index) => index === 0 || (front[index - 1] ?? "") <= number);
    if (isInOrder) continue;
    messages.sort((a, b) => ((a.sequenceNumber ?? "") < (b.sequenceNumber ?? "") ? -1 : 1));
  }
}
