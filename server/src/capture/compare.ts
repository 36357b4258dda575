import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { ComparableField, Entry } from '../catalog/types';
import type { FieldValue } from '../conditions/types';
import { beyond } from './rows';
import type { Beyond } from './rows';

type Compared = Entry & { [beyond]?: Readonly<Record<string, Beyond>> };

/** Dates as JSON has them. */
export const plain = (value: unknown): unknown => (value instanceof Date ? value.toISOString() : value);

/** Equal by value; the order of keys says nothing. */
function same(a: unknown, b: unknown): boolean {
  const [one, other] = [plain(a), plain(b)];
  if (typeof one !== 'object' || typeof other !== 'object') return one === other;
  try {
    return JSON.stringify(one) === JSON.stringify(other) || isDeepStrictEqual(one, other);
  } catch (error) {
    // Nested deeper than the stack: what cannot be compared is told as changed.
    if ((error as { name?: unknown }).name === 'RangeError') return false;
    throw error;
  }
}

/**
 * Names of the fields that differ between two rows of one document, in the order of the schema. Compared by value, as
 * `ComparableField.content` gives it.
 *
 * @param unread what was not read of the past, because nothing writes it: it is as it was.
 */
export function changedFields(
  comparable: readonly ComparableField[],
  before: Compared,
  after: Compared,
  unread: ReadonlySet<string> = new Set(),
): string[] {
  return comparable
    .filter(
      ({ name, content }) =>
        !unread.has(name) &&
        !(
          same(content(before[name]), content(after[name])) &&
          isDeepStrictEqual(before[beyond]?.[name], after[beyond]?.[name])
        ),
    )
    .map(({ name }) => name);
}

const fingerprintLength = 12;

/** A value that no rule can name, only see changing: `#3f9a…`. */
const fingerprint = (value: unknown): string =>
  `#${createHash('sha256')
    .update(JSON.stringify(value) ?? '')
    .digest('hex')
    .slice(0, fingerprintLength)}`;

const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || (Array.isArray(value) && value.length === 0);

/** The document ids that a relation or a file leads to, in their order. */
const documentIds = (value: unknown): string[] =>
  (Array.isArray(value) ? value : isEmpty(value) ? [] : [value]).map((item) => {
    const target = item as { documentId?: unknown; id?: unknown };
    return String(target.documentId ?? target.id ?? '');
  });

function factOf({ kind, content }: ComparableField, value: unknown): FieldValue {
  if (kind === 'relation') return documentIds(value);
  const scalar = plain(value ?? null);
  if (kind === 'scalar' && (scalar === null || typeof scalar !== 'object')) return scalar as FieldValue;
  return isEmpty(value) ? null : fingerprint(content(value));
}

/**
 * The values that conditions are judged by: scalars as JSON has them, relations as document ids, everything else
 * (rich text, JSON, components, zones) as a fingerprint, so that a change of it is seen.
 */
export function facts(
  judged: readonly ComparableField[],
  names: readonly string[],
  row: Entry | null,
): Record<string, FieldValue> | null {
  if (row === null) return null;
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = row[name];
      const field = judged.find((one) => one.name === name);
      if (value === undefined || field === undefined) return [];
      try {
        return [[name, factOf(field, value)]];
      } catch {
        // Nested deeper than can be read: the rule is told that it cannot be judged.
        return [];
      }
    }),
  );
}
