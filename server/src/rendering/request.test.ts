import type { RequestTemplate } from '../../../contracts';
import { article, inputWith } from './input.fixture';
import type { InputChoices } from './input.fixture';
import { addressWith, masked, renderRequest, withSecrets } from '.';
import { TemplateError } from './template-error';

const json = (choices: InputChoices): unknown => JSON.parse(renderRequest(inputWith(choices)).body ?? 'null');
const body = (text: string, more: InputChoices = {}) => json({ ...more, template: { body: text } });
const problemOf = (choices: InputChoices) => {
  try {
    renderRequest(inputWith(choices));
  } catch (error) {
    if (error instanceof TemplateError) return error.problem;
    throw error;
  }
  throw new Error('it was rendered');
};
const problem = (template: Partial<RequestTemplate>, more: InputChoices = {}) =>
  problemOf({ ...more, template });

describe('a JSON body', () => {
  it('keeps the type of a value that stands without quotes', () => {
    const values = { n: 1.5, yes: true, no: null, list: [1, 'a'], object: { a: 1 }, text: 'a "b"' };
    expect(
      body(
        '{"n":{{entry.n}},"yes":{{entry.yes}},"no":{{entry.no}},"missing":{{entry.missing}},"list":{{entry.list}},' +
          '"object":{{entry.object | json}},"text":{{entry.text}}}',
        { entry: values },
      ),
    ).toEqual({ ...values, missing: null });
  });

  it('makes a text of a value within quotes, and no value breaks it', () => {
    const entry = {
      title: 'He said "no"\n\\ \u2028',
      author: { name: "O'Neil" },
      tags: ['a', 'b'],
      missing: null,
    };
    expect(
      body('{"text":"{{entry.title}} by {{entry.author.name}}: {{entry.tags}}{{entry.missing}}"}', { entry }),
    ).toEqual({
      text: 'He said "no"\n\\ \u2028 by O\'Neil: a, b',
    });
  });

  it('knows the place of a value through if, for and capture', () => {
    const text =
      '{% capture names %}{% for tag in entry.tags %}"{{ tag.name }}" {% endfor %}{% endcapture %}' +
      '{"said":"{{ names }}","list":[{% for tag in entry.tags %}{{ tag.name }}{% unless forloop.last %},{% endunless %}' +
      '{% endfor %}],"quoted":"{% if entry.featured %}{{ entry.title }}{% else %}-{% endif %}"}';
    expect(body(text)).toEqual({
      said: '"soup" "autumn" ',
      list: ['soup', 'autumn'],
      quoted: article['title'],
    });
  });

  it.each([
    ['a comma too many', '{\n  "a": 1,\n}', 3, 1, 'there is a comma too many before this'],
    [
      'a comma that a loop leaves',
      '[{% for tag in entry.tags %}1,{% endfor %}]',
      1,
      43,
      'there is a comma too many before this',
    ],
    ['no comma', '{"a": 1\n "b": 2}', 2, 2, 'a comma or } is missing before this'],
    ['no end', '{"a": "{{ entry.title }}"', 1, 25, 'the JSON ends too early: } is missing'],
    [
      'a line break in quotes',
      '{"a": "b\n"}',
      1,
      9,
      'a text in quotes must not hold a line break; write \\n',
    ],
    [
      'a text beside a value',
      '{"a": {{ entry.rating }}5}',
      1,
      25,
      'stands beside other text; put quotes around both',
    ],
    [
      'a value beside a number',
      '{"a": -{{ entry.rating }}}',
      1,
      8,
      'stands beside other text; put quotes around both',
    ],
    [
      'a name without quotes',
      '{"a": 1, {{ entry.slug }}: 1}',
      1,
      26,
      'stands beside other text; put quotes around both',
    ],
    [
      'a backslash before a value',
      '{"a": "\\{{ entry.slug }}"}',
      1,
      9,
      'follows a backslash; write two of them before a value',
    ],
    [
      'half of an escape',
      '{"a": "\\u00{{ entry.slug }}"}',
      1,
      12,
      'follows a backslash; write two of them before a value',
    ],
  ])('says where there is %s', (_name, text, line, column, message) => {
    expect(problem({ body: text })).toMatchObject({ path: 'body', message, line, column });
  });

  it('no message holds a value', () => {
    expect(JSON.stringify(problem({ body: '{"a": {{ entry.title }} x}' }))).not.toContain('soups');
  });

  it('may be nothing, for a DELETE', () => {
    const template = {
      method: "{% if event.action == 'unpublished' %}DELETE{% else %}PUT{% endif %}",
      body: '{% if event.action != "unpublished" %}{{ entry }}{% endif %}',
    };
    expect(renderRequest(inputWith({ template }))).toMatchObject({
      method: 'PUT',
      contentType: 'application/json',
    });
    const unpublished = inputWith({
      template,
      event: { action: 'unpublished', type: 'article.unpublished' },
    });
    expect(renderRequest(unpublished)).toMatchObject({ method: 'DELETE', body: null, contentType: null });
  });
});

