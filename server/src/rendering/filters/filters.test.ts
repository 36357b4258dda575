import { inputWith } from '../input.fixture';
import { renderRequest } from '..';

const written = (body: string, entry: Record<string, unknown> = {}): string | null =>
  renderRequest(inputWith({ template: { bodyType: 'text', body }, entry })).body;

const story = [
  { type: 'heading', level: 2, children: [{ type: 'text', text: 'Soups' }] },
  {
    type: 'paragraph',
    children: [
      { type: 'text', text: 'From ' },
      { type: 'text', text: 'borscht', bold: true, italic: true },
      { type: 'text', text: ' to ' },
      { type: 'link', url: 'https://example.com', children: [{ type: 'text', text: 'ramen' }] },
    ],
  },
  {
    type: 'list',
    format: 'ordered',
    children: [
      { type: 'list-item', children: [{ type: 'text', text: 'one' }] },
      {
        type: 'list',
        format: 'unordered',
        children: [{ type: 'list-item', children: [{ type: 'text', text: 'half' }] }],
      },
      { type: 'list-item', children: [{ type: 'text', text: 'two' }] },
    ],
  },
  { type: 'code', children: [{ type: 'text', text: 'boil()' }] },
  { type: 'quote', children: [{ type: 'text', text: 'Hot' }] },
  { type: 'image', image: { url: '/a.png', alternativeText: 'A pot' }, children: [] },
];

