import { judgeConditions } from './evaluate';
import { factsOfEvent, factsTell } from './event-facts';
import type { JudgedEvent } from './event-facts';

const event = (more: Partial<JudgedEvent> = {}): JudgedEvent => ({
  type: 'article.updated',
  occurredAt: 0,
  locale: 'en',
  status: 'draft',
  changedFields: ['title'],
  actor: { type: 'admin', id: '1' },
  facts: null,
  ...more,
});
const body = (data: unknown) => JSON.stringify({ type: 'article.updated', timestamp: '', data });
const entry = {
  title: 'New',
  views: 7,
  author: { documentId: 'anna', country: 'UA' },
  editor: null,
  tags: [{ documentId: 'a' }, { documentId: 'b' }],
};
const article = body({
  uid: 'api::article.article',
  entry,
  changedFields: ['title'],
  previous: { title: 'Old' },
});

describe('the facts of a stored event', () => {
  it('are those that were captured with it', () => {
    const facts = { action: 'updated' as const, before: { views: 1 }, after: { views: 2 } };
    expect(factsTell(event({ facts }), ['views'])).toBe(true);
    expect(factsTell(event({ facts }), ['views', 'title'])).toBe(false);
    // Nothing was there before a creation, so nothing of it is missing.
    expect(factsTell(event({ facts: { ...facts, before: null } }), ['views'])).toBe(true);
    expect(factsOfEvent(event({ facts }), ['views'], null)).toMatchObject(facts);
  });

  it('are read from the body where they were not captured', () => {
    const paths = ['title', 'views', 'author.country', 'author', 'editor.name', 'tags', 'gone'];
    const read = factsOfEvent(event(), paths, article);
    expect(read.after).toEqual({
      title: 'New',
      views: 7,
      'author.country': 'UA',
      author: ['anna'],
      'editor.name': null,
      tags: ['a', 'b'],
    });
    // What did not change was as it is.
    expect(read.before).toEqual({ ...read.after, title: 'Old' });
    expect(read.action).toBe('updated');
  });

  it('of a change whose changed fields are not known tell nothing of before', () => {
    expect(factsOfEvent(event({ changedFields: null }), ['views'], article).before).toEqual({});
  });

  it.each(['deleted', 'unpublished'])('of what is %s are those that the entry had', (action) => {
    const gone = factsOfEvent(event({ type: `article.${action}`, changedFields: null }), ['views'], article);
    expect(gone).toMatchObject({ action, before: { views: 7 }, after: null });
    expect(judgeConditions({ field: 'views', is: 7 }, gone).holds).toBe(true);
  });

  it('of an event of an app are its data', () => {
    const facts = factsOfEvent(
      event({ type: 'order.shipped', changedFields: null }),
      ['carrier'],
      body({ carrier: 'np' }),
    );
    expect(judgeConditions({ field: 'carrier', is: 'np' }, facts).holds).toBe(true);
    expect(judgeConditions({ field: 'carrier', is: 'dhl' }, facts).holds).toBe(false);
  });

  it.each([
    null,
    'no JSON',
    '{}',
    body(null),
    body({ entry: [] }),
    body({ entry: { __proto__: { views: 7 } } }),
  ])('are unknown where nothing tells them: %s', (text) => {
    expect(judgeConditions({ field: 'views', is: 7 }, factsOfEvent(event(), ['views'], text)).holds).toBe(
      'unknown',
    );
  });
});
