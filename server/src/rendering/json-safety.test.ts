import fc from 'fast-check';
import { inputWith } from './input.fixture';
import { wellFormed } from './template/as-text';
import { renderRequest } from '.';

/** Everything that could end a string, a number or an object, and what is no whole character. */
const nasty = fc.constantFrom(
  ...[
    '"',
    '\\',
    '\\"',
    '\n',
    '\r\n',
    '\t',
    '\0',
    '\u2028',
    '\u2029',
    '\ud800',
    '\udc00',
    '😀',
    'é',
    'ї',
    '</script>',
  ],
  ...[
    '{{ entry.a }}',
    '{% endif %}',
    '}}',
    '%}',
    '"}',
    ']',
    ',',
    ':',
    '${x}',
    '\\u0041',
    '\u007f',
    'null',
    '1',
  ],
);
const text = fc
  .array(fc.oneof(nasty, fc.string({ unit: 'binary' })), { maxLength: 8 })
  .map((parts) => parts.join(''));
const value = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    text,
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (Object.is(number, -0) ? 0 : number)),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      text.filter((key) => key !== '__proto__'),
      tie('value'),
      { maxKeys: 4 },
    ),
  ),
})).value;

const places: [string, (read: unknown) => unknown][] = [
  ['{"found": {{ entry.value }}}', (read) => (read as { found: unknown }).found],
  ['{"found": {{ entry.value | json }} }', (read) => (read as { found: unknown }).found],
  ['[{{entry.value}},{{entry.value}}]', (read) => (read as unknown[])[1]],
  ['{{ entry.value }}', (read) => read],
  [
    '{% if true %}{"a": "\\"", "found": {% endif %}{{ entry.value }}}',
    (read) => (read as { found: unknown }).found,
  ],
  [
    '{"list": [{% for i in (1..3) %}{{ entry.value }}{% unless forloop.last %},{% endunless %}{% endfor %}]}',
    (read) => (read as { list: unknown[] }).list[2],
  ],
];

describe('JSON', () => {
  it('reads back every value that stands without quotes, with its type', () => {
    fc.assert(
      fc.property(value, fc.constantFrom(...places), (given, [body, find]) => {
        const rendered = renderRequest(inputWith({ template: { body }, entry: { value: given } })).body ?? '';
        expect(find(JSON.parse(rendered))).toEqual(given);
      }),
      { numRuns: 500 },
    );
  });

  it('reads back every text that stands in quotes, wherever it stands among others', () => {
    const before = fc.constantFrom('', 'a', '\\"', '\\\\', '\\u0041', "'", '}', '[1,', '//', '😀');
    const shapes = [
      (a: string, b: string) => `{"x": "${a}{{ entry.value }}${b}"}`,
      (a: string, b: string) =>
        `{"y": ["{", "\\\\"], "x": "${a}{% if entry.no %}"{% else %}{{ entry.value }}{% endif %}${b}"}`,
      (a: string, b: string) => `{% capture c %}{{ entry.value }}{% endcapture %}{"x":"${a}{{ c }}${b}"}`,
      (a: string, b: string) => `{% assign v = entry.value %}{"{{ v }}": 1, "x":"${a}{{ v }}${b}"}`,
    ];
    fc.assert(
      fc.property(text, before, before, fc.constantFrom(...shapes), (given, a, b, shape) => {
        const body =
          renderRequest(inputWith({ template: { body: shape(a, b) }, entry: { value: given } })).body ?? '';
        const around = (part: string): string => JSON.parse(`"${part}"`) as string;
        expect((JSON.parse(body) as { x: string }).x).toBe(around(a) + given + around(b));
      }),
      { numRuns: 500 },
    );
  });

  it('reads back what two filters made of a text', () => {
    fc.assert(
      fc.property(text, (given) => {
        const body =
          '{"a": "{{ entry.value | append: \'"\' | upcase }}", "b": {{ entry.value | append: "x" }}}';
        const rendered = renderRequest(inputWith({ template: { body }, entry: { value: given } })).body ?? '';
        expect(JSON.parse(rendered)).toEqual({ a: `${given}"`.toUpperCase(), b: `${given}x` });
      }),
    );
  });
});

describe('all other places', () => {
  it('read back what stands in a path, a query and a form', () => {
    const whole = text
      .map((part) => wellFormed(part))
      .filter((part) => !/^\.{1,2}$/.test(part) && part !== '');
    fc.assert(
      fc.property(whole, (given) => {
        const pairs = [{ name: 'v', value: '{{ entry.value }}' }];
        const template = {
          path: '/a/{{ entry.value }}/b',
          query: pairs,
          bodyType: 'form' as const,
          fields: pairs,
        };
        const { suffix, body } = renderRequest(inputWith({ template, entry: { value: given } }));
        const url = new URL(`https://a.example${suffix}`);
        const [, first, middle, last, ...more] = url.pathname.split('/');
        expect([first, decodeURIComponent(middle ?? ''), last, more]).toEqual(['a', given, 'b', []]);
        expect(url.searchParams.get('v')).toBe(given);
        expect(new URLSearchParams(body ?? '').get('v')).toBe(given);
      }),
      { numRuns: 300 },
    );
  });
});
