import type { ContentAction } from '../conditions/types';
import type { Row } from './rows';

/** One thing that happened to one document in one locale. */
export interface Change {
  action: ContentAction;
  documentId: string;
  locale: string | null;
  status: 'draft' | 'published';
  /** The row to take the snapshot of; null where the change left none (deleted, unpublished). */
  rowId: number | null;
  /** What the operation itself returned: the source of the thin form. */
  known: Partial<Row>;
}

interface Returned {
  documentId?: string;
  entries?: readonly Partial<Row>[];
}

/** The rows that one document operation wrote, by its name and what it returned (see docs/events.md). */
export interface Operation {
  action: string;
  status: unknown;
  draftAndPublish: boolean;
  result: unknown;
  /** Rows of the document before; empty for creations. */
  before: readonly Row[];
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

const isDraft = (row: Partial<Row>): boolean => row.publishedAt === null || row.publishedAt === undefined;

const change = (
  action: ContentAction,
  row: Partial<Row>,
  status: 'draft' | 'published',
  rowId: number | null,
): Change => ({
  action,
  documentId: String(row.documentId ?? ''),
  locale: row.locale ?? null,
  status,
  rowId,
  known: row,
});

/**
 * Which changes an operation made. An `update` of a locale that did not exist is a creation; `create` and
 * `update` with `status: 'published'` are two changes (the draft's row is found by the caller: `rowId` null).
 */
export function changesOf(operation: Operation): Change[] {
  const { action, result } = operation;
  if (result === null || result === undefined) return [];
  if (action === 'create' || action === 'update') return written(operation, result as Partial<Row>);
  const entries = (result as Returned).entries ?? [];
  switch (action) {
    case 'clone':
      return entries.map((row) => change('created', row, statusOf(operation, row), row.id ?? null));
    case 'publish':
      return entries.map((row) => change('published', row, 'published', row.id ?? null));
    case 'discardDraft':
      return entries.map((row) => change('draft_discarded', row, 'draft', row.id ?? null));
    case 'unpublish':
      return entries.map((row) => change('unpublished', row, 'published', null));
    case 'delete':
      return deleted(operation, entries);
    default:
      return [];
  }
}

const statusOf = ({ draftAndPublish }: Operation, row: Partial<Row>): 'draft' | 'published' =>
  draftAndPublish && isDraft(row) ? 'draft' : 'published';

function written(operation: Operation, row: Partial<Row>): Change[] {
  const existed =
    operation.action === 'update' &&
    operation.before.some(
      (old) => (old.locale ?? null) === (row.locale ?? null) && (!operation.draftAndPublish || isDraft(old)),
    );
  const action: ContentAction = existed ? 'updated' : 'created';
  if (operation.draftAndPublish && operation.status === 'published') {
    return [
      change(action, { ...row, publishedAt: null }, 'draft', null),
      change('published', row, 'published', row.id ?? null),
    ];
  }
  return [change(action, row, statusOf(operation, row), row.id ?? null)];
}

/** One `deleted` a document and locale: of the published row if there was one, else of the draft. */
function deleted(operation: Operation, entries: readonly Partial<Row>[]): Change[] {
  const gone = new Set(entries.map((row) => row.id));
  const byLocale = new Map<string | null, Row>();
  for (const row of operation.before) {
    if (!gone.has(row.id)) continue;
    const locale = row.locale ?? null;
    const kept = byLocale.get(locale);
    if (!kept || (isDraft(kept) && !isDraft(row))) byLocale.set(locale, row);
  }
  return [...byLocale.values()].map((row) => change('deleted', row, statusOf(operation, row), null));
}
