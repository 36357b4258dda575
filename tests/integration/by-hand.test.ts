import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { UID } from '@strapi/strapi';
import type { TestResult, TriggerResult, WhyView } from '../../contracts';
import { addWebhook, startPlayground } from './harness/playground';
import type { Playground } from './harness/playground';
import { Receiver } from './harness/receiver';
import { quiet, until } from './harness/wait';

type Data = Record<string, unknown>;

describe('by hand: trigger now, a test with a real entry, why did it not fire', () => {
  let playground: Playground;
  let receiver: Receiver;
  let other: Receiver;
  let webhook: { id: number };

  const create = (uid: string, data: Data) =>
    playground.strapi.documents(uid as UID.ContentType).create({ data } as never) as Promise<{
      documentId: string;
    }>;
  const trigger = (body: unknown) =>
    playground.admin<
      TriggerResult & { error?: { message: string; details: { errors: { path: string[] }[] } } }
    >('POST', `/event-webhooks/webhooks/${webhook.id}/trigger`, body);
  const why = async (query: Data) =>
    (
      await playground.admin<WhyView>(
        'GET',
        `/event-webhooks/webhooks/${webhook.id}/why?${new URLSearchParams(query as Record<string, string>)}`,
      )
    ).body;
  const answers = (view: WhyView) =>
    Object.fromEntries(view.checks.map(({ name, answer }) => [name, answer]));

  beforeAll(async () => {
    receiver = await new Receiver().start();
    other = await new Receiver().start();
    playground = await startPlayground();
    webhook = await addWebhook(playground, {
      url: receiver.url(),
      name: 'By hand',
      events: ['author.updated', 'article.published', 'payment.received'],
      retryScheduleSeconds: [1, 1],
    });
    await addWebhook(playground, { url: other.url(), events: ['*'], name: 'Other' });
  });
  afterAll(async () => {
    await playground?.stop();
    await receiver?.stop();
    await other?.stop();
  });
  beforeEach(() => {
    receiver.requests.length = 0;
    receiver.answer = () => ({});
  });

  it('a triggered delivery tells of the entry as it is now, is retried, and goes to this webhook alone', async () => {
    const author = await create('api::author.author', { name: 'Леся' });
    await until('the others', () => other.requests.length === 1);
    receiver.answer = () => ({ status: receiver.requests.length === 1 ? 500 : 200 });
    const { status, body } = await trigger({
      eventType: 'author.updated',
      entry: { uid: 'api::author.author', documentId: author.documentId },
    });
    expect(status).toBe(200);
    await until('the retry', () => receiver.requests.length === 2);
    const [first, second] = receiver.bodies();
    expect(first).toEqual(second);
    expect(first).toMatchObject({ type: 'author.updated', data: { entry: { name: 'Леся' } } });
    expect(receiver.requests.map(({ headers }) => headers['webhook-id'])).toEqual([
      body.messageId,
      body.messageId,
    ]);
    expect(receiver.requests[0]?.headers['webhook-test']).toBeUndefined();
    await quiet(300);
    expect(other.requests).toHaveLength(1);

    const detail = await playground.admin('GET', `/event-webhooks/deliveries/${body.deliveryId}`);
    expect(detail.body).toMatchObject({
      cause: 'triggered',
      actor: { type: 'admin', name: 'Anna Shevchenko' },
      documentId: author.documentId,
    });
  });

  it('an empty call needs no entry: enough for a build', async () => {
    await trigger({});
    await until('the call', () => receiver.requests.length === 1);
    expect(receiver.bodies()[0]).toMatchObject({ type: 'manual.triggered', data: {} });
  });

  it('names what is wrong, and queues nothing', async () => {
    const before = (await playground.rows('event_webhooks_deliveries')).length;
    const author = await create('api::author.author', { name: 'Nobody' });
    const reference = { uid: 'api::author.author', documentId: author.documentId };
    await until(
      'the others',
      async () => (await playground.rows('event_webhooks_deliveries')).length > before,
    );
    const count = (await playground.rows('event_webhooks_deliveries')).length;
    const wrong = await trigger({ entry: reference });
    expect(wrong.body.error?.details.errors.map(({ path }) => path.join('.'))).toEqual(['eventType']);
    expect((await trigger({ eventType: 'article.published', entry: reference })).status).toBe(400);
    expect(
      (await trigger({ eventType: 'author.updated', entry: { ...reference, documentId: 'nowhere' } })).status,
    ).toBe(404);
    expect(await playground.rows('event_webhooks_deliveries')).toHaveLength(count);
  });

  it('a test event may carry a real entry', async () => {
    const author = await create('api::author.author', { name: 'Real' });
    const { body } = await playground.admin<TestResult>('POST', '/event-webhooks/webhooks/actions/test', {
      webhookId: webhook.id,
      eventType: 'author.updated',
      entry: { uid: 'api::author.author', documentId: author.documentId },
    });
    expect(body.ok).toBe(true);
    expect(receiver.bodies()[0]).toMatchObject({ data: { entry: { name: 'Real' } } });
    expect(receiver.requests[0]?.headers['webhook-test']).toBe('true');
  });

  it('tells why: not subscribed', async () => {
    const author = await create('api::author.author', { name: 'Created only' });
    await until('matching', async () =>
      (await playground.rows('event_webhooks_events')).every(({ matched_at }) => matched_at !== null),
    );
    const view = await why({ eventType: 'author.created', documentId: author.documentId });
    expect(view.reason).toBe('subscribed');
    expect(answers(view)).toMatchObject({ capturing: 'yes', in_catalog: 'yes', event_written: 'yes' });
    expect(view.events).toEqual([
      expect.objectContaining({ eventType: 'author.created', deliveryId: null, state: null }),
    ]);
  });

  it('tells why: a condition is false, and which', async () => {
    const payment = await create('api::payment.payment', { reference_code: 'P-1', state: 'pending' });
    const view = await why({
      uid: 'api::payment.payment',
      documentId: payment.documentId,
      eventType: 'payment.failed',
    });
    expect(view.reason).toBe('subscribed');
    const patched = await playground.admin('PUT', `/event-webhooks/webhooks/${webhook.id}`, {
      name: 'By hand',
      url: receiver.url(),
      events: ['author.updated', 'article.published', 'payment.received', 'payment.failed'],
    });
    expect(patched.status).toBe(200);
    const now = await why({
      uid: 'api::payment.payment',
      documentId: payment.documentId,
      eventType: 'payment.failed',
    });
    expect(now.reason).toBe('rule');
    expect(now.checks.find(({ name }) => name === 'rule')?.detail).toContain('payment.failed');
    // By what the change did, and not as if the entry had just been created.
    await playground.strapi
      .documents('api::payment.payment' as UID.ContentType)
      .update({ documentId: payment.documentId, data: { state: 'completed' } as never });
    await until('the event', async () =>
      (await playground.rows('event_webhooks_events')).some(
        ({ type, document_id }) => type === 'payment.received' && document_id === payment.documentId,
      ),
    );
    const again = await why({
      ...{ uid: 'api::payment.payment', documentId: payment.documentId, eventType: 'payment.failed' },
    });
    expect(again.checks.find(({ name }) => name === 'rule')).toMatchObject({
      ...{ answer: 'no', detail: expect.stringContaining('completed') },
    });
  });

  it('tells why: it is turned off, or it waits', async () => {
    const update = { url: receiver.url(), name: 'By hand', events: ['author.updated'] };
    await playground.admin('PUT', `/event-webhooks/webhooks/${webhook.id}`, { ...update, active: false });
    expect((await why({ eventType: 'author.updated' })).reason).toBe('active');
    expect((await trigger({})).status).toBe(400);
    await playground.admin('PUT', `/event-webhooks/webhooks/${webhook.id}`, { ...update, active: true });
    await playground.strapi.db
      .connection('event_webhooks_webhooks')
      .where({ id: webhook.id })
      .update({ held_until: Date.now() + 60_000, held_reason: 'breaker' });
    const held = await why({ eventType: 'author.updated' });
    expect(held.checks.find(({ name }) => name === 'going')).toEqual({
      name: 'going',
      answer: 'no',
      detail: 'breaker',
    });
    // What happens meanwhile is written and kept: being held ends no event's way.
    const author = await create('api::author.author', { name: 'Held' });
    await playground.strapi
      .documents('api::author.author' as UID.ContentType)
      .update({ documentId: author.documentId, data: { name: 'Held, changed' } as never });
    const question = { eventType: 'author.updated', documentId: author.documentId };
    await until('matching', async () => (await why(question)).events[0]?.state === 'pending');
    const waiting = await why(question);
    expect(waiting.reason).toBe('going');
    expect(answers(waiting)).toMatchObject({ event_written: 'yes', matched: 'yes', delivery: 'yes' });
  });

  it('tells why: no such event, and nothing ever happened to this entry', async () => {
    expect((await why({ eventType: 'nothing.happened' })).reason).toBe('in_catalog');
    await playground.admin('POST', `/event-webhooks/webhooks/${webhook.id}/resume`);
    const view = await why({
      uid: 'api::author.author',
      eventType: 'author.updated',
      documentId: 'never-written',
    });
    expect(view.reason).toBe('event_written');
  });

  it('tells why of the newest event: that an older one was delivered says nothing of it', async () => {
    const update = { url: receiver.url(), name: 'By hand', events: ['author.updated'] };
    const author = await create('api::author.author', { name: 'Twice' });
    const rename = (name: string) =>
      playground.strapi
        .documents('api::author.author' as UID.ContentType)
        .update({ documentId: author.documentId, data: { name } as never });
    const question = { eventType: 'author.updated', documentId: author.documentId };
    await rename('Delivered');
    await until('the delivery', async () => (await why(question)).events[0]?.state === 'succeeded');
    expect((await why(question)).reason).toBeNull();
    await playground.admin('PUT', `/event-webhooks/webhooks/${webhook.id}`, { ...update, active: false });
    await rename('Skipped');
    await until('matching', async () => (await why(question)).events[0]?.state === 'skipped');
    await playground.admin('PUT', `/event-webhooks/webhooks/${webhook.id}`, { ...update, active: true });
    const view = await why(question);
    expect(view.reason).toBe('delivery');
    expect(view.events.map(({ state }) => state)).toEqual(['skipped', 'succeeded']);
  });

  it('tells why: it was tried, and what the receiver answered is the last step', async () => {
    receiver.answer = () => ({ status: 403 });
    const author = await create('api::author.author', { name: 'Refused' });
    await playground.strapi
      .documents('api::author.author' as UID.ContentType)
      .update({ documentId: author.documentId, data: { name: 'Refused, changed' } as never });
    const question = { eventType: 'author.updated', documentId: author.documentId };
    const view = await until('the answer', async () => {
      const asked = await why(question);
      return asked.events[0]?.standing?.code ? asked : null;
    });
    expect(view.checks.at(-1)).toEqual({ name: 'answered', answer: 'no', detail: 'http_403' });
    expect(view.reason).toBe('answered');
    expect(view.events[0]?.standing).toMatchObject({ httpStatus: 403, maxAttempts: 3 });
    expect(view.events[0]?.standing?.attempts).toBeGreaterThan(0);
  });

  it('tells why of one locale: a draft is to be published, though another locale of it was', async () => {
    const articles = playground.strapi.documents('api::article.article' as UID.ContentType);
    const { documentId } = await create('api::article.article', { title: 'Draft' });
    await articles.update({ documentId, locale: 'uk', data: { title: 'Чернетка' } as never });
    await articles.publish({ documentId, locale: 'uk' });
    const question = { uid: 'api::article.article', documentId, eventType: 'article.published' };
    await until('the delivery', async () => (await why({ ...question, locale: 'uk' })).events.length > 0);
    const view = await why({ ...question, locale: 'en' });
    expect(view.events).toEqual([]);
    expect(view.checks.find(({ name }) => name === 'event_written')).toEqual({
      name: 'event_written',
      answer: 'no',
      detail: 'draft',
    });
    expect(view.others).toContainEqual(
      expect.objectContaining({
        eventType: 'article.created',
        webhooks: [expect.objectContaining({ name: 'Other' })],
      }),
    );
  });

  it('by a script, with an admin token: the calls of docs/api.md, and a refusal for each kind of mistake', async () => {
    const given = ['webhooks.create', 'webhooks.read', 'webhooks.test', 'deliveries.read'].map((uid) => ({
      ...{ action: `plugin::event-webhooks.${uid}`, subject: null, conditions: [], properties: {} },
    }));
    const { body: made } = await playground.admin<{ data: { accessKey: string } }>(
      'POST',
      '/admin/admin-tokens',
      {
        ...{ name: 'Deployment', description: '', lifespan: null, adminPermissions: given },
      },
    );
    const call = async (method: string, route: string, body?: unknown, token = made.data.accessKey) => {
      const answer = await fetch(`${playground.url}/event-webhooks${route}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      return { status: answer.status, body: (await answer.json()) as Data };
    };
    const document = readFileSync(path.resolve(__dirname, '../../docs/api.md'), 'utf8');
    const [webhookInput, testInput] = [...document.matchAll(/-d '(\{[\s\S]*?\})'/g)].map(
      ([, json]) => JSON.parse(String(json)) as Data,
    );
    const added = await call('POST', '/webhooks', { ...webhookInput, url: receiver.url() });
    expect(added).toMatchObject({ status: 201, body: { name: 'Search index' } });
    const { id } = added.body;
    const tested = await call('POST', '/webhooks/actions/test', { ...testInput, webhookId: id });
    expect(tested).toMatchObject({ status: 200, body: { ok: true } });
    const log = await call('GET', `/deliveries?webhook=${String(id)}&pageSize=5`);
    expect(log).toMatchObject({ status: 200, body: { results: [{ state: 'succeeded', test: true }] } });

    const misspelt = await call('POST', '/webhooks', { ...webhookInput, formt: 'flat' });
    expect(misspelt).toMatchObject({
      status: 400,
      body: { data: null, error: { name: 'ValidationError', details: { errors: [{ path: ['formt'] }] } } },
    });
    expect((await call('DELETE', `/webhooks/${String(id)}`)).status).toBe(403);
    expect((await call('GET', '/webhooks/999999')).status).toBe(404);
    expect((await call('GET', '/webhooks', undefined, 'nonsense')).status).toBe(401);
    await playground.admin('DELETE', `/event-webhooks/webhooks/${String(id)}`);
  });
});