describe('path, query and form', () => {
  it('encode values, and leave the text of the template', () => {
    const rendered = renderRequest(
      inputWith({
        entry: { ...article, slug: 'a/b?c=d&e#f ї' },
        template: {
          path: '/indexes/{{ entry.slug }}',
          query: [{ name: 'title', value: 'New: {{ entry.slug }}' }],
          bodyType: 'form',
          fields: [{ name: 'variables[X]', value: '{{ entry.title }}&' }],
        },
      }),
    );
    expect(rendered.suffix).toBe(
      '/indexes/a%2Fb%3Fc%3Dd%26e%23f%20%D1%97?title=New%3A%20a%2Fb%3Fc%3Dd%26e%23f%20%D1%97',
    );
    expect(rendered.body).toBe('variables%5BX%5D=Seven%20soups%20for%20a%20rainy%20week%26');
    expect(rendered.contentType).toBe('application/x-www-form-urlencoded');
  });

  it.each([
    ['..', 'must not lead to another folder (..)'],
    ['.', 'must not lead to another folder (..)'],
    ['', 'is empty, and a part of the path would be missing'],
    [null, 'is empty, and a part of the path would be missing'],
  ])('a value %p cannot lead elsewhere', (slug, message) => {
    expect(problem({ path: '/a/{{ entry.slug }}' }, { entry: { slug } })).toMatchObject({
      path: 'path',
      message,
    });
  });

  it('the server is always that of the URL', () => {
    expect(addressWith('https://a.example/x?k=1', '/y?z=2')).toBe('https://a.example/x/y?k=1&z=2');
    expect(addressWith('https://a.example', '.evil.example/y')).toBe('https://a.example/.evil.example/y');
    expect(new URL(addressWith('https://a.example', '//evil.example')).host).toBe('a.example');
    expect(new URL(addressWith('https://a.example', '@evil.example')).host).toBe('a.example');
    expect(addressWith('https://a.example/x/', '')).toBe('https://a.example/x/');
  });
});

describe('headers', () => {
  it('are Liquid; empty ones are left out', () => {
    const headers = [
      { name: 'x-title', value: '{{ entry.title | truncate: 11 }}' },
      { name: 'x-none', value: '{{ entry.none }}' },
    ];
    expect(() => renderRequest(inputWith({ headers }))).toThrow('letters beyond Latin');
    headers.splice(0, 1, { name: 'x-title', value: '{{ entry.title | truncate: 11, "..." }}' });
    expect(renderRequest(inputWith({ headers })).headers).toEqual([
      { name: 'x-title', value: 'Seven so...' },
    ]);
  });

  it.each(['a\r\nx-evil: 1', 'a\nb', 'a\0b'])('no value begins another header: %j', (title) => {
    const headers = [{ name: 'x-title', value: 'T {{ entry.title }}!' }];
    expect(problemOf({ headers, entry: { title } })).toMatchObject({ path: 'headers.0.value' });
  });
});

