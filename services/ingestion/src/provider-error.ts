/** What to do after a provider did not give what was asked for. */
export type Reaction =
  /** The same request will not succeed until somebody changes something. */
  | { readonly kind: "fail" }
  /** The same request may succeed soon: after `waitMs`, or after a growing wait where that is null. */
  | { readonly kind: "retry"; readonly waitMs: number | null }
  /** An allowance is used up: no request will succeed before it is renewed. */
  | { readonly kind: "pause" };

/** A market data provider did not give what was asked for. */
export class ProviderError extends Error {
  override readonly name = "ProviderError";
  readonly reaction: Reaction;
  constructor(message: string, reaction: Reaction) {
    super(message);
    this.reaction = reaction;
  }
}

/** The provider's limits are by the minute: one that names no wait is over after it. */
export const limitWaitMs = 60_000;

/** What an HTTP status asks for, where the provider has no code of its own for it. */
export function reactionToStatus(status: number): Reaction {
  if (status === 429) return { kind: "retry", waitMs: limitWaitMs };
  return status >= 500 || status === 408 ? { kind: "retry", waitMs: null } : { kind: "fail" };
}
