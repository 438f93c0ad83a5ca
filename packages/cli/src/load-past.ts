import { z } from "zod";

/** How long one invocation may begin coins: the bar moves and Ctrl-C is heard as often. */
const sliceSeconds = 15;

const CoinProblem = z.object({ symbol: z.string(), reason: z.string() });
const BackfillResult = z.object({
  recordsProcessed: z.int(),
  details: z.object({
    source: z.string(),
    notice: z.string().nullable(),
    asOf: z.iso.datetime(),
    done: z.int(),
    remaining: z.int(),
    refusedCount: z.int(),
    refused: z.array(CoinProblem),
    failed: z.array(CoinProblem),
    announced: z.int(),
  }),
});

/** Where a load of past prices stands after a part of it. */
export type PastProgress = z.infer<typeof BackfillResult>["details"] & { readonly prices: number };

/**
 * Loads past prices part by part, until nothing remains or a part brought nothing: gives what is reached after each.
 * `invoke` runs the function with an event and gives its result.
 */
export async function* loadPast(
  invoke: (event: object) => Promise<unknown>,
  asked: { readonly days: number; readonly coins?: number | undefined },
): AsyncGenerator<PastProgress, void, undefined> {
  let before: PastProgress | null = null;
  for (;;) {
    const event = { ...asked, seconds: sliceSeconds, ...(before && { asOf: before.asOf }) };
    const { recordsProcessed, details } = BackfillResult.parse(await invoke(event));
    const now: PastProgress = { ...details, prices: (before?.prices ?? 0) + recordsProcessed };
    yield now;
    // The first part may be taken up by telling the coins apart.
    const stands = before !== null && now.remaining >= before.remaining;
    if (now.remaining === 0 || stands) return;
    before = now;
  }
}

/** How long the rest takes at the pace so far, in words; null before there is a pace. */
export function timeLeft(elapsedMs: number, done: number, remaining: number): string | null {
  if (done <= 0) return null;
  const seconds = Math.ceil(((elapsedMs / done) * remaining) / 1_000);
  return seconds < 90 ? `${seconds} s left` : `${Math.ceil(seconds / 60)} min left`;
}
