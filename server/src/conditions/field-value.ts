import type { FieldValue } from './types';

/**
 * Whether a value is among the wanted ones. A list of wanted values means any of them; a relation (a list of
 * document ids) matches when it contains one of them. `null` matches an empty value only.
 */
export function contains(wanted: FieldValue | readonly FieldValue[], value: FieldValue): boolean {
  const choices: readonly FieldValue[] = Array.isArray(wanted) ? wanted : [wanted as FieldValue];
  return choices.some((choice) => equals(choice, value));
}

function equals(wanted: FieldValue, value: FieldValue): boolean {
  if (Array.isArray(value)) {
    if (Array.isArray(wanted))
      return wanted.length === value.length && wanted.every((id, at) => id === value[at]);
    return wanted === null ? value.length === 0 : value.includes(String(wanted));
  }
  // Strapi returns a biginteger as text; a rule is written with a number.
  if (typeof wanted === 'number' && typeof value === 'string')
    return value.trim() !== '' && Number(value) === wanted;
  return wanted === value;
}

/**
 * Whether both values are the same. An empty relation is the same as no relation, be it `null` or an empty
 * list.
 */
export function same(before: FieldValue, after: FieldValue): boolean {
  if (Array.isArray(before) || Array.isArray(after))
    return listOf(before).join('\n') === listOf(after).join('\n');
  return before === after;
}

const listOf = (value: FieldValue): readonly string[] =>
  Array.isArray(value) ? value : value === null ? [] : [String(value)];

/** No value, an empty text, or an empty relation. `0` and `false` are values. */
export const isEmpty = (value: FieldValue): boolean =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** The value in words: `completed`, `empty`, `true`, `a, b`. */
export function show(value: FieldValue): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return value.length === 0 ? 'empty' : value.join(', ');
  if (value === '') return 'an empty text';
  return String(value);
}
