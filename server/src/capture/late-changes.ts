import type { ContentAction } from '../conditions/types';
import type { Change } from './change';
import type { Row } from './rows';

/** A row that was written while an operation ran, but outside of its innermost middleware. */
export interface NotedRow {
  operation: 'create' | 'update' | 'delete';
  row: Row;
  /** Names of the attributes that were written. */
  names: readonly string[];
}

export interface LateChange {
  change: Change;
  /** `repeated`: another middleware ran the operation again; `i18n_sync`: shared fields were copied; `side_write`. */
  cause: 'repeated' | 'i18n_sync' | 'side_write';
  /** The row as it was, for what is gone. */
  gone: Row | null;
  names: readonly string[];
}

interface Input {
  action: string;
  /** The document the operation was asked for; null for a creation. */
  documentId: string | null;
  /** Locales the operation itself wrote. */
  ownLocales: ReadonlySet<string | null>;
  draftAndPublish: boolean;
  noted: readonly NotedRow[];
  /** Whether the innermost captured this change already. */
  seen(change: Pick<Change, 'action' | 'documentId' | 'locale' | 'status'>): boolean;
}

const createdAs: Record<string, { draft: ContentAction | null; published: ContentAction | null }> = {
  create: { draft: 'created', published: 'published' },
  clone: { draft: 'created', published: 'published' },
  update: { draft: 'created', published: 'published' },
  publish: { draft: null, published: 'published' },
  discardDraft: { draft: 'draft_discarded', published: null },
  unpublish: { draft: null, published: null },
  delete: { draft: null, published: null },
};

/** Repeated with other data these are further changes; the caller compares. The others happen once. */
const repeatable: ReadonlySet<ContentAction> = new Set(['updated', 'published']);

/** What the innermost capture did not see, from the rows that were written outside of it. Pure. */
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
    // Of a deleted document the published row tells more than the draft.
    if (late.has(key) && action === 'deleted' && status === 'draft') continue;
    late.set(key, found);
  }
  return [...late.values()].filter(
    ({ change, cause }) => cause !== 'repeated' || repeatable.has(change.action) || !input.seen(change),
  );
}

function judge(input: Input, noted: NotedRow, created: ReadonlySet<number>): LateChange | null {
  const { row, operation } = noted;
  const published = input.draftAndPublish && row.publishedAt !== null && row.publishedAt !== undefined;
  const status = published || !input.draftAndPublish ? 'published' : 'draft';
  const locale = row.locale ?? null;
  const late = (action: ContentAction, cause: LateChange['cause'], gone: Row | null): LateChange => ({
    change: {
      action,
      documentId: row.documentId,
      locale,
      status,
      rowId: gone ? null : row.id,
      known: row,
    },
    cause,
    gone,
    names: noted.names,
  });

  if (operation === 'create') {
    const as = createdAs[input.action]?.[published ? 'published' : 'draft'];
    return as ? late(as, 'repeated', null) : null;
  }
  if (operation === 'delete') {
    if (input.action === 'delete') return late('deleted', 'repeated', row);
    return input.action === 'unpublish' && published ? late('unpublished', 'repeated', row) : null;
  }
  if (created.has(row.id)) return null;
  if (row.documentId !== input.documentId) return late('updated', 'side_write', null);
  if (!input.ownLocales.has(locale)) return late('updated', 'i18n_sync', null);
  return (input.action === 'update' && status !== 'published') ||
    (input.action === 'update' && !input.draftAndPublish)
    ? late('updated', 'repeated', null)
    : null;
}
