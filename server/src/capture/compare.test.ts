import { changedFields, facts, sameContent } from './compare';

const comparable = [
  { name: 'title', kind: 'scalar' as const },
  { name: 'date', kind: 'scalar' as const },
  { name: 'author', kind: 'relation' as const },
  { name: 'seo', kind: 'scalar' as const },
];

describe('what changed between two rows of one document', () => {
  it('names scalars, relations by what they point to, and components by their content', () => {
    const before = {
      title: 'a',
      date: new Date(0),
      author: { id: 1, documentId: 'x' },
      seo: { id: 1, title: 's' },
    };
    const after = {
      title: 'b',
      date: new Date(0),
      author: { id: 2, documentId: 'x' },
      seo: { id: 9, title: 's' },
    };
    expect(changedFields(comparable, before, after)).toEqual(['title']);
    expect(
      changedFields(comparable, before, {
        ...after,
        author: { id: 3, documentId: 'y' },
        seo: { title: 't' },
      }),
    ).toEqual(['title', 'author', 'seo']);
  });

  it('takes a missing value and null for the same', () => {
    expect(changedFields(comparable, { title: null }, {})).toEqual([]);
  });

  it('says nothing of what was not read, but for what was written all the same', () => {
    const before = { title: 'a' };
    const after = { title: 'b', author: { documentId: 'x' }, seo: { title: 's' } };
    const unread = new Set(['author', 'seo']);
    expect(changedFields(comparable, before, after, { unread })).toEqual(['title']);
    const written = new Set(['title', 'author']);
    expect(changedFields(comparable, before, after, { unread, written })).toEqual(['title', 'author']);
    expect(changedFields(comparable, before, after)).toEqual(['title', 'author', 'seo']);
  });

  it('finds the same content behind new row ids and dates of writing', () => {
    expect(sameContent({ id: 1, title: 'a', updatedAt: 1 }, { id: 2, title: 'a', updatedAt: 2 })).toBe(true);
    expect(sameContent({ id: 1, title: 'a' }, { id: 1, title: 'b' })).toBe(false);
  });

  it('gives conditions dates as ISO text and relations as sorted ids, and leaves out what was not read', () => {
    expect(
      facts(['date', 'author', 'gone'], {
        date: new Date(0),
        author: [{ documentId: 'b' }, { documentId: 'a' }],
      }),
    ).toEqual({
      date: '1970-01-01T00:00:00.000Z',
      author: ['a', 'b'],
    });
  });
});
