import { requestTemplate } from '../../../contracts';
import type { Catalog, Links } from '../catalog';
import { createRequests } from '../payload/requests';
import { createPreviewService } from './preview';
import type { PreviewDeps } from './preview';

const token = 'xoxb-a/0123456789?<&"';
const password = 'Very secret: 0123456789';
/** As filters of templates, forms and JSON spell it. */
const spellingsOf = (secret: string): string[] => [
  secret,
  JSON.stringify(secret).slice(1, -1),
  encodeURIComponent(secret),
  encodeURIComponent(secret).replaceAll('%20', '+'),
  secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&#34;'),
  Buffer.from(secret).toString('base64'),
  Buffer.from(secret).toString('base64url'),
  secret.toUpperCase(),
];

const data = { uid: null, documentId: 'd', entry: { title: 'Soups' }, changedFields: null };
const catalog = () => ({ plan: () => undefined, get: () => undefined }) as unknown as Catalog;
const plainBody = {
  of: (_to: unknown, { body }: { body: string }) => body,
  coreEntryOf: () => null,
} as unknown as PreviewDeps['bodyFor'];

const preview = createPreviewService({
  sample: (type: string) => ({ type, timestamp: '', data }),
  withSampleShownBy: (body: string) => body,
  requests: createRequests({
    catalog,
    links: () => ({ serverUrl: 'https://cms.example.com', adminUrl: '' }) as unknown as Links,
    bodyFor: plainBody,
    othersTurn: async () => undefined,
  } as unknown as Parameters<typeof createRequests>[0]),
  bodyFor: plainBody,
  now: () => 0,
  newSecret: () => `whsec_${Buffer.from('0123456789').toString('base64')}`,
} as unknown as PreviewDeps);

const previewOf = (template: Record<string, unknown>) =>
  preview.preview(
    {
      webhook: {
        ...{ name: 'One', url: 'https://example.com/hook', secretUrl: false, events: ['article.created'] },
        ...{ fields: null, timeoutSeconds: null, collapse: null, shownBy: false, format: 'template' },
        headers: [{ name: 'x-password', value: password, secret: true }],
        template: requestTemplate.parse(template),
        templateSecrets: [{ name: 'token', value: token }],
      },
      ...{ eventType: 'article.created', eventId: null },
    } as unknown as Parameters<typeof preview.preview>[0],
    true,
  );

describe('a preview', () => {
  const secret = '{{ secret.token }}';
  it.each([
    ['a JSON body', { body: `{"a": "x${secret}", "b": ${secret}}` }],
    ['a form', { bodyType: 'form', fields: [{ name: 'a', value: secret }] }],
    ['a text', { bodyType: 'text', body: `a=${secret}` }],
    ['the path', { path: `/${secret}` }],
    ['the query', { query: [{ name: 'key', value: secret }] }],
  ])(
    'tells nothing of a secret of the template in %s, which writes it in its own way',
    async (_, template) => {
      const result = await previewOf(template);
      expect(result).toMatchObject({ problems: [], request: { body: expect.any(String) } });
      const { url, body } = result.request ?? { url: '', body: '' };
      expect(decodeURIComponent(url + body)).toContain('••••');
      for (const spelling of [...spellingsOf(token), ...spellingsOf(password)])
        expect(JSON.stringify(result)).not.toContain(spelling);
    },
  );

  it.each(['json', 'url', 'escape', 'upcase', 'append: "x"'])(
    'refuses a secret that goes through a filter, which could encode it: %s',
    async (filter) => {
      const result = await previewOf({ bodyType: 'text', body: `{{ secret.token | ${filter} }}` });
      expect(result.request).toBeNull();
      expect(result.problems).toMatchObject([
        { path: 'body', message: expect.stringContaining('without filters') },
      ]);
    },
  );

  it('shows that a secret stands there, and what is around it', async () => {
    const { request, problems } = await previewOf({
      bodyType: 'text',
      body: '{{ entry.title }}: {{ secret.token }}',
      query: [{ name: 'key', value: 'a{{ secret.token }}' }],
    });
    expect(problems).toEqual([]);
    expect(request?.body).toBe('Soups: ••••');
    expect(decodeURIComponent(request?.url ?? '')).toBe('https://example.com/hook?key=a••••');
    expect(request?.headers['x-password']).toMatch(/^•+$/);
  });

  it('hides a secret of a header also where content holds it, encoded or not', async () => {
    const { request } = await previewOf({
      bodyType: 'text',
      body: `${password} {{ "${password}" | json }} {{ "${password}" | url }} end`,
    });
    expect(request?.body).toMatch(/^•+ "•+" •+ end$/);
  });
});
