import { changesOf } from './change';
import type { Row } from './rows';

const row = (id: number, over: Partial<Row> = {}): Row => ({
  id,
  documentId: 'doc',
  locale: null,
  publishedAt: null,
  ...over,
});
const published = { publishedAt: '2026-11-24T10:00:00.000Z' };

describe('changes of a document operation', () => {
  it('a creation that publishes at once is two changes: the draft and the published row', () => {
    const changes = changesOf({
      action: 'create',
      status: 'published',
      draftAndPublish: true,
      result: row(2, published),
      before: [],
    });
    expect(changes.map(({ action, status, rowId }) => [action, status, rowId])).toEqual([
      ['created', 'draft', null],
      ['published', 'published', 2],
    ]);
  });

  it('an update of a locale that did not exist is a creation', () => {
    const [change] = changesOf({
      action: 'update',
      status: undefined,
      draftAndPublish: true,
      result: row(5, { locale: 'uk' }),
      before: [row(1, { locale: 'en' })],
    });
    expect(change).toMatchObject({ action: 'created', locale: 'uk' });
  });

  it('an update of a document that is missing is nothing', () => {
    expect(
      changesOf({ action: 'update', status: undefined, draftAndPublish: true, result: null, before: [] }),
    ).toEqual([]);
  });

  it('deleting a document with draft, published and three locales is one event per locale, of the published row', () => {
    const before = ['en', 'uk', 'de'].flatMap((locale, index) => [
      row(index * 2 + 1, { locale }),
      ...(locale === 'de' ? [] : [row(index * 2 + 2, { locale, ...published })]),
    ]);
    const changes = changesOf({
      action: 'delete',
      status: undefined,
      draftAndPublish: true,
      result: { documentId: 'doc', entries: before },
      before,
    });
    expect(changes.map(({ action, locale, status }) => [action, locale, status])).toEqual([
      ['deleted', 'en', 'published'],
      ['deleted', 'uk', 'published'],
      ['deleted', 'de', 'draft'],
    ]);
  });

  it('publishing gives one change per published entry, unpublishing one without a row to read', () => {
    const entries = [row(3, { locale: 'en', ...published }), row(4, { locale: 'uk', ...published })];
    const of = (action: string) =>
      changesOf({
        action,
        status: undefined,
        draftAndPublish: true,
        result: { documentId: 'doc', entries },
        before: [],
      });
    expect(of('publish').map(({ action, rowId }) => [action, rowId])).toEqual([
      ['published', 3],
      ['published', 4],
    ]);
    expect(of('unpublish').map(({ action, rowId }) => [action, rowId])).toEqual([
      ['unpublished', null],
      ['unpublished', null],
    ]);
  });
});
