import type { TypePlan } from '../catalog';
import type { ContentAction } from '../conditions';
import { changedFields } from './compare';
import type { ReadChange } from './read-change';
import type { Row } from '../content';

export const idOf = (result: unknown): number | undefined => {
  const id = (result as { id?: unknown } | null | undefined)?.id;
  return id === undefined || id === null ? undefined : Number(id);
};

export const change = (action: ContentAction, row: Row, before: Row | null): ReadChange => ({
  change: {
    documentId: row.documentId,
    locale: row.locale ?? null,
    status: 'published',
    action,
    rowId: row.id,
    known: row,
  },
  before,
  after: row,
  problem: null,
});

/**
 * The `updated` of a row with its known previous values: none if no public value differs. `otherwise:
 * 'told'`: a row with unknown previous values gets an event without the names of changed fields.
 */
export const updated =
  (
    plan: TypePlan,
    past: ReadonlyMap<number, Partial<Row>>,
    { unread = new Set(), otherwise }: { unread?: ReadonlySet<string>; otherwise?: 'told' },
  ) =>
  (row: Row): ReadChange | null => {
    const old = past.get(row.id);
    if (!old) return otherwise === 'told' ? change('updated', row, null) : null;
    const before: Row = { ...row, ...old };
    try {
      if (changedFields(plan.comparable, before, row, unread).length === 0) return null;
    } catch {
      // Nested too deeply to be compared: an event without the names is better than none.
      return change('updated', row, null);
    }
    return { ...change('updated', row, before), unread };
  };

/** `whole` is false if only the identity of the row is known, or may be kept. */
export const goneChange = (row: Row, whole: boolean): ReadChange => ({
  ...change('deleted', row, whole ? row : null),
  change: { ...change('deleted', row, null).change, rowId: null },
  after: null,
  problem: whole ? null : 'not kept: too many rows were deleted at once',
});
