import { lateChanges } from './late-changes';
import type { NotedRow } from './late-changes';
import type { Row } from './rows';

const noted = (operation: NotedRow['operation'], row: Partial<Row>, names: string[] = []): NotedRow => ({
  operation,
  row: { id: 1, documentId: 'doc', locale: null, publishedAt: null, ...row } as Row,
  names,
});

const base = {
  documentId: 'doc',
  ownLocales: new Set<string | null>([null]),
  draftAndPublish: true,
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

  it('a copy that i18n made of shared fields is an update of the other locale, with the names of the copied fields', () => {
    const late = lateChanges({
      ...base,
      action: 'update',
      ownLocales: new Set(['en']),
      noted: [noted('update', { id: 4, locale: 'uk' }, ['topic'])],
    });
    expect(late).toMatchObject([
      { cause: 'i18n_sync', change: { action: 'updated', locale: 'uk' }, names: ['topic'] },
    ]);
  });

  it('the draft that publishing stamps is no update', () => {
    expect(lateChanges({ ...base, action: 'publish', noted: [noted('update', { id: 2 })] })).toEqual([]);
  });

  it('a deletion that a middleware repeated is told once', () => {
    const rows = [noted('delete', { id: 1 }), noted('delete', { id: 2, publishedAt: 'now' })];
    expect(lateChanges({ ...base, action: 'delete', noted: rows })).toMatchObject([
      { change: { action: 'deleted', status: 'published' } },
    ]);
    expect(lateChanges({ ...base, action: 'delete', noted: rows, seen: () => true })).toEqual([]);
  });
});
