import type { RequestTemplate } from '../../../contracts';
import { requestTemplate } from '../../../contracts';
import { inputWith } from './input.fixture';
import { checkTemplate } from '.';
import type { TemplateSample } from '.';

const check = (
  template: Partial<RequestTemplate>,
  {
    headers = [],
    secretNames = ['token'],
    samples = [inputWith()],
  }: { headers?: { name: string; value: string }[]; secretNames?: string[]; samples?: TemplateSample[] } = {},
) =>
  checkTemplate({
    template: { ...requestTemplate.parse({}), bodyType: 'text', ...template },
    headers,
    secretNames,
    samples,
  });

describe('a template is checked', () => {
  it('nothing is said about a good one', () => {
    const body =
      '{% for tag in entry.tags %}{{ forloop.index }} {{ tag.name }}{% endfor %}{% assign a = entry.author %}{{ a.name }}' +
      '{% capture b %}{{ entry.title.size }}{% endcapture %}{{ b }}{{ event.type }}{{ entry.tags.first.name }}{{ changedFields }}' +
      '{% if entry.featured and entry.rating > 4 %}{{ previous.title | default: entry["title"] }}{% endif %}{{ secret.token }}';
    expect(check({ body })).toEqual([]);
  });

  it('all mistakes that can be seen are told at once, each with its place and its remedy', () => {
    const body = 'a\n {{ entry.title | truncte: 9 }}\n{{ entry.title | upcse }}{{ secret.tokn }}';
    expect(
      check(
        { body, path: '/{{ secret.token | upcase }}' },
        { headers: [{ name: 'x', value: '{% fi a %}' }] },
      ),
    ).toEqual([
      {
        path: 'path',
        line: 1,
        column: 5,
        message: expect.stringContaining('a secret can only') as string,
        suggestion: null,
        warning: false,
      },
      {
        path: 'body',
        line: 2,
        column: 19,
        message: 'there is no filter called “truncte”',
        suggestion: 'truncate',
        warning: false,
      },
      {
        path: 'body',
        line: 3,
        column: 18,
        message: 'there is no filter called “upcse”',
        suggestion: 'upcase',
        warning: false,
      },
      {
        path: 'body',
        line: 3,
        column: 29,
        message: 'there is no secret called “tokn”',
        suggestion: 'token',
        warning: false,
      },
      {
        path: 'headers.0.value',
        line: 1,
        column: 4,
        message: 'there is no tag called “fi”',
        suggestion: 'if',
        warning: false,
      },
    ]);
  });

  it.each([
    ['{{ entry.titel }}', 10, 'entry.titel', 'title'],
    ['{{ entry.author.nmae }}', 17, 'entry.author.nmae', 'name'],
    ['{{ entyr.title }}', 4, 'entyr', 'entry'],
    ['{% for tag in entry.tags %}{{ tag.nam }}{% endfor %}', 35, 'tag.nam', 'name'],
    ['{% if entry.fetured %}{% endif %}', 13, 'entry.fetured', 'featured'],
    ['{{ entry.title | append: entry.slugg }}', 32, 'entry.slugg', 'slug'],
    ['{{ event.locle }}', 10, 'event.locle', 'locale'],
  ])('a name that the sample does not have is a warning: %s', (body, column, unknown, suggestion) => {
    expect(check({ body })).toEqual([
      {
        path: 'body',
        line: 1,
        column,
        message: `the sample has nothing called “${unknown.split('.').at(-1)}”; it is sent as nothing`,
        suggestion,
        warning: true,
        unknown,
      },
    ]);
  });

  it('a name with a default may be missing', () => {
    expect(check({ body: '{{ entry.name | default: entry.headline | default: entry.title }}' })).toEqual([]);
  });

  it('a name that one of several samples has is none', () => {
    const samples = [inputWith(), inputWith({ entry: { price: 1 } })];
    expect(check({ body: '{{ entry.price }}{{ entry.title }}' }, { samples })).toEqual([]);
  });

  it('what follows a value that is null in the sample is not judged', () => {
    const samples = [inputWith({ entry: { author: null, list: [] } })];
    expect(
      check({ body: '{{ entry.author.name }}{% for a in entry.list %}{{ a.b }}{% endfor %}' }, { samples }),
    ).toEqual([]);
  });

  it('what cannot be rendered with a sample is told, once for all samples', () => {
    const samples = [inputWith(), inputWith()];
    expect(check({ bodyType: 'json', body: '{"a": 1,}' }, { samples })).toEqual([
      {
        path: 'body',
        line: 1,
        column: 9,
        message: 'there is a comma too many before this',
        suggestion: null,
        warning: false,
      },
    ]);
    expect(check({ method: 'PSOT' })).toMatchObject([
      { path: 'method', message: 'must be one of POST, PUT, PATCH, DELETE, GET' },
    ]);
  });

  it('all texts together have a limit', () => {
    expect(check({ body: 'a'.repeat(64 * 1024), path: '/b' })).toMatchObject([
      { path: 'body', message: expect.stringContaining('longer than 65536') as string },
    ]);
  });
});
