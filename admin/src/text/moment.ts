/**
 * How a moment is written so that nobody takes it for another day's: the time alone where it is the reader's today, with
 * day and month else, with the year where that is another one. Both in epoch milliseconds.
 */
export function momentFormat(
  at: number,
  now: number,
  precision: 'minute' | 'second',
): Intl.DateTimeFormatOptions {
  const time: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit' };
  if (precision === 'second') time.second = '2-digit';
  const moment = new Date(at);
  const today = new Date(now);
  if (moment.toDateString() === today.toDateString()) return time;
  const day = { day: 'numeric', month: 'short' } as const;
  if (moment.getFullYear() === today.getFullYear()) return { ...day, ...time };
  return { ...day, year: 'numeric', ...time };
}
