import type { FieldValue } from '../conditions/types';

type Row = Readonly<Record<string, unknown>>;
type Comparable = { name: string; kind: 'scalar' | 'relation' };

/** A relation or media value as the sorted ids of what it points to: rows differ between draft and published. */
function referenced(value: unknown): string[] {
  const list = Array.isArray(value) ? value : value === null || value === undefined ? [] : [value];
  return list
    .map((item) => {
      const target = item as { documentId?: unknown; id?: unknown };
      return String(target.documentId ?? target.id ?? '');
    })
    .sort();
}

/** Row ids change with every publish, so they say nothing about a change. */
function withoutIds(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutIds);
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key]) => key !== 'id')
        .map(([key, inner]) => [key, withoutIds(inner)]),
    );
  }
  return value;
}

const same = (a: unknown, b: unknown): boolean =>
  JSON.stringify(withoutIds(a ?? null)) === JSON.stringify(withoutIds(b ?? null));

/** Of the past not everything is read: relations, media and components that an operation does not name stay. */
export interface Apart {
  /** What was not read of the past. */
  unread?: ReadonlySet<string> | undefined;
  /** What was written all the same, by a lifecycle hook of the app: unread, it counts as changed. */
  written?: ReadonlySet<string> | undefined;
}

/**
 * Names of the fields that differ between two rows of one document, in the order of the schema. Relations are
 * compared by what they point to, everything else by value.
 */
export function changedFields(
  comparable: readonly Comparable[],
  before: Row,
  after: Row,
  { unread, written }: Apart = {},
): string[] {
  const differs = ({ name, kind }: Comparable): boolean => {
    if (unread?.has(name)) return written?.has(name) ?? false;
    if (kind === 'relation') return !same(referenced(before[name]), referenced(after[name]));
    return !same(before[name], after[name]);
  };
  return comparable.filter(differs).map(({ name }) => name);
}

/** Whether two snapshots tell of the same content: dates of writing and row ids set aside. */
export function sameContent(a: Row, b: Row): boolean {
  const strip = (row: Row) => {
    const { updatedAt: _updatedAt, publishedAt: _publishedAt, ...rest } = row;
    return rest;
  };
  return same(strip(a), strip(b));
}

/** The values that conditions are judged by: scalars as JSON has them, relations as sorted document ids. */
export function facts(names: readonly string[], row: Row | null): Record<string, FieldValue> | null {
  if (row === null) return null;
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = row[name];
      if (value === undefined) return [];
      if (value instanceof Date) return [[name, value.toISOString()]];
      if (value !== null && typeof value === 'object') return [[name, referenced(value)]];
      return [[name, value as FieldValue]];
    }),
  );
}
