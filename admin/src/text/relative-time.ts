export interface RelativeTime {
  value: number;
  unit: 'second' | 'minute' | 'hour' | 'day' | 'month' | 'year';
}

const secondsOf = { minute: 60, hour: 3600, day: 86_400, month: 2_629_800, year: 31_557_600 } as const;

/**
 * The distance from `now` to `at` (epoch milliseconds) for `Intl.RelativeTimeFormat`; null if "just now" is
 * better (within five seconds).
 */
export function relativeTime(at: number, now: number): RelativeTime | null {
  const seconds = Math.round((at - now) / 1000);
  const distance = Math.abs(seconds);
  if (distance < 5) return null;
  if (distance < secondsOf.minute) return { value: seconds, unit: 'second' };
  if (distance < secondsOf.hour) return { value: Math.round(seconds / secondsOf.minute), unit: 'minute' };
  if (distance < secondsOf.day) return { value: Math.round(seconds / secondsOf.hour), unit: 'hour' };
  if (distance < secondsOf.month) return { value: Math.round(seconds / secondsOf.day), unit: 'day' };
  if (distance < secondsOf.year) return { value: Math.round(seconds / secondsOf.month), unit: 'month' };
  return { value: Math.round(seconds / secondsOf.year), unit: 'year' };
}
