import type { FoundValue } from '../../../contracts';
import type { ChangeFacts, ContentAction, FieldValue } from './types';

/** A value before or after the change. `none`: the entry did not exist then, so it had no value. */
export type Reading = { known: true; value: FieldValue } | { known: false; because: string } | 'none';

/**
 * After these actions the entry, or its published row, is gone: comparisons then refer to its last values.
 */
const leavesNothing: ReadonlySet<ContentAction> = new Set(['deleted', 'unpublished']);

/**
 * Before these actions there may have been nothing to compare with: `before: null` is then a fact, not a gap.
 */
const startsFromNothing: ReadonlySet<ContentAction> = new Set(['created', 'published']);

export const endsWithNothing = ({ action, after }: ChangeFacts): boolean =>
  leavesNothing.has(action) && after === null;

export const beginsWithNothing = ({ action, before }: ChangeFacts): boolean =>
  startsFromNothing.has(action) && before === null;

export function readAfter(field: string, facts: ChangeFacts): Reading {
  if (facts.after !== null) return read(field, facts.after);
  return endsWithNothing(facts)
    ? 'none'
    : { known: false, because: `${field} after the change is not known` };
}

export function readBefore(field: string, facts: ChangeFacts): Reading {
  if (facts.before !== null) return read(field, facts.before);
  return beginsWithNothing(facts)
    ? 'none'
    : { known: false, because: `${field} before the change is not known` };
}

/** The current value of the entry, or the last one if the entry is gone. */
export function current(field: string, facts: ChangeFacts): Reading {
  const after = readAfter(field, facts);
  return after === 'none' ? readBefore(field, facts) : after;
}

function read(field: string, values: Readonly<Record<string, FieldValue>>): Reading {
  const value: FieldValue | undefined = Object.hasOwn(values, field) ? values[field] : undefined;
  return value === undefined ? { known: false, because: `${field} cannot be read` } : { known: true, value };
}

export function foundOf(reading: Reading): FoundValue {
  if (reading === 'none') return { missing: 'no_entry' };
  return reading.known ? { value: reading.value } : { missing: 'unknown' };
}
