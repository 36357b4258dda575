import type { Entry } from '../catalog';
import type { ContentAction } from '../conditions';
import { isPublished } from '../published';
import type { Row, RowIdentity } from '../content';

/** One change of one document in one locale. */
export interface Change {
  action: ContentAction;
  documentId: string;
  locale: string | null;
  status: 'draft' | 'published';
  /** The row for the snapshot; null if the change left none (deleted, unpublished). */
  rowId: number | null;
  /** What else is known of the row: the source of the thin form. */
  known: Partial<Row>;
}

/** What tells one change of an operation from another. */
export const changeKey = (change: Pick<Change, 'action' | 'documentId' | 'locale' | 'status'>): string =>
  `${change.action}|${change.documentId}|${change.locale ?? ''}|${change.status}`;

export const capturedActions: ReadonlySet<string> = new Set([
  'create',
  'update',
  'delete',
  'clone',
  'publish',
  'unpublish',
  'discardDraft',
]);

/** The parts of a document operation that capture needs. */
export interface Operation {
  action: string;
  /** Whether the type has draft & publish. */
  draftAndPublish: boolean;
  /** `status: 'published'`: a creation or an update that publishes immediately. */
  publishes: boolean;
}

/**
 * Ids of the rows that an operation returned. Nothing else is used: its other values depend on what the
 * caller selected. A row that was deleted by somebody else first is null there.
 */
export const returnedIds = (action: string, result: unknown): number[] =>
  returnedRows(action, result).map(({ id }) => id);

/** The rows of an operation on several, untouched, by id. */
export function returnedAsRead(result: unknown): Map<number, Entry> {
  const rows = (result as { entries?: readonly (Entry | null)[] } | null | undefined)?.entries ?? [];
  return new Map(rows.flatMap((row) => (row === null ? [] : [[Number(row['id']), row]])));
}

/** The rows themselves, if the database cannot be queried. */
export function returnedRows(action: string, result: unknown): (RowIdentity & Partial<Row>)[] {
  const rows: unknown[] =
    action === 'create' || action === 'update'
      ? [result]
      : ((result as { entries?: unknown[] } | null | undefined)?.entries ?? []);
  return rows.flatMap((row) => {
    const { id, documentId, ...rest } = (row ?? {}) as Partial<Row>;
    return id === undefined
      ? []
      : [{ locale: null, publishedAt: null, ...rest, id, documentId: String(documentId ?? '') }];
  });
}

export const changeOf = (
  action: ContentAction,
  row: RowIdentity & Partial<Row>,
  { draftAndPublish }: Pick<Operation, 'draftAndPublish'>,
): Change => ({
  action,
  documentId: row.documentId,
  locale: row.locale ?? null,
  status: draftAndPublish && !isPublished(row) ? 'draft' : 'published',
  rowId: action === 'deleted' || action === 'unpublished' ? null : row.id,
  known: row,
});

/** The change of a row after an operation; null if it has no event. */
export function actionOn(
  { action, draftAndPublish }: Operation,
  row: Pick<Row, 'publishedAt'>,
  isNew: boolean,
): ContentAction | null {
  const published = draftAndPublish && isPublished(row);
  switch (action) {
    case 'create':
    case 'update':
      if (published) return 'published';
      return isNew ? 'created' : 'updated';
    case 'clone':
      return published ? 'published' : 'created';
    case 'publish':
      return published ? 'published' : null;
    case 'discardDraft':
      return published ? null : 'draft_discarded';
    default:
      return null;
  }
}

/** One `deleted` per document and locale: of the published row if there was one, else of the draft. */
export function deletedRows<R extends RowIdentity>(rows: readonly R[]): R[] {
  const kept = new Map<string, R>();
  for (const row of rows) {
    const key = `${row.documentId}|${row.locale ?? ''}`;
    const other = kept.get(key);
    if (!other || (!isPublished(other) && isPublished(row))) kept.set(key, row);
  }
  return [...kept.values()];
}
