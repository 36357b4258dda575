const two = (part: number): string => String(part).padStart(2, '0');

/** The date of a picker, which is one of the reader's own day: `2026-11-24`. */
export const dateText = (date: Date | undefined): string =>
  date ? `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}` : '';

/** What a picker shows for a stored date; undefined where there is none. */
export function dateOf(text: string): Date | undefined {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})/.exec(text) ?? [];
  return year ? new Date(Number(year), Number(month) - 1, Number(day)) : undefined;
}

/** What a picker shows for a stored date-time. */
export function momentOf(text: string): Date | null {
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : new Date(at);
}

/** `09:30` of a stored time `09:30:00.000`, and `''` of none. */
export const timeShown = (text: string): string => text.slice(0, 5);

/** A time as Strapi stores it. */
export const timeText = (shown: string): string => (shown === '' ? '' : `${shown}:00.000`);
