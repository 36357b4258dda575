import { request as httpRequest } from 'node:http';
import { webhookInput } from '../../../contracts';
import { fillPreset, presetById, presetFor, presetProblems, presets } from '../../../contracts/presets';
import type { Preset, PresetAnswers } from '../../../contracts/presets';
import { addressWith, checkTemplate, renderRequest, withSecrets } from '.';
import { article, inputWith } from './input.fixture';
import type { InputChoices } from './input.fixture';
import { receivers, startReceivers } from './receivers.fixture';

const token = 'token-12345678';
/** What a person enters, beyond what is proposed. */
const entered: Record<string, PresetAnswers> = {
  ntfy: { url: 'https://ntfy.sh/our-newsroom', fields: { token } },
  n8n: { url: 'https://n8n.example.com/webhook/0a1b2c3d-0000-4000-8000-00000000beef', fields: {} },
  github: { fields: { repository: 'kovalenko/website', token } },
  nextjs: {
    url: 'https://www.example.com/api/revalidate',
    fields: { token, path: '/articles/{{ entry.slug | url }}' },
  },
  algolia: { fields: { app: 'B1G2GM9NG0', index: 'articles', token } },
  meilisearch: { url: 'https://search.example.com/indexes/articles/documents', fields: { token } },
  typesense: { url: 'https://xxxx.a1.typesense.net/collections/articles/documents', fields: { token } },
  cloudflare_purge: {
    fields: {
      zone: '023e105f4ecef8ad9ca31a8372d0c353',
      pages: 'https://www.example.com/\nhttps://www.example.com/articles/{{ entry.slug | url }}',
      token,
    },
  },
  fastly_purge: { fields: { service: 'SU1Z0isxPaozGVKXdv0eY', token } },
};

function answersFor({ id, address }: Preset): PresetAnswers {
  const example = address.kind === 'pasted' ? address.example : '';
  return entered[id] ?? { url: example, fields: {} };
}

const dangerous =
  '@everyone <!channel> <@U1> "quoted" \\ \n\r\n {{ secret.token }} {% endcapture %} </script> \u2028 😀 ї &';
const happenings: [string, InputChoices][] = [
  ['published', {}],
  ['updated', { event: { type: 'article.updated', action: 'updated', status: 'draft', locale: null } }],
  ['unpublished', { event: { type: 'article.unpublished', action: 'unpublished', changedFields: null } }],
  [
    'that shows something that changed',
    { event: { type: 'article.affected', action: 'affected', changedFields: null } },
  ],
  ['deleted', { event: { type: 'article.deleted', action: 'deleted', changedFields: null } }],
  [
    'of dangerous content',
    { entry: { ...article, title: dangerous, slug: dangerous, author: { name: dangerous } } },
  ],
  ['of 10,000 characters', { entry: { ...article, title: '<&"\\'.repeat(2500), slug: 'a'.repeat(500) } }],
  ['of 10,000 letters of three bytes', { entry: { ...article, title: '語'.repeat(10_000) } }],
  ['without a title', { entry: { id: 1, documentId: 'abc' } }],
  ['of a site without an address', { site: { serverUrl: '', adminUrl: '' } }],
];

let server: Awaited<ReturnType<typeof startReceivers>>;
beforeAll(async () => {
  server = await startReceivers();
});
afterAll(() => server.close());

interface Wire {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string | null;
}

function send(id: string, { method, path, headers, body }: Wire): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = { 'user-agent': 'test', 'x-receiver': id, ...headers };
    const length = body === null ? {} : { 'content-length': Buffer.byteLength(body) };
    const request = httpRequest(
      server.origin + path,
      { method, headers: { ...sent, ...length } },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      },
    );
    request.on('error', reject).end(body ?? undefined);
  });
}

/** The request of a filled preset as it goes over the wire. */
function wireOf(preset: Preset, happening: InputChoices): Wire {
  const filled = webhookInput.parse(fillPreset(preset, { ...answersFor(preset), events: ['article.*'] }));
  const input = inputWith(happening);
  const secrets = filled.templateSecrets.map(({ name, value }) => [name, value ?? ''] as const);
  const webhook = {
    id: 1,
    name: filled.name,
    format: filled.format,
    template: filled.template,
    headers: filled.headers.map(({ name, value }) => ({ name, value: value ?? '' })),
    secretNames: secrets.map(([name]) => name),
  };
  const rendered = withSecrets(renderRequest({ ...input, webhook }), Object.fromEntries(secrets));
  const address = new URL(addressWith(filled.url, rendered.suffix));
  const headers: Record<string, string> = Object.fromEntries(
    rendered.headers.map(({ name, value }) => [name, value]),
  );
  if (rendered.contentType !== null) headers['content-type'] = rendered.contentType;
  return { method: rendered.method, path: address.pathname + address.search, headers, body: rendered.body };
}

