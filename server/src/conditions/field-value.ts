import { momentOf, shifted, startOfDay } from '../../../contracts';
import type { ConditionValue, TimeSpan } from '../../../contracts';
import type { FieldValue } from './types';

/**
 * Whether a value is among the wanted ones. A list of wanted values means any of them; a relation (a list of
 * document ids) matches when it contains one of them. `null` matches an empty value only.
 */
export function isAmong(wanted: ConditionValue | readonly ConditionValue[], value: FieldValue): boolean {
  return listOf(wanted).some((choice) => equals(choice, value));
}

export const listOf = (wanted: ConditionValue | readonly ConditionValue[]): readonly ConditionValue[] =>
  isList(wanted) ? wanted : [wanted];

// `Array.isArray` does not narrow readonly lists.
const isList = (value: ConditionValue | readonly ConditionValue[]): value is readonly ConditionValue[] =>
  Array.isArray(value);

function equals(wanted: ConditionValue, value: FieldValue): boolean {
  if (wanted === null) return isEmpty(value);
  if (Array.isArray(value)) return value.includes(String(wanted));
  if (typeof wanted === 'number') return compareNumber(value, wanted) === 0;
  if (wanted === value) return true;
  return typeof wanted === 'string' && compareMoment(value, wanted) === 0;
}

/**
 * Whether both values are the same. An empty relation is the same as no relation, be it `null` or an empty
 * list.
 */
export function same(before: FieldValue, after: FieldValue): boolean {
  if (Array.isArray(before) || Array.isArray(after))
    return JSON.stringify(idsOf(before)) === JSON.stringify(idsOf(after));
  return before === after || (Number.isNaN(before) && Number.isNaN(after));
}

const idsOf = (value: FieldValue): readonly string[] =>
  Array.isArray(value) ? value : value === null ? [] : [String(value)];

/** No value, an empty text, or an empty relation. `0` and `false` are values. */
export const isEmpty = (value: FieldValue): boolean =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0);

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** Whole numbers that a JavaScript number cannot hold exactly; the limit keeps the comparison cheap. */
const largeWhole = /^[+-]?\d{16,400}$/;

/**
 * The order of a value and a number: negative if it is smaller. Strapi returns a biginteger, and some databases a
 * decimal, as text. Null if it is no number.
 */
export function compareNumber(value: FieldValue, wanted: number): number | null {
  if (typeof value === 'number')
    return Number.isNaN(value) || Number.isNaN(wanted) ? null : order(value, wanted);
  if (typeof value !== 'string') return null;
  const text = value.trim();
  if (!decimal.test(text)) return null;
  if (largeWhole.test(text) && Number.isInteger(wanted)) return order(BigInt(text), BigInt(wanted));
  return Number.isNaN(wanted) ? null : order(Number(text), wanted);
}

const order = <Ordered extends number | bigint>(one: Ordered, other: Ordered): number =>
  one < other ? -1 : one > other ? 1 : 0;

/**
 * The order of a value and a date, time or date-time. A date and a date-time are compared by the day in UTC. Null if
 * they cannot be compared.
 */
export function compareMoment(value: FieldValue, wanted: string): number | null {
  const [one, other] = [typeof value === 'string' ? momentOf(value) : null, momentOf(wanted)];
  if (one === null || other === null) return null;
  if (one.kind === other.kind) return order(one.at, other.at);
  if (one.kind === 'time' || other.kind === 'time') return null;
  return order(startOfDay(one.at), startOfDay(other.at));
}

/**
 * Whether a date or date-time lies in the span before or after a moment, both ends included; a date by its day in UTC.
 */
export function isWithin(value: FieldValue, span: TimeSpan, direction: -1 | 1, from: number): boolean {
  const moment = typeof value === 'string' ? momentOf(value) : null;
  if (moment === null || moment.kind === 'time') return false;
  const precise = moment.kind === 'date' ? startOfDay : (at: number) => at;
  const [near, far] = [precise(from), precise(shifted(from, span, direction))];
  return direction === -1 ? far <= moment.at && moment.at <= near : near <= moment.at && moment.at <= far;
}

const folded = (text: string): string => text.normalize('NFC').toLowerCase();

/** Whether a text contains another, or begins with it; upper and lower case are the same. */
export function holdsText(value: FieldValue, wanted: string, where: 'anywhere' | 'start'): boolean {
  if (typeof value !== 'string') return false;
  const [text, part] = [folded(value), folded(wanted)];
  return where === 'start' ? text.startsWith(part) : text.includes(part);
}

/** The value in words: `completed`, `empty`, `true`, `a, b`. */
export function show(value: FieldValue): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return value.length === 0 ? 'empty' : value.join(', ');
  if (value === '') return 'an empty text';
  return String(value);
}
