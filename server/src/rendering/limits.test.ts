import { inputWith } from './input.fixture';
import type { InputChoices } from './input.fixture';
import { renderRequest } from '.';
import { TemplateError } from './template-error';

/** What any template may cost, whoever wrote it. Of the processor: other tests may be running. */
const mostCpuMs = 500;
const mostMemoryBytes = 256 * 1024 * 1024;

interface Cost {
  cpuMs: number;
  /** What the process has grown by, at its largest. */
  bytes: number;
  result: string;
}

function costOf(choices: InputChoices): Cost {
  const input = inputWith(choices);
  const before = process.memoryUsage().rss;
  const begin = process.cpuUsage();
  let result: string;
  try {
    result = renderRequest(input).body ?? '';
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    result = `refused: ${error.message}`;
  }
  const { user, system } = process.cpuUsage(begin);
  return { cpuMs: (user + system) / 1000, bytes: process.memoryUsage().rss - before, result };
}

const text = (body: string, entry: Record<string, unknown> = {}): InputChoices => ({
  template: { bodyType: 'text', body },
  entry,
});

const nested = (depth: number, loop: string, inside: string): string =>
  loop.repeat(depth) + inside + '{% endfor %}'.repeat(depth);
const big = 'ab'.repeat(500_000);
const list = Array.from({ length: 2000 }, (_, index) => index);
const long = Array.from({ length: 100_000 }, (_, index) => index);
const doubling = (line: string): string => `{% assign a = "0123456789" %}${line.repeat(60)}{{ a }}`;
const deep = (open: string, close: string, depth: number): unknown =>
  JSON.parse(open.repeat(depth) + '1' + close.repeat(depth));

