import { contentTelling, createPublications } from './publication';
import type { Change } from './change';

const change = (action: Change['action'], more: Partial<Change> = {}) => ({
  action,
  documentId: 'doc',
  locale: 'en',
  status: action === 'published' ? ('published' as const) : ('draft' as const),
  ...more,
});

function setUp() {
  let made = 0;
  return createPublications(() => `msg_${(made += 1)}`);
}

describe('the ids of events of one transaction', () => {
  it.each(['created', 'updated'] as const)('a draft that is %s names its publication', (action) => {
    const publications = setUp();
    const saved = publications.idsOf(change(action), contentTelling);
    const published = publications.idsOf(change('published'), contentTelling);
    expect(saved.publishedAs).not.toBeNull();
    expect(published).toEqual({ messageId: saved.publishedAs, publishedAs: null });
  });

  it('several changes name the same publication; what comes after it names another', () => {
    const publications = setUp();
    const first = publications.idsOf(change('updated'), contentTelling);
    const second = publications.idsOf(change('updated'), contentTelling);
    expect(second.publishedAs).toBe(first.publishedAs);
    expect(second.messageId).not.toBe(first.messageId);
    const published = publications.idsOf(change('published'), contentTelling);
    const later = publications.idsOf(change('updated'), contentTelling);
    expect(later.publishedAs).not.toBe(published.messageId);
  });

  it.each([
    ['of another document', change('published', { documentId: 'other' }), contentTelling],
    ['of another language', change('published', { locale: 'uk' }), contentTelling],
    ['as another event', change('published'), 'article.live'],
  ])('is not a publication %s', (_what, published, telling) => {
    const publications = setUp();
    const saved = publications.idsOf(change('updated'), contentTelling);
    expect(publications.idsOf(published, telling).messageId).not.toBe(saved.publishedAs);
  });

  it('what has no drafts, or is no save of one, names none', () => {
    const publications = setUp();
    for (const one of [
      change('updated', { status: 'published' }),
      change('deleted'),
      change('draft_discarded'),
    ])
      expect(publications.idsOf(one, contentTelling).publishedAs).toBeNull();
  });

  it('no id is given twice', () => {
    const publications = setUp();
    const ids = ['updated', 'published', 'published', 'updated', 'updated', 'published'].map(
      (action) => publications.idsOf(change(action as Change['action']), contentTelling).messageId,
    );
    expect(new Set(ids).size).toBe(ids.length);
  });
});
