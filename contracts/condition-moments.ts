import type { SpanUnit, TimeSpan } from './conditions';

/** A date, a time of day or an instant, as conditions compare them. All counts are milliseconds. */
export type Moment =
  | { kind: 'date'; at: number }
  /** Since midnight. */
  | { kind: 'time'; at: number }
  | { kind: 'datetime'; at: number };

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

const datePart = String.raw`(\d{4})-(\d{2})-(\d{2})`;
const timePart = String.raw`(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?`;
const zonePart = String.raw`(Z|[+-]\d{2}:?\d{2})?`;
const datePattern = new RegExp(`^${datePart}$`);
const timePattern = new RegExp(`^${timePart}$`);
const datetimePattern = new RegExp(`^${datePart}[T ]${timePart}${zonePart}$`);

/**
 * Reads ISO 8601: `2026-11-29`, `14:05`, `14:05:00.000`, `2026-11-29T14:05:00Z`. Without a zone it is UTC, so that the
 * result is the same on every server.
 *
 * @returns null for anything else, and for a date that does not exist (30 February).
 */
export function momentOf(text: string): Moment | null {
  const date = datePattern.exec(text);
  if (date) return made('date', dayOf(date.slice(1)));
  const time = timePattern.exec(text);
  if (time) return made('time', timeOf(time.slice(1)));
  const both = datetimePattern.exec(text);
  if (!both) return null;
  const [day, clock] = [dayOf(both.slice(1, 4)), timeOf(both.slice(4, 8))];
  const zone = zoneOf(both[8]);
  return day === null || clock === null || zone === null
    ? null
    : { kind: 'datetime', at: day + clock - zone };
}

const made = (kind: Moment['kind'], at: number | null): Moment | null => (at === null ? null : { kind, at });

/** Midnight of the day; null if there is no such day. */
function dayOf(parts: readonly string[]): number | null {
  const [year = NaN, month = NaN, day = NaN] = parts.map(Number);
  const date = new Date(0);
  // Not Date.UTC, which takes the years 0 to 99 for 1900 to 1999.
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() : null;
}

function timeOf([hours, minutes, seconds = '0', fraction = '0']: readonly string[]): number | null {
  const [hour, minute, second] = [Number(hours), Number(minutes), Number(seconds)];
  if (hour > 23 || minute > 59 || second > 59) return null;
  return (
    hour * hourMs + minute * minuteMs + second * secondMs + Math.floor(Number(`0.${fraction}`) * secondMs)
  );
}

function zoneOf(zone: string | undefined): number | null {
  if (zone === undefined || zone === 'Z') return 0;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(-2))];
  if (hours > 23 || minutes > 59) return null;
  return (zone.startsWith('-') ? -1 : 1) * (hours * hourMs + minutes * minuteMs);
}

/** Midnight UTC of the day of an instant. */
export const startOfDay = (at: number): number => Math.floor(at / dayMs) * dayMs;

const unitMs: Readonly<Record<Exclude<SpanUnit, 'months'>, number>> = {
  hours: hourMs,
  days: dayMs,
  weeks: 7 * dayMs,
};

/**
 * The instant a span before (`direction` -1) or after (1) another. Months are those of the calendar, in UTC: one month
 * before 31 March is the last day of February.
 */
export function shifted(at: number, { count, unit }: TimeSpan, direction: -1 | 1): number {
  if (unit !== 'months') return at + direction * count * unitMs[unit];
  const date = new Date(at);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + direction * count);
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, lastDay));
  return date.getTime();
}