describe.each(presets.map((preset) => [preset.id, preset] as const))('the preset %s', (id, preset) => {
  it('has all that it needs, and a template in which nothing is wrong', () => {
    expect(presetProblems(preset, answersFor(preset))).toEqual([]);
    const filled = webhookInput.parse(
      fillPreset(preset, { ...answersFor(preset), events: ['article.published'] }),
    );
    expect(JSON.stringify({ ...filled, templateSecrets: [] })).not.toMatch(/token-12345678|«/);
    if (filled.template === null) return;
    const headers = filled.headers.map(({ name, value }) => ({ name, value: value ?? '' }));
    const secretNames = filled.templateSecrets.map(({ name }) => name);
    const samples = happenings.filter(([, { site }]) => !site).map(([, happening]) => inputWith(happening));
    expect(
      checkTemplate({ template: filled.template, headers, secretNames, samples: samples.slice(0, 4) }),
    ).toEqual([]);
  });

  it.each(happenings)('is taken by its receiver: an event %s', async (_name, happening) => {
    const answer = await send(id, wireOf(preset, happening));
    expect(answer).toEqual({ status: expect.any(Number) as number, text: answer.text });
    expect(`${answer.status} ${answer.text}`).toMatch(/^2/);
  });

  it('is found by its own example', () => {
    const url =
      preset.address.kind === 'pasted'
        ? (answersFor(preset).url ?? '')
        : fillPreset(preset, answersFor(preset)).url;
    if (id !== 'plain') expect(presetFor(url)).toEqual({ preset, warning: null });
  });
});

