/** Spread of every scheduled wait, so that what failed together does not come back together. */
const jitter = 0.2;

/** Least wait after a sign of overload (429, 502, 503, 504, time-out): room for the receiver to recover. */
const slowDownMs = 60_000;

/** `Retry-After` is believed up to here; a longer scheduled wait moves the bound to twice that wait. */
export const retryAfterCapMs = 3_600_000;

export interface FailedAttempt {
  /** Number of the attempt that has just failed, 1 for the first. */
  attempt: number;
  /** Seconds to wait after the 1st, 2nd … failure. */
  schedule: readonly number[];
  /** Epoch milliseconds. */
  now: number;
  /** A number in [0, 1). */
  random: () => number;
  /** What the receiver asked for, in milliseconds from now, or null. */
  retryAfterMs: number | null;
  /** True after a sign of overload. */
  slowDown: boolean;
}

/**
 * When the next attempt is due, in epoch milliseconds, or null where the schedule gives no more.
 *
 * Standard Webhooks 1.0 ("Retries") with ±20 % jitter. A receiver may ask for a later attempt, within the
 * cap, and never for an earlier one: an impatient receiver must not turn into a busy loop.
 */
export function nextAttemptAt(input: FailedAttempt): number | null {
  const scheduledSeconds = input.schedule[input.attempt - 1];
  if (scheduledSeconds === undefined) return null;

  const scheduledMs = scheduledSeconds * 1000;
  const jitteredMs = scheduledMs * (1 - jitter + 2 * jitter * input.random());
  const askedMs = Math.min(input.retryAfterMs ?? 0, Math.max(retryAfterCapMs, 2 * scheduledMs));
  const leastMs = input.slowDown ? slowDownMs : 0;
  return input.now + Math.round(Math.max(jitteredMs, askedMs, leastMs));
}
