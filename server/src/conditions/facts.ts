import { createHash } from 'node:crypto';
import type { FieldValue } from './types';

/** An attribute as a rule may look at it. */
export interface JudgedField {
  /** Or a path, for an attribute of another entry or of a component: `author.country`. */
  name: string;
  kind: 'scalar' | 'relation' | 'component';
  /** Its value without row ids. */
  content(value: unknown): unknown;
}

/** Dates as in JSON. */
export const plain = (value: unknown): unknown => (value instanceof Date ? value.toISOString() : value);

const fingerprintLength = 12;

/** A value that a rule can only check for changes: `#3f9a…`. */
export const fingerprint = (value: unknown): string =>
  `#${createHash('sha256')
    .update(JSON.stringify(value) ?? '')
    .digest('hex')
    .slice(0, fingerprintLength)}`;

const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || (Array.isArray(value) && value.length === 0);

/** The document ids of a relation or a file, in their order. */
const documentIds = (value: unknown): string[] =>
  (Array.isArray(value) ? value : isEmpty(value) ? [] : [value]).map((item) => {
    const target = item as { documentId?: unknown; id?: unknown };
    return String(target.documentId ?? target.id ?? '');
  });

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function factOf({ kind, content }: JudgedField, value: unknown): FieldValue {
  if (kind === 'relation') return documentIds(value);
  const scalar = plain(value ?? null);
  if (kind === 'scalar' && (scalar === null || typeof scalar !== 'object')) return scalar as FieldValue;
  return isEmpty(value) ? null : fingerprint(content(value));
}

/**
 * The value at a path of a populated row: null behind an empty relation; undefined where a part was not read, or leads
 * through a list.
 */
export function valueAt(row: Readonly<Record<string, unknown>>, path: string): unknown {
  let value: unknown = row;
  for (const name of path.split('.')) {
    if (value === null) return null;
    if (!isObject(value) || !Object.hasOwn(value, name)) return undefined;
    value = value[name];
  }
  return value;
}

/**
 * The values that conditions use: scalars as in JSON, relations as document ids, everything else (rich text,
 * JSON, components, zones) as a fingerprint, so that a change is detected.
 *
 * @param names paths; one that was not read, or that is not among `judged`, is left out.
 */
export function facts(
  judged: readonly JudgedField[],
  names: readonly string[],
  row: Readonly<Record<string, unknown>> | null,
): Record<string, FieldValue> | null {
  if (row === null) return null;
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = valueAt(row, name);
      const field = judged.find((one) => one.name === name);
      if (value === undefined || field === undefined) return [];
      try {
        return [[name, factOf(field, value)]];
      } catch {
        // Nested too deeply to be read: the rule cannot be evaluated.
        return [];
      }
    }),
  );
}