describe('the stand-ins refuse what the real ones refuse', () => {
  const json = { 'content-type': 'application/json' };
  const post = (path: string, body: unknown, headers: Record<string, string> = {}): Wire => ({
    method: 'POST',
    path,
    headers: { ...json, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const bearer = { authorization: `Bearer ${token}` };
  const section = (text: string) => ({
    text: 'a',
    blocks: [{ type: 'section', text: { type: 'mrkdwn', text } }],
  });
  const wrong: [string, string, Wire, string][] = [
    ['no JSON', 'slack', post('/', '{'), '400 invalid_payload'],
    ['no text', 'slack', post('/', {}), '400 no_text'],
    ['a section that is too long', 'slack', post('/', section('a'.repeat(3001))), '400 invalid_blocks'],
    ['a mention', 'slack', post('/', { text: '<!channel>' }), '400 mentions_somebody'],
    [
      '2,001 characters',
      'discord',
      post('/', { content: 'a'.repeat(2001), allowed_mentions: { parse: [] } }),
      '400 Must be',
    ],
    ['mentions allowed', 'discord', post('/', { content: 'a' }), '400 mentions'],
    ['a message that is no card', 'teams', post('/', { text: 'a' }), '400 bad attachment'],
    ['a topic in the path', 'ntfy', post('/topic', { topic: 'a', message: 'a' }), '400 the topic'],
    ['nested fields', 'zapier', post('/', { a: {} }), '400 fields'],
    ['no token', 'github', post('/repos/a/b/dispatches', {}), '401 Bad credentials'],
    [
      'a long event type',
      'github',
      post(
        '/repos/a/b/dispatches',
        { event_type: 'a'.repeat(101) },
        { ...bearer, accept: 'application/vnd.github+json' },
      ),
      '422 event_type',
    ],
    ['a body', 'netlify', post('/build_hooks/a', {}), '400 a body'],
    ['another path', 'vercel', { method: 'POST', path: '/a', headers: {}, body: null }, '404'],
    ['a wrong secret', 'nextjs', post('/', { tags: ['a'] }), '401'],
    [
      'a whole index',
      'algolia',
      {
        method: 'DELETE',
        path: '/1/indexes/a',
        headers: { 'x-algolia-api-key': token, 'x-algolia-application-id': 'B1G2GM9NG0' },
        body: null,
      },
      '404',
    ],
    [
      'all documents',
      'meilisearch',
      { method: 'DELETE', path: '/indexes/a/documents', headers: bearer, body: null },
      '400 this deletes all',
    ],
    [
      'a number as id',
      'typesense',
      post('/collections/a/documents?action=upsert', { id: 1 }, { 'x-typesense-api-key': token }),
      '400',
    ],
    [
      '31 addresses',
      'cloudflare_purge',
      post('/', { files: Array.from({ length: 31 }, () => 'https://a.example/') }, bearer),
      '400 1 to 30',
    ],
    [
      'no keys',
      'fastly_purge',
      { method: 'POST', path: '/service/a/purge', headers: { 'fastly-key': token }, body: null },
      '400 no keys',
    ],
    ['half a mutation', 'graphql', post('/', { query: 'mutation {', variables: {} }), '400'],
    ['another format', 'plain', post('/', { event: 'a' }), '400 not standard'],
  ];
  it.each(wrong)('%s: %s', async (_name, id, wire, expected) => {
    const { status, text } = await send(id, wire);
    expect(`${status} ${text}`).toMatch(new RegExp(`^${expected}`));
  });

  it('there is one for every preset', () => {
    expect(Object.keys(receivers).toSorted()).toEqual(presets.map(({ id }) => id).toSorted());
  });
});

describe('a preset is recognised by its URL', () => {
  it.each([
    ['https://hooks.slack.com/services/T0/B0/x', 'slack'],
    ['https://canary.discord.com/api/webhooks/1/x', 'discord'],
    ['https://x.environment.api.powerplatform.com:443/powerautomate/automations/direct/workflows/x', 'teams'],
    ['https://hooks.zapier.com/hooks/catch/1/x/', 'zapier'],
    ['https://acme.app.n8n.cloud/webhook/anything', 'n8n'],
    ['https://github.com/kovalenko/website', 'github'],
    ['https://b1g2gm9ng0-dsn.algolia.net/1/indexes/a', 'algolia'],
    ['https://hooks.slack.com.evil.example/services/x', null],
    ['https://example.com/hooks', null],
    ['not a URL', null],
    ['ftp://ntfy.sh/a', null],
  ])('%s → %s', (url, id) => expect(presetFor(url)?.preset.id ?? null).toBe(id));

  it('an address that will not work is recognised, with the reason', () => {
    const warning = 'preset.n8n.test_address';
    expect(presetFor('https://n8n.example.com/webhook-test/x')).toEqual({
      preset: presetById('n8n'),
      warning,
    });
    expect(presetFor('https://acme.webhook.office.com/webhookb2/x')?.warning).toBe(
      'preset.teams.retired_address',
    );
  });
});

describe('what was entered', () => {
  const slack = presetById('slack') as Preset;

  it('is Liquid, and stays a text in the request', () => {
    const message = 'New "{{ entry.title }}" \\ for $1 }} {"a": 1}';
    const filled = fillPreset(slack, { url: 'https://hooks.slack.com/services/x', fields: { message } });
    const input = inputWith();
    const webhook = {
      ...input.webhook,
      format: filled.format,
      template: webhookInput.parse(filled).template,
    };
    const body = JSON.parse(renderRequest({ ...input, webhook }).body ?? '') as { text: string };
    expect(body.text).toBe('New "Seven soups for a rainy week" \\ for $1 }} {"a": 1}');
  });

  it('what is missing is named', () => {
    expect(presetProblems(slack, { url: 'x', fields: {} })).toEqual(['url']);
    const github = presetById('github') as Preset;
    expect(presetProblems(github, { fields: { repository: 'https://a' } })).toEqual(['repository', 'token']);
  });

  it('a header and a secret that are not needed are left out', () => {
    const ntfy = presetById('ntfy') as Preset;
    const filled = fillPreset(ntfy, { url: 'https://ntfy.example.com/kitchen', fields: {} });
    expect(filled).toMatchObject({ url: 'https://ntfy.example.com', headers: [], templateSecrets: [] });
    expect(JSON.stringify(filled.template)).toContain('kitchen');
  });

  it('a build waits until editors are quiet', () => {
    for (const id of ['netlify', 'vercel', 'cloudflare_pages']) {
      expect(presetById(id)).toMatchObject({ collapse: { per: 'webhook', send: 'latest' }, urlSecret: true });
    }
  });
});