describe('filters', () => {
  it.each([
    ['{{ "Seven soups" | truncate: 7 }}', 'Seven…'],
    ['{{ "Seven soups" | truncate: 8, "..." }}', 'Seven...'],
    ['{{ "ab😀cd" | truncate: 4 }}', 'ab…'],
    ['{{ "short" | truncate: 90 }}', 'short'],
    ['{{ "a" | append: "b" | prepend: "c" | upcase }}', 'CAB'],
    ['{{ "élan vital" | capitalize }}', 'Élan vital'],
    ['{{ "A" | downcase }}{{ " a " | strip }}', 'aa'],
    ['{{ "a-b-c" | replace: "-", "+" | remove: "c" }}', 'a+b+'],
    ['{{ "a,b" | split: "," | join: "; " }}', 'a; b'],
    ['{{ "a,b" | split: "," | first }}{{ "a,b" | split: "," | last }}{{ "a,b" | split: "," | size }}', 'ab2'],
    ['{{ entry.none | default: "nobody" }}{{ "" | default: "-" }}{{ 0 | default: 1 }}', 'nobody-0'],
    ['{{ "<b>a</b><br>b &amp; c" | strip_html }}', 'a\nb & c'],
    ['{{ "a & <!channel> <b>" | slack }}', 'a &amp; &lt;!channel&gt; &lt;b&gt;'],
    ['{{ "a&&&" | slack: 7 }}', 'a&amp;…'],
    ['{{ "aaaaaaa" | slack: 7 }}', 'aaaaaaa'],
    ['{{ "@everyone *b*" | discord }}', '@\u200beveryone \\*b\\*'],
    ['{{ "a_b [c](d)" | markdown_escape }}', 'a\\_b \\[c\\](d)'],
    ['{{ "a b/ї" | url }}', 'a%20b%2F%D1%97'],
    ['{{ "<a href=\'x\'>" | escape }}', '&lt;a href=&#39;x&#39;&gt;'],
    ['{{ "2026-11-24T14:02:07.418Z" | date: "%e %B %Y, %H:%M" }}', '24 November 2026, 14:02'],
    ['{{ "2026-11-24T14:02:07.418Z" | date: "%H:%M", timezone: "Europe/Kyiv" }}', '16:02'],
    ['{{ "2026-11-24T14:02:07.418Z" | date: "%A", locale: "uk" }}', 'вівторок'],
    ['{{ "now" | date: "%Y-%m-%d" }}', '2026-11-24'],
    ['{{ entry.none | date: "%Y" }}', ''],
    ['{{ 1250.5 | number: 2 }} {{ 1250.5 | number: 2, locale: "de" }}', '1,250.50 1.250,50'],
    ['{{ 5 | plus: 2 | times: 3 | minus: 1 | divided_by: 2 | modulo: 7 }}', '3'],
    ['{{ 4.567 | round: 2 }} {{ 4.2 | ceil }} {{ 4.8 | floor }} {{ -1 | abs }}', '4.57 5 4 1'],
    ['{{ "b,a,b" | split: "," | uniq | sort | reverse | join: "" }}', 'ba'],
    ['{{ "abc" | slice: 1, 2 }}{{ "abc" | slice: -1 }}', 'bcc'],
  ])('%s → %s', (body, expected) => expect(written(body)).toBe(expected));

  it('lists of an entry are mapped, chosen from and counted', () => {
    const entry = { tags: [{ name: 'soup', hot: true }, { name: 'salad', hot: false }, { name: null }] };
    expect(written('{{ entry.tags | map: "name" | compact | join }}', entry)).toBe('soup, salad');
    expect(written('{{ entry.tags | where: "hot" | map: "name" }}', entry)).toBe('soup');
    expect(written('{{ entry.tags | where: "name", "salad" | size }}', entry)).toBe('1');
  });

  it('long lists are compared and searched', () => {
    const list = Array.from({ length: 100_000 }, (_, index) => index);
    const body =
      '{% if entry.list == entry.same %}a{% endif %}{% if entry.list contains 99999 %}b{% endif %}{% case entry.list %}{% when entry.other %}c{% when entry.same %}d{% endcase %}';
    expect(written(body, { list, same: list, other: [...list, 1] })).toBe('abd');
  });

  it('objects lose and gain fields', () => {
    const entry = { id: 7, title: 'Soups', slug: 'soups' };
    expect(written('{{ entry | only: "title", "slug" | json }}', entry)).toBe(
      '{"title":"Soups","slug":"soups"}',
    );
    expect(written('{{ entry | without: "title", "id" | json }}', entry)).toBe('{"slug":"soups"}');
    expect(written('{{ entry | with: "id", "a1" | json }}', entry)).toBe(
      '{"id":"a1","title":"Soups","slug":"soups"}',
    );
  });

  it('text: rich text without its formatting', () => {
    expect(written('{{ entry.story | text }}', { story })).toBe(
      'Soups\n\nFrom borscht to ramen\n\n1. one\n  - half\n2. two\n\nboil()\n\nHot\n\nA pot',
    );
    expect(
      written('{{ entry.html | text }}', { html: '<p>One&nbsp;pot</p><script>alert(1)</script><p>Half</p>' }),
    ).toBe('One pot\nHalf');
    const md =
      '# Soups\n\n**One** pot, _half_ an [hour](https://a.b) ![x](y)\n> quoted\n\n2 * 3 * 4, snake_case_name';
    expect(written('{{ entry.md | text }}', { md })).toBe(
      'Soups\n\nOne pot, half an hour x\nquoted\n\n2 * 3 * 4, snake_case_name',
    );
  });

  it('markdown: blocks as Markdown, all else as it is', () => {
    expect(written('{{ entry.story | markdown }}', { story })).toBe(
      '## Soups\n\nFrom _**borscht**_ to [ramen](https://example.com)\n\n1. one\n  - half\n2. two\n\n```\nboil()\n```\n\n> Hot\n\n![A pot](/a.png)',
    );
    expect(written('{{ "**a**" | markdown }}')).toBe('**a**');
  });

  it.each([
    ['{{ 1 | divided_by: 0 }}', 'divides by zero'],
    [
      '{{ "2026-01-01" | date: "%Y", timezone: "Mars/Base" }}',
      'is given a language or a time zone that is not known',
    ],
    ['{{ 1 | number: 2, locale: "no such" }}', 'is given a language that is not known'],
  ])('%s: %s', (body, message) => expect(() => written(body)).toThrow(message));

  it.each([
    'sum',
    'group_by',
    'sample',
    'where_exp',
    'raw',
    'inspect',
    'base64_decode',
    'sha256',
    'newline_to_br',
  ])('there is no filter %s', (name) =>
    expect(() => written(`{{ "a" | ${name} }}`)).toThrow(`there is no filter called “${name}”`),
  );
});
