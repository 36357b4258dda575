import { defaultRetryScheduleSeconds } from '../../../contracts';

export interface RetrySpan {
  unit: 'day' | 'hour' | 'minute' | 'second';
  count: number;
}

const units = [
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3600 },
  { unit: 'minute', seconds: 60 },
] as const;

/**
 * For how long a webhook is retried, in the largest unit of which there are two or more: 75 h 35 min are "3
 * days", 90 minutes stay "90 minutes". Takes delays in seconds (null: the default schedule); null if there is
 * only one attempt.
 */
export function retrySpan(schedule: readonly number[] | null): RetrySpan | null {
  const delays = schedule ?? defaultRetryScheduleSeconds;
  if (delays.length === 0) return null;
  return spanOf(delays.reduce((sum, delay) => sum + delay, 0));
}

/** A number of seconds in the largest suitable unit. */
export function spanOf(seconds: number): RetrySpan {
  const fitting = units.find((unit) => seconds >= 2 * unit.seconds || seconds === unit.seconds);
  if (!fitting) return { unit: 'second', count: seconds };
  return { unit: fitting.unit, count: Math.round(seconds / fitting.seconds) };
}
