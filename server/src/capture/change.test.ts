import { actionOn, changeOf, deletedRows, returnedIds } from './change';
import type { Row } from '../content/row';

const row = (id: number, over: Partial<Row> = {}): Row => ({
  id,
  documentId: 'doc',
  locale: null,
  publishedAt: null,
  ...over,
});
const published = { publishedAt: '2026-11-24T10:00:00.000Z' };

describe('what a document operation did to a row', () => {
  const drafts = { draftAndPublish: true, publishes: false };

  it.each([
    ['create', {}, true, 'created'],
    ['create', published, true, 'published'],
    ['update', {}, false, 'updated'],
    ['update', {}, true, 'created'],
    ['update', published, true, 'published'],
    ['clone', {}, true, 'created'],
    ['publish', published, true, 'published'],
    ['publish', {}, false, null],
    ['discardDraft', {}, true, 'draft_discarded'],
    ['findOne', {}, false, null],
  ] as const)('%s of %j, new: %s: %s', (action, over, isNew, expected) => {
    expect(actionOn({ ...drafts, action }, row(1, over), isNew)).toBe(expected);
  });

  it('without draft & publish every row is a published one, and is created and updated', () => {
    const plain = { draftAndPublish: false, publishes: false };
    expect(actionOn({ ...plain, action: 'update' }, row(1, published), false)).toBe('updated');
    expect(changeOf('updated', row(1), plain)).toMatchObject({ status: 'published', rowId: 1 });
    expect(changeOf('deleted', row(1), plain)).toMatchObject({ rowId: null });
  });
});

describe('what an operation returned', () => {
  it('only ids are taken from it; a row that somebody else deleted first is none', () => {
    expect(returnedIds('update', { id: 4, title: 'only what was asked for' })).toEqual([4]);
    expect(returnedIds('update', null)).toEqual([]);
    expect(returnedIds('delete', { documentId: 'doc', entries: [{ id: 1 }, null, { id: 3 }] })).toEqual([
      1, 3,
    ]);
    expect(returnedIds('publish', undefined)).toEqual([]);
  });

  it('deleting a document with draft, published and three locales is one event per locale, of the published row', () => {
    const rows = ['en', 'uk', 'de'].flatMap((locale, index) => [
      row(index * 2 + 1, { locale }),
      ...(locale === 'de' ? [] : [row(index * 2 + 2, { locale, ...published })]),
    ]);
    expect(deletedRows(rows).map(({ id, locale }) => [id, locale])).toEqual([
      [2, 'en'],
      [4, 'uk'],
      [5, 'de'],
    ]);
  });
});