const attacks: [string, InputChoices, RegExp][] = [
  ['an endless range', text('{% for i in (1..100000000) %}a{% endfor %}'), /at most 1000 numbers/],
  [
    'a range that never ends, since adding 1 changes nothing',
    text('{% for i in (100000000000000000..100000000000000016) %}{% endfor %}'),
    /whole numbers/,
  ],
  ['a range by the entry', text('{% for i in (1..entry.n) %}a{% endfor %}', { n: 1e9 }), /two whole numbers/],
  ['a range elsewhere', text('{{ (1..100000000) | join }}'), /at most 1000 numbers/],
  ['nested loops', text(nested(5, '{% for i in (1..1000) %}', 'a')), /too many steps/],
  ['nested loops of nothing', text(nested(4, '{% for i in (1..1000) %}', '')), /too many steps/],
  [
    'nested loops over a list',
    text(nested(3, '{% for i in entry.list %}', '{{ i }}'), { list }),
    /too many steps/,
  ],
  [
    'loops with a long condition',
    text(nested(2, '{% for i in (1..1000) %}', `{% if ${'i == 0 or '.repeat(2000)}i == 1 %}{% endif %}`)),
    /refused/,
  ],
  [
    'doubling by append',
    text(doubling('{% assign a = a | append: a %}')),
    /becomes longer than|too much text/,
  ],
  [
    'doubling by capture',
    text(doubling('{% capture a %}{{ a }}{{ a }}{% endcapture %}')),
    /makes the text longer|too much text/,
  ],
  ['doubling by replace', text(doubling('{% assign a = a | replace: "0", a %}')), /becomes longer than/],
  [
    'multiplying by join',
    text('{% assign a = entry.big | split: "a" %}{{ a | join: entry.big }}', { big }),
    /more than 10000 items/,
  ],
  [
    'multiplying by join of few',
    text('{{ entry.list | join: entry.big }}', { big, list }),
    /becomes longer than/,
  ],
  [
    'a giant output',
    text('{% for i in (1..1000) %}{{ entry.big }}{% endfor %}', { big }),
    /makes the text longer/,
  ],
  [
    'a giant output in a variable',
    text('{% for i in (1..1000) %}{% capture a %}{{ entry.big }}{% endcapture %}{% endfor %}', { big }),
    /too much text/,
  ],
  [
    'a thousand filters on a big text',
    text(`{{ entry.big ${'| replace: "a", "b" '.repeat(2000)}}}`, { big }),
    /too much text|too long/,
  ],
  [
    'a thousand JSON texts',
    text(`${'{{ data | json | size }}'.repeat(2000)}`, { big }),
    /too much text|too long/,
  ],
  [
    'many searches in a big text',
    text(`{% if ${'entry.big contains "zzz" or '.repeat(1500)}false %}{% endif %}`, { big }),
    /^$|refused/,
  ],
  [
    'a search of a long needle',
    text('{% if entry.a contains entry.b %}{% endif %}', { a: 'a'.repeat(1e6), b: `b${'a'.repeat(40_000)}` }),
    /^$/,
  ],
  [
    'many searches of a long needle',
    text(`{% if ${'entry.a contains entry.b or '.repeat(2000)}false %}{% endif %}`, {
      a: 'a'.repeat(1e6),
      b: `b${'a'.repeat(40_000)}`,
    }),
    /too much text|takes too long/,
  ],
  [
    'many comparisons of long lists',
    text(`{% if ${'entry.list == entry.other or '.repeat(2000)}false %}{% endif %}`, {
      list: long,
      other: [...long.slice(0, -1), -1],
    }),
    /too much text|takes too long/,
  ],
  [
    'many cases of long lists',
    text(`{% case entry.list %}{% when ${'entry.other, '.repeat(4000)}1 %}{% endcase %}`, {
      list: long,
      other: [...long.slice(0, -1), -1],
    }),
    /too much text|takes too long/,
  ],
  [
    'many loops over a long list, of which nothing is taken',
    text('{% for a in entry.list reversed limit: 0 %}{% endfor %}'.repeat(1_100), { list: long }),
    /^$|refused/,
  ],
  ['a template of 1 MB', text('{{ a }}'.repeat(150_000)), /must be at most 65536 characters/],
  ['a template of open brackets', text('{'.repeat(60_000)), /refused/],
  ['a template of begun values', text('{{ '.repeat(20_000)), /refused/],
  ['a template of begun tags', text('{% '.repeat(20_000)), /refused/],
  ['a template of begun raws', text('{% raw %}'.repeat(7_000)), /refused/],
  ['a template of open quotes', text(`{{ ${'"'.repeat(60_000)} }}`), /^$|refused/],
  [
    'a template of brackets in brackets',
    text(`{{ a${'[a'.repeat(15_000)}${']'.repeat(15_000)} }}`),
    /refused/,
  ],
  ['a template of parentheses', text(`{{ ${'('.repeat(60_000)} }}`), /refused/],
  ['tags in tags', text(nested(1_500, '{% for i in a %}', 'a')), /more than 30 deep/],
  [
    'conditions in conditions',
    text('{% if a %}'.repeat(3_000) + '{% endif %}'.repeat(3_000)),
    /more than 30 deep/,
  ],
  ['data in data', text('{{ entry.a }}{{ data | json }}', { a: deep('[', ']', 4_000) }), /^\d|refused/],
  [
    'a comparison of deep lists',
    text('{% if entry.a == entry.b %}{% endif %}', { a: deep('[', ']', 4_000), b: deep('[', ']', 4_000) }),
    /^$|refused/,
  ],
  ['truncate with a giant number', text('{{ "abc" | truncate: 100000000000000 }}'), /^abc$/],
  [
    'truncate with a giant ellipsis',
    text('{{ entry.big | truncate: 10, entry.big }}', { big }),
    /^ababababab$/,
  ],
  ['truncate with nonsense', text('{{ "abc" | truncate: "x" }}'), /not a number/],
  ['slice with a giant number', text('{{ "abc" | slice: -100000000000, 100000000000 }}'), /^abc$/],
  ['round with a giant number', text('{{ 1.5 | round: 100000000000 }}'), /^1.5$/],
  ['number with giant decimals', text('{{ 1.5 | number: 100000000000 }}'), /^1\.50{19}$/],
  [
    'replace with a giant number of places',
    text('{{ entry.big | replace: "a", entry.big }}', { big }),
    /becomes longer than/,
  ],
  [
    'a date with a giant width',
    text('{{ entry.at | date: "%99999999Y" }}', { at: '2026-01-01' }),
    /format that is too long/,
  ],
  [
    'a date with a long format',
    text('{{ entry.at | date: entry.big }}', { at: '2026-01-01', big }),
    /format that is too long/,
  ],
  [
    'many dates',
    text(
      '{% for i in (1..1000) %}{{ "2026-01-01" | date: "%B %A %Z", timezone: "Europe/Kyiv" }}{% endfor %}',
    ),
    /refused/,
  ],
  ['a file', text("{% include '/etc/passwd' %}"), /the tag “include” is not available/],
  ['a file by render', text("{% render '/etc/passwd' %}"), /the tag “render” is not available/],
  ['a file by layout', text("{% layout '/etc/passwd' %}"), /the tag “layout” is not available/],
  ['HTML of begun tags', text('{{ entry.a | text }}', { a: '<a '.repeat(300_000) }), /./],
  ['HTML of begun scripts', text('{{ entry.a | strip_html }}x', { a: '<script>'.repeat(120_000) }), /^x$/],
  ['HTML of scripts', text('{{ entry.a | strip_html }}x', { a: '<script></script>'.repeat(55_000) }), /^x$/],
  ['HTML of entities', text('{{ entry.a | text }}', { a: '&#x'.repeat(300_000) }), /./],
  ['Markdown of open brackets', text('{{ entry.a | text }}', { a: '['.repeat(900_000) }), /./],
  ['Markdown of images', text('{{ entry.a | text }}', { a: '![]('.repeat(220_000) }), /./],
  ['Markdown of stars', text('{{ entry.a | text }}', { a: ' *a'.repeat(300_000) }), /./],
  ['Markdown of spaces', text('{{ entry.a | text }}', { a: ' \t'.repeat(450_000) }), /^$/],
  ['blank lines', text('{{ entry.a | text }}{{ entry.a | strip }}', { a: '\n'.repeat(900_000) }), /^$/],
  ['an escape that grows', text('{{ entry.a | url }}', { a: 'ї'.repeat(400_000) }), /becomes longer than/],
  [
    'sorting a long list',
    text('{{ entry.list | sort | size }}', {
      list: Array.from({ length: 150_000 }, (_, index) => (index * 7919) % 150_001),
    }),
    /^150000$/,
  ],
];

