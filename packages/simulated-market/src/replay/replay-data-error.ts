/** A replay that cannot be played: the message names the file, the line where there is one, and what to do. */
export class ReplayDataError extends Error {
  override readonly name = "ReplayDataError";
}
