import { completed, completionAt, corrected, inserted, offsetOf, piecesOf } from './template';

const context = {
  event: { type: 'article.published' },
  entry: { title: 'Seven soups', author: { name: 'Olena', slug: 'olena' } },
};
/** A text whose caret is `^`. */
const at = (marked: string) => ({ text: marked.replace('^', ''), caret: marked.indexOf('^') });
const offered = (marked: string) => completionAt(at(marked), context)?.offered.map(({ name }) => name);

describe('names in a template', () => {
  it('are offered step by step, with their values', () => {
    expect(offered('{{ ^ }}')).toEqual(['event', 'entry']);
    expect(offered('{{ ent^ }}')).toEqual(['entry']);
    expect(completionAt(at('{{ entry.^ }}'), context)?.offered).toEqual([
      { name: 'title', shown: 'Seven soups' },
      { name: 'author', shown: null },
    ]);
    expect(offered('{% if entry.author.na^ %}')).toEqual(['name']);
    expect(offered('{% for item in ^ %}')).toEqual(['event', 'entry']);
  });

  it('are not offered in plain text, after a closed output, or for a filter', () => {
    expect(offered('entry.^')).toBeUndefined();
    expect(offered('{{ entry.title }} ^')).toBeUndefined();
    expect(offered('{{ entry.title | e^ }}')).toBeUndefined();
    expect(offered('{{ entry.title.^ }}')).toBeUndefined();
  });

  it('are completed in place, and lead on where there is more', () => {
    const text = at('"By {{ entry.au^ }}"');
    const completion = completionAt(text, context);
    const [author] = completion?.offered ?? [];
    expect(author && completed(text, completion?.start ?? 0, author)).toEqual(
      at('"By {{ entry.author.^ }}"'),
    );
  });
});

describe('a mistake', () => {
  const text = '{\n  "a": "{{ x | truncte: 90 }}"\n}';

  it('is found by line and column, and corrected', () => {
    expect(text.slice(offsetOf(text, 2, 16)).startsWith('truncte')).toBe(true);
    expect(corrected(text, 2, 16, 'truncate')).toBe('{\n  "a": "{{ x | truncate: 90 }}"\n}');
    expect(offsetOf(text, 9, 1)).toBe(text.length);
  });
});

describe('a snippet', () => {
  it('leaves the caret where the name is missing', () => {
    expect(inserted(at('a^b'), 'field')).toEqual(at('a{{ ^ }}b'));
    expect(inserted(at('^'), 'list')).toEqual(at('{% for item in ^ %}\n{% endfor %}'));
  });
});

describe('a line', () => {
  it('has its Liquid and its JSON told apart, and loses nothing', () => {
    const line = '  "text": "*{{ entry.title | slack }}*", "n": 1';
    const pieces = piecesOf(line);
    expect(pieces.map(({ text }) => text).join('')).toBe(line);
    expect(pieces.filter(({ kind }) => kind === 'liquid').map(({ text }) => text)).toEqual([
      '{{ entry.title | slack }}',
    ]);
    expect(pieces.filter(({ kind }) => kind === 'name').map(({ text }) => text)).toEqual(['"text":', '"n":']);
  });
});
