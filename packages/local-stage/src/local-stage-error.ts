/** What the operator can mend: the message says what happened, to which resource, and what to look at. */
export class LocalStageError extends Error {
  override readonly name = "LocalStageError";
}
