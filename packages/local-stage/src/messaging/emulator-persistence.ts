import { type EmulatorPersistence, WRITES } from "./fauxqs-internals.ts";

/**
 * Prepares fauxqs's SQLite file, before its messages are loaded:
 * - a message that was in flight to a process that is gone is visible again at once;
 * - all writes of one synchronous step form one transaction, committed before the request is answered, so
 *   that a kill between them (taking a message from its queue, putting it into the dead-letter queue) loses nothing;
 * - `synchronous = NORMAL`: a committed message survives a kill of the process, though the last few may not
 *   survive a power cut.
 */
export function prepareEmulatorPersistence(persistence: EmulatorPersistence): void {
  const { db } = persistence;
  db.exec("PRAGMA synchronous = NORMAL");
  db.exec("UPDATE sqs_messages SET receipt_handle = NULL, visibility_deadline = NULL");
  const makeReady = db.prepare(
    "UPDATE sqs_messages SET receipt_handle = NULL, visibility_deadline = NULL WHERE message_id = ?",
  );
  // fauxqs's own statement also sets the receive count to NULL, which its table refuses: the request fails with 500.
  persistence.updateMessageReady = messageId => makeReady.run(messageId);

  let open = false;
  const commit = () => {
    open = false;
    db.exec("COMMIT");
  };
  for (const name of WRITES) {
    const write = persistence[name].bind(persistence);
    persistence[name] = (...args) => {
      if (!open) {
        db.exec("BEGIN");
        open = true;
        // Runs when the request's synchronous work is done, before its answer is sent.
        queueMicrotask(commit);
      }
      return write(...args);
    };
  }
}
