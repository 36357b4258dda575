import { facts, valueAt } from './facts';
import type { JudgedField } from './facts';

const judged: JudgedField[] = [
  ...['total', 'author.country', 'author.joinedAt', 'seo.image.mime'].map((name): JudgedField => ({
    name,
    kind: 'scalar',
    content: (value) => value,
  })),
  ...['author', 'author.company'].map((name): JudgedField => ({
    name,
    kind: 'relation',
    content: (value) => value,
  })),
  { name: 'seo.tags', kind: 'component', content: (value) => value },
];
const names = judged.map(({ name }) => name);

describe('the values of a row by path', () => {
  it('are read through relations, components and files', () => {
    const row = {
      total: 5,
      author: { documentId: 'a1', country: 'UA', joinedAt: new Date(0), company: { documentId: 'c1' } },
      seo: { id: 7, image: { mime: 'image/png' }, tags: [{ id: 1, name: 'x' }] },
    };
    expect(facts(judged, names, row)).toEqual({
      total: 5,
      author: ['a1'],
      'author.country': 'UA',
      'author.joinedAt': '1970-01-01T00:00:00.000Z',
      'author.company': ['c1'],
      'seo.image.mime': 'image/png',
      'seo.tags': expect.stringMatching(/^#[0-9a-f]{12}$/),
    });
  });

  it('are empty behind an empty relation', () => {
    expect(facts(judged, names, { author: null, seo: { image: null, tags: [] } })).toEqual({
      author: [],
      'author.country': null,
      'author.joinedAt': null,
      'author.company': [],
      'seo.image.mime': null,
      'seo.tags': null,
    });
  });

  it('are absent where a part was not read, leads through a list, or is not to be judged', () => {
    expect(facts(judged, names, { author: { documentId: 'a1' }, seo: [{ image: null }] })).toEqual({
      author: ['a1'],
    });
    expect(facts(judged, ['secret'], { secret: 1 })).toEqual({});
    expect(facts(judged, names, null)).toBeNull();
  });

  it('are never those that every object has', () => {
    expect(valueAt({}, 'constructor')).toBeUndefined();
    expect(valueAt({ author: {} }, 'author.__proto__')).toBeUndefined();
    expect(valueAt({ title: 'text' }, 'title.length')).toBeUndefined();
  });
});
