import { lateChanges } from './late-changes';
import type { NotedRow } from './late-changes';
import type { Row } from '../content/row';

const noted = (operation: NotedRow['operation'], row: Partial<Row>): NotedRow => ({
  operation,
  row: { id: 1, documentId: 'doc', locale: null, publishedAt: null, ...row } as Row,
});

const base = {
  documentId: 'doc',
  ownLocales: new Set<string | null>([null]),
  draftAndPublish: true,
  publishes: false,
  seen: () => false,
};

describe('what the innermost capture did not see', () => {
  it('a second next() on create made a second document', () => {
    const late = lateChanges({
      ...base,
      action: 'create',
      documentId: null,
      noted: [noted('create', { id: 9, documentId: 'second' })],
    });
    expect(late).toMatchObject([
      { cause: 'repeated', change: { action: 'created', documentId: 'second', rowId: 9 } },
    ]);
  });

  it('a copy that i18n made of shared fields is an update of the other locale; of a published row it is a publishing', () => {
    const late = lateChanges({
      ...base,
      action: 'update',
      ownLocales: new Set(['en']),
      noted: [
        noted('update', { id: 4, locale: 'uk' }),
        noted('update', { id: 5, locale: 'de', publishedAt: 'now' }),
      ],
    });
    expect(late).toMatchObject([
      { cause: 'i18n_sync', change: { action: 'updated', locale: 'uk', status: 'draft' } },
      { cause: 'i18n_sync', change: { action: 'published', locale: 'de', status: 'published' } },
    ]);
  });

  it('a row that the operation itself made is told of once, however often it is written then', () => {
    const late = lateChanges({
      ...base,
      action: 'create',
      documentId: null,
      noted: [noted('create', { id: 9 }), noted('update', { id: 9 })],
    });
    expect(late).toHaveLength(1);
  });

  it('a deletion that a middleware repeated is told once', () => {
    const rows = [noted('delete', { id: 1 }), noted('delete', { id: 2, publishedAt: 'now' })];
    expect(lateChanges({ ...base, action: 'delete', noted: rows })).toMatchObject([
      { change: { action: 'deleted', status: 'published' } },
    ]);
    expect(lateChanges({ ...base, action: 'delete', noted: rows, seen: () => true })).toEqual([]);
  });
});