describe('secrets', () => {
  const secretNames = ['token', 'other'];
  const template = {
    path: '/{{ secret.token }}',
    query: [{ name: 'k', value: '{{ secret.token }}' }],
    body: '{"a": "{{ secret.other }}", "b": {{ secret.token }}, "c": "{{ entry.title }}"}',
  };
  const headers = [{ name: 'authorization', value: 'Bearer {{ secret.token }}' }];
  const values = { token: 'a"b/c d', other: 'x\\y\nz' };

  it('are put in where the request is sent, escaped for their place', () => {
    const rendered = renderRequest(inputWith({ template, headers, secretNames }));
    expect(JSON.stringify(rendered)).not.toContain('a"b');
    expect(rendered.secrets?.names.toSorted()).toEqual(['other', 'token']);
    const sent = withSecrets(rendered, values);
    expect(sent.suffix).toBe('/a%22b%2Fc%20d?k=a%22b%2Fc%20d');
    expect(JSON.parse(sent.body ?? '')).toEqual({ a: values.other, b: values.token, c: article['title'] });
    expect(sent.headers).toEqual([{ name: 'authorization', value: 'Bearer a"b/c d' }]);
    expect(masked(rendered).headers).toEqual([{ name: 'authorization', value: 'Bearer ••••' }]);
  });

  it('cannot be asked for by what is written into an entry', () => {
    const known = renderRequest(inputWith({ template, headers, secretNames }));
    const mark = /s[0-9a-f]{32}n\d+e/.exec(known.body ?? '')?.[0] ?? 'none';
    const entry = { title: `{{ secret.token }} ${mark}` };
    const sent = withSecrets(renderRequest(inputWith({ template, headers, secretNames, entry })), values);
    expect(JSON.parse(sent.body ?? '')).toMatchObject({ c: entry.title });
  });

  it('no secret with a line break becomes a header, and none is left out', () => {
    const rendered = renderRequest(inputWith({ headers, secretNames }));
    expect(() => withSecrets(rendered, { token: 'a\r\nb' })).toThrow('the secret token holds a line break');
    expect(() => withSecrets(rendered, {})).toThrow('the secret token has no value');
  });

  it.each([
    '{{ secret.token | upcase }}',
    '{% if secret.token == "a" %}{% endif %}',
    '{% assign a = secret.token %}',
    '{% assign a = secret %}',
    '{% capture a %}{{ secret.token }}{% endcapture %}',
    '{% for a in secret %}{% endfor %}',
    '{{ entry.title | append: secret.token }}',
    '{{ secret }}',
    '{{ secret[entry.title] }}',
    '{{ secret.token.size }}',
    '{{ entry[secret.token] }}',
  ])('%s is refused', (text) => {
    expect(problem({ bodyType: 'text', body: text }, { secretNames }).message).toMatch(
      /^a secret can only be written/,
    );
  });
});

describe('a template', () => {
  it('knows the event, the actor, the site and the link to the entry', () => {
    expect(
      body(
        '{"e":"{{event.type}} {{event.action}} {{event.at}} {{event.model}}","a":"{{actor.name}}","u":"{{entryUrl}}",' +
          '"s":"{{site.url}}","w":"{{webhook.name}}","p":"{{previous.title}}","c":{{changedFields}},"t":{{event.test}}}',
      ),
    ).toEqual({
      e: 'article.published published 2026-11-24T14:02:07.418Z article',
      a: 'Olena Kovalenko',
      u: 'https://cms.example.com/admin/content-manager/collection-types/api::article.article/hb5uwmcyivkdkl5v8elqzvmp?plugins[i18n][locale]=en',
      s: 'https://cms.example.com',
      w: 'Newsroom',
      p: 'Soups',
      c: ['title', 'publishedAt'],
      t: false,
    });
  });

  it.each([
    ['{{ entry.title | truncte: 9 }}', 18, 'there is no filter called “truncte”', 'truncate'],
    ['{% fro a in b %}', 4, 'there is no tag called “fro”', 'for'],
    ["{% include 'a' %}", 4, 'the tag “include” is not available here', null],
    ['{{ entry.title', 1, 'a value begins here with {{ and does not end with }}', null],
    ['{% if a %}', 1, 'a tag begins here and is never closed', null],
  ])('says what is wrong with %s', (text, column, message, suggestion) => {
    expect(problem({ bodyType: 'text', body: text })).toMatchObject({
      path: 'body',
      line: 1,
      column,
      message,
      suggestion,
    });
  });

  it('has another hash as soon as it is another one', () => {
    const of = (choices: InputChoices) => renderRequest(inputWith(choices)).of;
    const first = of({ template: { body: '{}' } });
    expect(of({ template: { body: '{}' }, entry: { title: 'x' } })).toBe(first);
    expect(of({ template: { body: '{ }' } })).not.toBe(first);
    expect(of({ template: { body: '{}' }, headers: [{ name: 'a', value: 'b' }] })).not.toBe(first);
  });
});
