import type { ContentAction } from '../conditions/types';
import type { Row, RowIdentity } from './rows';

/** One thing that happened to one document in one locale. */
export interface Change {
  action: ContentAction;
  documentId: string;
  locale: string | null;
  status: 'draft' | 'published';
  /** The row to take the snapshot of; null where the change left none (deleted, unpublished). */
  rowId: number | null;
  /** What is known of the row besides: the source of the thin form. */
  known: Partial<Row>;
}

export const capturedActions: ReadonlySet<string> = new Set([
  'create',
  'update',
  'delete',
  'clone',
  'publish',
  'unpublish',
  'discardDraft',
]);

/** What a document operation is, as far as capture looks at it. */
export interface Operation {
  action: string;
  /** Whether the type has draft & publish. */
  draftAndPublish: boolean;
  /** `status: 'published'`: a creation or an update that publishes at once. */
  publishes: boolean;
}

/**
 * Ids of the rows that an operation returned. Nothing else is taken from there: what it holds is what the caller asked to
 * get back. A row that somebody else deleted first is null there.
 */
export const returnedIds = (action: string, result: unknown): number[] =>
  returnedRows(action, result).map(({ id }) => id);

/** The rows themselves, for where the database cannot be asked. */
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

const isDraft = (row: Pick<Row, 'publishedAt'>): boolean => (row.publishedAt ?? null) === null;

export const changeOf = (
  action: ContentAction,
  row: RowIdentity & Partial<Row>,
  { draftAndPublish }: Pick<Operation, 'draftAndPublish'>,
): Change => ({
  action,
  documentId: row.documentId,
  locale: row.locale ?? null,
  status: draftAndPublish && isDraft(row) ? 'draft' : 'published',
  rowId: action === 'deleted' || action === 'unpublished' ? null : row.id,
  known: row,
});

/** What has happened to a row that an operation left behind; null where it tells nothing of it. */
export function actionOn(
  { action, draftAndPublish }: Operation,
  row: Pick<Row, 'publishedAt'>,
  isNew: boolean,
): ContentAction | null {
  const published = draftAndPublish && !isDraft(row);
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

/** One `deleted` a document and locale: of the published row if there was one, else of the draft. */
export function deletedRows<R extends RowIdentity>(rows: readonly R[]): R[] {
  const kept = new Map<string, R>();
  for (const row of rows) {
    const key = `${row.documentId}|${row.locale ?? ''}`;
    const other = kept.get(key);
    if (!other || (isDraft(other) && !isDraft(row))) kept.set(key, row);
  }
  return [...kept.values()];
}
