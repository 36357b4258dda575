/** Jitter of every scheduled interval, so that simultaneous failures are not retried simultaneously. */
const jitter = 0.2;

/**
 * Shortest interval after a sign of overload (429, 502, 503, 504, time-out): time for the receiver to
 * recover.
 */
const slowDownMs = 60_000;

/**
 * `Retry-After` is honoured up to here; a longer scheduled interval raises the limit to twice that interval.
 */
const retryAfterCapMs = 3_600_000;

export interface FailedAttempt {
  /** Number of the attempt that has just failed, 1 for the first. */
  attempt: number;
  /** Intervals in seconds after the 1st, 2nd … failure. */
  schedule: readonly number[];
  /** Epoch milliseconds. */
  now: number;
  /** A number in [0, 1). */
  random: () => number;
  /** The delay that the receiver asked for, in milliseconds from now, or null. */
  retryAfterMs: number | null;
  /** True after a sign of overload. */
  slowDown: boolean;
}

/** The delay that a receiver asks for, capped at an hour, or at twice the scheduled interval. */
const believedMs = (askedMs: number, scheduledMs: number): number =>
  Math.min(askedMs, Math.max(retryAfterCapMs, 2 * scheduledMs));

/** For how long the receiver asks the webhook as a whole to wait, in milliseconds. */
export const askedWaitMs = (
  retryAfterMs: number,
  { attempt, schedule }: Pick<FailedAttempt, 'attempt' | 'schedule'>,
): number => believedMs(retryAfterMs, (schedule[attempt - 1] ?? 0) * 1000);

/**
 * When the next attempt is due, in epoch milliseconds, or null if the schedule has no more.
 *
 * Standard Webhooks 1.0 ("Retries") with ±20 % jitter. A receiver can ask for a later attempt, within the
 * cap, and never for an earlier one: that could cause a busy loop.
 */
export function nextAttemptAt(input: FailedAttempt): number | null {
  const scheduledSeconds = input.schedule[input.attempt - 1];
  if (scheduledSeconds === undefined) return null;

  const scheduledMs = scheduledSeconds * 1000;
  const jitteredMs = scheduledMs * (1 - jitter + 2 * jitter * input.random());
  const askedMs = believedMs(input.retryAfterMs ?? 0, scheduledMs);
  const leastMs = input.slowDown ? slowDownMs : 0;
  return input.now + Math.round(Math.max(jitteredMs, askedMs, leastMs));
}