describe('no template takes much', () => {
  it.each(attacks)('%s', (_name, choices, expected) => {
    const { cpuMs, bytes, result } = costOf(choices);
    expect(result.slice(0, 200)).toMatch(
      expected.source.startsWith('^') ? new RegExp(expected.source, 's') : expected,
    );
    expect({ cpuMs, bytes }).toEqual({
      cpuMs: expect.any(Number) as number,
      bytes: expect.any(Number) as number,
    });
    expect(cpuMs).toBeLessThan(mostCpuMs);
    expect(bytes).toBeLessThan(mostMemoryBytes);
  });

  it.each([
    ...[
      '{{ entry.constructor }}',
      '{{ entry.__proto__ }}',
      '{{ entry.toString }}',
      '{{ entry["constructor"]["name"] }}',
    ],
    ...['{{ entry.title.constructor.name }}', '{{ entry.list.constructor }}'],
    ...['{{ constructor }}', '{{ __proto__ }}', '{{ toString }}', '{{ hasOwnProperty }}', '{{ process }}'],
    ...[
      '{{ entry.list | map: "constructor" | join: "" }}',
      '{{ entry.list | where: "constructor" | join: "" }}',
    ],
    ...['{{ event.constructor.constructor }}', '{{ forloop.constructor }}', '{{ "a".constructor }}'],
  ])('%s reaches no prototype', (body) => {
    expect(costOf(text(body, { title: 'a', list: [{ a: 1 }] })).result).toBe('');
  });

  it('a key of the entry named like a method breaks nothing', () => {
    const entry = JSON.parse(
      '{"toString":"a","valueOf":"b","__proto__":{"x":"c"},"toLiquid":"d","then":"e","size":"f"}',
    ) as Record<string, unknown>;
    const body =
      '{{ entry.toString }}{{ entry.valueOf }}{{ entry.toLiquid }}{{ entry.then }}{{ entry.size }}{% if entry > 1 or entry == 2 or entry contains "a" %}!{% endif %}{{ entry.x }}';
    expect(costOf(text(body, entry)).result).toBe('abdef');
  });
});
