import type { UID } from '@strapi/strapi';
import type { TestResult, WhyView } from '../../contracts';
import { permissions } from '../../contracts';
import type { PermissionName } from '../../contracts';
import { addWebhook, startPlayground } from './harness/playground';
import type { Playground } from './harness/playground';
import { Receiver } from './harness/receiver';
import { until } from './harness/wait';

const read = 'plugin::content-manager.explorer.read';
const author = 'api::author.author';
const article = 'api::article.article';
const webhookUid = 'plugin::event-webhooks.webhook';

interface Content {
  subject: string;
  fields: string[];
  conditions?: string[];
  locales?: string[];
}

describe('whoever asks sees and sends of entries what the content manager would show them', () => {
  let playground: Playground;
  let receiver: Receiver;
  let webhook: { id: number };
  let roles = 0;

  async function call<T = Record<string, unknown>>(
    token: string,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; body: T; headers: Headers }> {
    const response = await fetch(playground.url + path, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: JSON.parse(text || 'null') as T, headers: response.headers };
  }

  /** An administrator who has these permissions of ours and these rights on content. */
  async function login(ours: PermissionName[], content: Content[]): Promise<{ token: string; id: number }> {
    roles += 1;
    const { body: role } = await playground.admin<{ data: { id: number } }>('POST', '/admin/roles', {
      ...{ name: `Asker ${roles}`, description: 'asks' },
    });
    const granted = [
      ...ours.map((name) => ({ action: permissions[name], subject: null, conditions: [], properties: {} })),
      ...content.map(({ subject, fields, conditions = [], locales }) => ({
        ...{ action: read, subject, conditions },
        properties: { fields, ...(locales && { locales }) },
      })),
    ];
    const put = await playground.admin('PUT', `/admin/roles/${role.data.id}/permissions`, {
      permissions: granted,
    });
    if (put.status !== 200) throw new Error(JSON.stringify(put.body));
    const email = `asker${roles}@example.com`;
    const user = (await playground.strapi.service('admin::user').create({
      ...{ email, password: 'Webhooks-2026', firstname: 'Asker', isActive: true, roles: [role.data.id] },
    })) as { id: number };
    const answer = await call<{ data: { token: string } }>('', 'POST', '/admin/login', {
      ...{ email, password: 'Webhooks-2026' },
    });
    return { token: answer.body.data.token, id: user.id };
  }

  const create = (uid: string, data: object, locale?: string) =>
    playground.strapi
      .documents(uid as UID.ContentType)
      .create({ data, ...(locale && { locale }) } as never) as unknown as Promise<{ documentId: string }>;

  const test = (token: string, eventType: string, entry: object) =>
    call<TestResult & { error?: { message: string } }>(
      token,
      'POST',
      '/event-webhooks/webhooks/actions/test',
      { webhookId: webhook.id, eventType, entry },
    );
  const trigger = (token: string, eventType: string, entry: object) =>
    call<{ error?: { message: string } }>(token, 'POST', `/event-webhooks/webhooks/${webhook.id}/trigger`, {
      eventType,
      entry,
    });
  const sent = () => receiver.requests.map(({ body }) => body.toString()).join('\n');

  beforeAll(async () => {
    receiver = await new Receiver().start();
    playground = await startPlayground({
      register: (strapi) =>
        void strapi.admin.services.permission?.conditionProvider.register({
          ...{ displayName: 'Not of the first one', name: 'not-of-first' },
          // The super administrator's, whom `beforeAll` of the harness made first.
          handler: () => ({ 'createdBy.id': { $ne: 1 } }),
        }),
    });
    webhook = await addWebhook(playground, {
      url: receiver.url('/secret-path'),
      events: ['author.updated', 'article.updated'],
      retryScheduleSeconds: [],
    });
  });
  afterAll(async () => {
    await playground?.stop();
    await receiver?.stop();
  });
  beforeEach(() => {
    receiver.requests.length = 0;
    receiver.answer = () => ({});
  });

  it('own entries only: another one is neither shown nor sent, and the refusal says why', async () => {
    const rights = [{ subject: author, fields: ['name', 'email'], conditions: ['admin::is-creator'] }];
    const { token, id } = await login(['read', 'test', 'trigger'], rights);
    const theirs = await create(author, { name: 'Somebody else wrote this' });
    const own = await create(author, { name: 'My own', createdBy: id });
    for (const ask of [test, trigger]) {
      const { status, body } = await ask(token, 'author.updated', {
        uid: author,
        documentId: theirs.documentId,
      });
      expect([status, body.error?.message]).toEqual([403, 'your role may not read this entry']);
    }
    expect(receiver.requests).toHaveLength(0);
    expect((await test(token, 'author.updated', { uid: author, documentId: own.documentId })).status).toBe(
      200,
    );
    expect(sent()).toContain('My own');
  });

  it('no right on the content type at all', async () => {
    const { token } = await login(['read', 'test', 'trigger'], []);
    const { documentId } = await create(author, { name: 'Unseen' });
    const entry = { uid: author, documentId };
    expect((await test(token, 'author.updated', entry)).status).toBe(403);
    expect((await trigger(token, 'author.updated', entry)).status).toBe(403);
    expect(receiver.requests).toHaveLength(0);
  });

  it('single fields: a test leaves the others out; a trigger would tell them, and is refused', async () => {
    const { token } = await login(['read', 'test', 'trigger'], [{ subject: author, fields: ['name'] }]);
    const { documentId } = await create(author, { name: 'Shown', email: 'private@example.com' });
    const entry = { uid: author, documentId };
    const { status, body } = await test(token, 'author.updated', entry);
    expect(status).toBe(200);
    expect(body.request.body).toContain('Shown');
    expect(body.request.body + sent()).not.toContain('private@example.com');
    const refused = await trigger(token, 'author.updated', entry);
    expect(refused.status).toBe(403);
    expect(refused.body.error?.message).toBe('this event contains more of the entry than your role may read');
    expect(sent()).not.toContain('private@example.com');
  });

  it('related entries that may not be read are told by their ids', async () => {
    const { token } = await login(['read', 'test'], [{ subject: article, fields: ['title', 'author'] }]);
    const writer = await create(author, { name: 'Unseen writer' });
    const { documentId } = await create(article, {
      ...{ title: 'Seen', author: writer.documentId },
    });
    const { status, body } = await test(token, 'article.updated', { uid: article, documentId });
    expect([status, body.error?.message]).toEqual([200, undefined]);
    expect(body.request.body).toContain('Seen');
    expect(body.request.body).toContain(writer.documentId);
    expect(body.request.body + sent()).not.toContain('Unseen writer');
  });

  it.each([
    ['of the one who made it', 'admin::is-creator'],
    ['that says what must not be', 'api::not-of-first'],
  ])('related entries under a condition %s are judged whole', async (_, condition) => {
    const { token, id } = await login(
      ['read', 'test'],
      [
        { subject: article, fields: ['title', 'author'] },
        { subject: author, fields: ['name'], conditions: [condition] },
      ],
    );
    const of = async (data: object) => {
      const { documentId } = await create(author, data);
      const { documentId: entry } = await create(article, { title: 'Judged', author: documentId });
      receiver.requests.length = 0;
      const { status, body } = await test(token, 'article.updated', { uid: article, documentId: entry });
      expect([status, body.error?.message]).toEqual([200, undefined]);
      expect(body.request.body).toContain(documentId);
      return body.request.body + sent();
    };
    expect(await of({ name: 'My own writer', createdBy: id })).toContain('My own writer');
    expect(await of({ name: 'Unseen writer', createdBy: 1 })).not.toContain('Unseen writer');
  });

  it('the super administrator is told what a real event tells', async () => {
    const writer = await create(author, { name: 'Whole writer', email: 'whole@example.com' });
    const { documentId } = await create(article, { title: 'Whole', author: writer.documentId });
    const { status } = await playground.admin('POST', `/event-webhooks/webhooks/${webhook.id}/trigger`, {
      eventType: 'article.updated',
      entry: { uid: article, documentId },
    });
    expect(status).toBe(200);
  });

  it('why it did not fire judges no condition of an entry that may not be read', async () => {
    const { token } = await login(['read', 'deliveriesRead'], []);
    const paying = await addWebhook(playground, { url: receiver.url(), events: ['payment.failed'] });
    const { documentId } = await create('api::payment.payment', {
      ...{ referenceCode: 'P-77', state: 'pending' },
    });
    const query = new URLSearchParams({
      ...{ uid: 'api::payment.payment', documentId, eventType: 'payment.failed' },
    });
    const { body } = await call<{ checks: { name: string; answer: string; detail: string | null }[] }>(
      token,
      'GET',
      `/event-webhooks/webhooks/${paying.id}/why?${query}`,
    );
    expect(body.checks.find(({ name }) => name === 'rule')).toEqual({
      ...{ name: 'rule', answer: 'unknown', detail: null },
    });
  });

  it('nor one that asks a field which may not be read', async () => {
    const payment = 'api::payment.payment';
    const blind = await login(['read', 'deliveriesRead'], [{ subject: payment, fields: ['referenceCode'] }]);
    const seeing = await login(
      ['read', 'deliveriesRead'],
      [{ subject: payment, fields: ['referenceCode', 'state', 'kind'] }],
    );
    const paying = await addWebhook(playground, { url: receiver.url(), events: ['payment.failed'] });
    const conditionFor = async (token: string, state?: string) => {
      const { documentId } = await create(payment, { referenceCode: 'P-78', ...(state && { state }) });
      const query = new URLSearchParams({ uid: payment, documentId, eventType: 'payment.failed' });
      const { body } = await call<{ checks: { name: string; answer: string; detail: string | null }[] }>(
        token,
        'GET',
        `/event-webhooks/webhooks/${paying.id}/why?${query}`,
      );
      return body.checks.find(({ name }) => name === 'rule');
    };
    const unknown = { name: 'rule', answer: 'unknown', detail: null };
    for (const state of ['pending', 'failed', undefined])
      expect(await conditionFor(blind.token, state)).toEqual(unknown);
    expect(await conditionFor(seeing.token, 'pending')).toMatchObject({
      ...{ answer: 'no', detail: expect.stringContaining('pending') },
    });
  });

  it('nor the conditions of a webhook, whose findings hold values; also when the entry is gone', async () => {
    const payment = 'api::payment.payment';
    const blind = await login(['read', 'deliveriesRead'], [{ subject: payment, fields: ['referenceCode'] }]);
    const seeing = await login(
      ['read', 'deliveriesRead'],
      [{ subject: payment, fields: ['referenceCode', 'total'] }],
    );
    const only = await addWebhook(playground, {
      url: receiver.url(),
      events: ['payment.created'],
      conditions: { all: [{ field: 'total', greaterThan: 1000 }] },
    });
    const { documentId } = await create(payment, { referenceCode: 'P-79', total: 777 });
    await until('matching', async () =>
      (await playground.rows('event_webhooks_events')).every(({ matched_at }) => matched_at !== null),
    );
    const query = new URLSearchParams({ uid: payment, documentId, eventType: 'payment.created' });
    const asked = async (token: string) => {
      const { body } = await call<WhyView>(token, 'GET', `/event-webhooks/webhooks/${only.id}/why?${query}`);
      return { condition: body.checks.find(({ name }) => name === 'condition'), whole: JSON.stringify(body) };
    };
    const told = { condition: { name: 'condition', answer: 'no', detail: null } };
    const hidden = { condition: { name: 'condition', answer: 'unknown', detail: 'unreadable' } };
    for (const isGone of [false, true]) {
      if (isGone) await playground.strapi.documents(payment as never).delete({ documentId } as never);
      expect(await asked(seeing.token)).toMatchObject({ ...told, whole: expect.stringContaining('777') });
      expect(await asked(blind.token)).toMatchObject({
        ...hidden,
        whole: expect.not.stringContaining('777'),
      });
    }
  });

  it('two tests at once and thirty a minute, each for whoever sends them', async () => {
    const { token } = await login(['test'], []);
    const other = await login(['test'], []);
    const send = (by: string) =>
      call<{ error?: { name: string; message: string } }>(
        by,
        'POST',
        '/event-webhooks/webhooks/actions/test',
        { webhookId: webhook.id, eventType: 'author.updated' },
      );
    receiver.answer = () => ({ delayMs: 1500 });
    const together = await Promise.all([send(token), send(token), send(token), send(other.token)]);
    expect(together.map(({ status }) => status).sort()).toEqual([200, 200, 200, 429]);
    const refused = together.find(({ status }) => status === 429);
    expect(refused?.headers.get('retry-after')).toBe('1');
    expect(refused?.body.error?.message).toContain('at most 2 test events at once');
    receiver.answer = () => ({});
    let last = await send(token);
    // Another minute may have begun meanwhile.
    for (let count = 0; count < 62 && last.status === 200; count += 1) last = await send(token);
    expect(last.status).toBe(429);
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(last.body.error?.message).toContain('at most 30 a minute');
    expect((await send(other.token)).status).toBe(200);
  });

  describe('the table of webhooks', () => {
    const marker = 'secret-path';
    const seen = async (path: string, method = 'GET', body?: unknown) => {
      const answer = await playground.admin(method, path, body);
      return { status: answer.status, text: JSON.stringify(answer.body) };
    };

    it('is not read through the content manager, not even by the super administrator', async () => {
      const [row] = await playground.rows('event_webhooks_webhooks');
      const documentId = String(row?.document_id);
      const collection = `/content-manager/collection-types/${webhookUid}`;
      const asked: [string, string?, unknown?][] = [
        [collection],
        [`${collection}?fields=url&populate=*`],
        [`${collection.replace('plugin::', 'plugin%3A%3A')}`],
        [`${collection.replace('webhook', '%77ebhook')}`],
        [`${collection}/${documentId}`],
        [`${collection}/${documentId}/actions/countDraftRelations`],
        [`${collection}/${documentId}?populate=createdBy`],
        [`${collection}/actions/countManyEntriesDraftRelations?documentIds[]=${documentId}`],
        [`/content-manager/single-types/${webhookUid}`],
        [`/content-manager/relations/${webhookUid}/createdBy`],
        [`/content-manager/relations/${webhookUid}/${documentId}/createdBy`],
        [`/content-manager/content-types/${webhookUid}/configuration`],
        [`/content-manager/history-versions?contentType=${webhookUid}&documentId=${documentId}`],
        [`/content-manager/preview/url/${webhookUid}?documentId=${documentId}`],
        [
          '/content-manager/uid/generate',
          'POST',
          { contentTypeUID: webhookUid, field: 'name', data: { name: 'x' } },
        ],
        [
          '/content-manager/uid/check-availability',
          'POST',
          { contentTypeUID: webhookUid, field: 'name', value: 'Test' },
        ],
        [collection, 'POST', { name: 'Made', url: 'https://x.example', events: ['*'] }],
        [`${collection}/${documentId}`, 'PUT', { url: 'https://evil.example' }],
        [`${collection}/${documentId}`, 'DELETE'],
        [`/api/${webhookUid}`],
        ['/api/webhooks'],
        ['/api/event-webhooks/webhooks'],
      ];
      for (const [path, method, body] of asked) {
        const { status, text } = await seen(path, method, body);
        expect([path, status >= 400, text.includes(marker)]).toEqual([path, true, false]);
      }
      const rows = await playground.rows('event_webhooks_webhooks');
      expect(rows.find(({ document_id: id }) => id === documentId)?.url).toContain(marker);
    });

    it('is not read either by a role that somebody has given the right to', async () => {
      const [row] = await playground.rows('event_webhooks_webhooks');
      const { token } = await login([], []);
      const [latest] = (await playground.strapi.db.query('admin::role').findMany({
        ...{ orderBy: { id: 'desc' }, limit: 1 },
      })) as { id: number }[];
      for (const action of ['read', 'update', 'delete', 'create']) {
        await playground.strapi.db.query('admin::permission').create({
          data: {
            ...{ action: `plugin::content-manager.explorer.${action}`, subject: webhookUid },
            ...{ properties: {}, conditions: [], role: latest?.id },
          },
        });
      }
      const collection = `/content-manager/collection-types/${webhookUid}`;
      for (const path of [collection, `${collection}/${String(row?.document_id)}`]) {
        const { status, body } = await call(token, 'GET', path);
        expect([path, status >= 400, JSON.stringify(body).includes(marker)]).toEqual([path, true, false]);
      }
    });

    it('other content types are read as before', async () => {
      expect((await seen(`/content-manager/collection-types/${author}`)).status).toBe(200);
    });
  });
});
