import type { ContentAction } from '../conditions';
import { actionOn, changeOf } from './change';
import type { Change, Operation } from './change';
import { isPublished } from '../published';
import type { Row } from '../content';

/** A row that was written while an operation ran, but outside of its innermost middleware. */
export interface NotedRow {
  operation: 'create' | 'update' | 'delete';
  row: Row;
}

export interface LateChange {
  change: Change;
  /**
   * `repeated`: another middleware repeated the operation; `i18n_sync`: shared fields were copied;
   * `side_write`.
   */
  cause: 'repeated' | 'i18n_sync' | 'side_write';
  /** The previous row, for deleted ones. */
  gone: Row | null;
}

interface Input extends Operation {
  /** The document of the operation; null for a creation. */
  documentId: string | null;
  /** Locales the operation itself wrote. */
  ownLocales: ReadonlySet<string | null>;
  /** With the database's values of each row, so that nothing depends on the caller's selection. */
  noted: readonly NotedRow[];
  /** Whether the innermost captured this change already. */
  seen(change: Pick<Change, 'action' | 'documentId' | 'locale' | 'status'>): boolean;
}

/** Repeated with other data these are further changes; the caller compares. The others happen once. */
const repeatable: ReadonlySet<ContentAction> = new Set(['updated', 'published']);

/**
 * Changes that the innermost capture may have missed, from the rows written outside of it. The caller checks
 * whether a row really changed. Pure.
 */
export function lateChanges(input: Input): LateChange[] {
  const created = new Set(
    input.noted.filter(({ operation }) => operation === 'create').map(({ row }) => row.id),
  );
  const late = new Map<string, LateChange>();
  for (const noted of input.noted) {
    const found = judge(input, noted, created);
    if (!found) continue;
    const { action, documentId, locale, status } = found.change;
    const key = `${action}|${documentId}|${locale ?? ''}|${action === 'deleted' ? '' : status}`;
    // For a deleted document the published row is preferred to the draft.
    if (late.has(key) && action === 'deleted' && status === 'draft') continue;
    late.set(key, found);
  }
  return [...late.values()].filter(
    ({ change, cause }) => cause !== 'repeated' || repeatable.has(change.action) || !input.seen(change),
  );
}

function judge(input: Input, { row, operation }: NotedRow, created: ReadonlySet<number>): LateChange | null {
  const published = input.draftAndPublish && isPublished(row);
  const late = (action: ContentAction, cause: LateChange['cause'], gone: Row | null): LateChange => ({
    change: changeOf(action, row, input),
    cause,
    gone,
  });
  if (operation === 'create') {
    const action = actionOn(input, row, true);
    return action ? late(action, 'repeated', null) : null;
  }
  if (operation === 'delete') {
    if (input.action === 'delete') return late('deleted', 'repeated', row);
    return input.action === 'unpublish' && published ? late('unpublished', 'repeated', row) : null;
  }
  if (created.has(row.id)) return null;
  const action: ContentAction = published ? 'published' : 'updated';
  if (row.documentId !== input.documentId) return late(action, 'side_write', null);
  return late(action, input.ownLocales.has(row.locale ?? null) ? 'repeated' : 'i18n_sync', null);
}
