import type { UID } from '@strapi/strapi';
import { Webhook } from 'standardwebhooks';
import { addWebhook, startPlayground } from './harness/playground';
import type { Playground } from './harness/playground';
import { Receiver } from './harness/receiver';
import { quiet, until } from './harness/wait';

const author = 'api::author.author' as UID.ContentType;

let playground: Playground;
let receiver: Receiver;

interface DeliveryRow {
  id: number;
  state: string;
  attempts: number;
  code: string | null;
  http_status: number | null;
  due_at: number;
  webhook_id: number;
  message_id: string;
}

const deliveries = async (): Promise<DeliveryRow[]> =>
  (await playground.rows('event_webhooks_deliveries')) as unknown as DeliveryRow[];
const write = (name = 'Lesia') =>
  playground.strapi.documents(author).create({ data: { name } as never }) as Promise<{ documentId: string }>;
const settled = (count: number) =>
  until(`${count} settled deliveries`, async () => {
    const rows = await deliveries();
    return rows.length === count &&
      rows.every(({ state, attempts }) => state !== 'delivering' && (state !== 'pending' || attempts > 0))
      ? rows
      : null;
  });

beforeAll(async () => {
  receiver = await new Receiver().start();
  playground = await startPlayground();
});

afterAll(async () => {
  await playground?.stop();
  await receiver?.stop();
});

afterEach(async () => {
  const { body } = await playground.admin<{ results: { id: number }[] }>(
    'GET',
    '/event-webhooks/webhooks?pageSize=100',
  );
  const ids = body.results.map(({ id }) => id);
  if (ids.length > 0)
    await playground.admin('POST', '/event-webhooks/webhooks/actions/bulk', { ids, action: 'delete' });
  for (const table of ['attempts', 'deliveries', 'events', 'hours']) {
    await playground.strapi.db.connection(`event_webhooks_${table}`).delete();
  }
  receiver.requests.length = 0;
  receiver.answer = () => ({ status: 200, body: 'ok' });
});

describe('one delivery (guarantees 11–16)', () => {
  it('arrives signed as Standard Webhooks asks, with the bytes that were signed, and stands in the log', async () => {
    const webhook = await addWebhook(playground, { url: receiver.url(), events: ['author.created'] });
    await write('Леся Українка 🌾');
    await until('the request', () => receiver.requests.length === 1);
    const [request] = receiver.requests;
    const { body: secret } = await playground.admin<{ secrets: { secret: string }[] }>(
      'GET',
      `/event-webhooks/webhooks/${webhook.id}/secret`,
    );
    const verified = new Webhook(secret.secrets[0]?.secret ?? '').verify(
      request?.body.toString('utf8') ?? '',
      request?.headers as Record<string, string>,
    ) as { type: string; data: { entry: { name: string } } };
    expect(verified.type).toBe('author.created');
    expect(verified.data.entry.name).toBe('Леся Українка 🌾');
    expect(request?.headers['content-type']).toBe('application/json');
    expect(request?.headers['user-agent']).toMatch(/^Strapi-Event-Webhooks\//);
    expect(request?.headers['webhook-id']).toMatch(/^msg_/);
    expect(request?.headers['webhook-test']).toBeUndefined();

    const [delivery] = await settled(1);
    expect(delivery).toMatchObject({ state: 'succeeded', attempts: 1, http_status: 200 });
    const { body: detail } = await playground.admin<{
      attemptLog: { response: { body: string } }[];
      body: string;
    }>('GET', `/event-webhooks/deliveries/${delivery?.id}`);
    expect(detail.attemptLog[0]?.response.body).toBe('ok');
    expect(detail.body).toBe(request?.body.toString('utf8'));
  });

  it('one event that goes to two webhooks has one id, and each its own signature', async () => {
    await addWebhook(playground, { url: receiver.url('/a'), events: ['author.created'] });
    await addWebhook(playground, { url: receiver.url('/b'), events: ['author.*'] });
    await write();
    await until('both requests', () => receiver.requests.length === 2);
    const ids = receiver.requests.map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids).size).toBe(1);
    expect(new Set(receiver.requests.map(({ headers }) => headers['webhook-signature'])).size).toBe(2);
  });

  it('a failing receiver is retried on the schedule, under the same id, and its answers stand in Deliveries', async () => {
    receiver.answer = () =>
      receiver.requests.length < 3 ? { status: 500, body: 'not today' } : { status: 200 };
    await addWebhook(playground, {
      url: receiver.url(),
      events: ['author.created'],
      retryScheduleSeconds: [1, 1],
    });
    await write();
    const rows = await until('the third try', async () => {
      const found = await deliveries();
      return found[0]?.state === 'succeeded' ? found : null;
    });
    expect(rows[0]).toMatchObject({ attempts: 3 });
    expect(new Set(receiver.requests.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    const gaps = receiver.requests.slice(1).map(({ at }, index) => at - (receiver.requests[index]?.at ?? 0));
    // One second, ± 20 %, and the time of a turn of the dispatcher.
    for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(790);
    const attempts = await playground.rows('event_webhooks_attempts');
    expect(attempts.map(({ outcome, http_status }) => [outcome, http_status])).toEqual([
      ['failed', 500],
      ['failed', 500],
      ['succeeded', 200],
    ]);
    expect(attempts[0]?.response_body).toBe('not today');
  });

  it('after the last try it is failed and visible, and a resend by hand turns it green', async () => {
    receiver.answer = () => ({ status: 500 });
    await addWebhook(playground, {
      url: receiver.url(),
      events: ['author.created'],
      retryScheduleSeconds: [],
    });
    await write();
    const [failed] = await settled(1);
    expect(failed).toMatchObject({ state: 'failed', code: 'http_5xx', http_status: 500 });
    receiver.answer = () => ({ status: 204 });
    const { status } = await playground.admin('POST', `/event-webhooks/deliveries/${failed?.id}/resend`);
    expect(status).toBe(200);
    await until('the resend', async () => (await deliveries())[0]?.state === 'succeeded');
    expect(receiver.requests[1]?.headers['webhook-id']).toBe(failed?.message_id);
  });

  it('a redirect is a failure and is never followed', async () => {
    const elsewhere = await new Receiver().start();
    receiver.answer = () => ({ status: 302, headers: { location: elsewhere.url() } });
    await addWebhook(playground, {
      url: receiver.url(),
      events: ['author.created'],
      retryScheduleSeconds: [],
    });
    await write();
    const [row] = await settled(1);
    expect(row).toMatchObject({ state: 'failed', code: 'redirect', http_status: 302 });
    expect(elsewhere.requests).toHaveLength(0);
    await elsewhere.stop();
  });

  it('no answer in time is a failure with its own code', async () => {
    receiver.answer = () => ({ delayMs: 3000 });
    await addWebhook(playground, {
      url: receiver.url(),
      events: ['author.created'],
      timeoutSeconds: 1,
      retryScheduleSeconds: [],
    });
    await write();
    const [row] = await settled(1);
    expect(row).toMatchObject({ state: 'failed', code: 'timeout', http_status: null });
  });

  it('410 disables the webhook; what it misses is skipped; switching it on lets it send again', async () => {
    receiver.answer = () => ({ status: 410 });
    const { id } = await addWebhook(playground, { url: receiver.url(), events: ['author.created'] });
    await write();
    await until('the webhook to be disabled', async () => {
      const { body } = await playground.admin<{ state: string }>('GET', `/event-webhooks/webhooks/${id}`);
      return body.state === 'disabled';
    });
    await write('missed');
    await until('a skipped one', async () => (await deliveries()).some(({ state }) => state === 'skipped'));
    expect(receiver.requests).toHaveLength(1);
    receiver.answer = () => ({ status: 200 });
    await playground.admin('POST', '/event-webhooks/webhooks/actions/bulk', { ids: [id], action: 'enable' });
    await write('heard');
    await until('the next event', () => receiver.requests.length === 2);
    expect(receiver.bodies()[1]?.data.entry).toMatchObject({ name: 'heard' });
  });

  it('429 with Retry-After holds the whole webhook and uses no try of the others', async () => {
    receiver.answer = () =>
      receiver.requests.length === 1 ? { status: 429, headers: { 'retry-after': '120' } } : {};
    const { id } = await addWebhook(playground, { url: receiver.url(), events: ['author.created'] });
    await write('first');
    await until('the hold', async () => {
      const { body } = await playground.admin<{ state: string; stateReason: string }>(
        'GET',
        `/event-webhooks/webhooks/${id}`,
      );
      return body.state === 'held' && body.stateReason === 'retry_after';
    });
    await write('second');
    await until('the second to wait', async () => (await deliveries()).length === 2);
    await quiet(300);
    expect(receiver.requests).toHaveLength(1);
    expect((await deliveries())[1]).toMatchObject({ state: 'pending', attempts: 0 });
  });

  it('what answers too much is read up to the cap and no further', async () => {
    receiver.answer = () => ({ status: 200, body: 'y'.repeat(200_000) });
    await addWebhook(playground, { url: receiver.url(), events: ['author.created'] });
    await write();
    await settled(1);
    const [attempt] = await playground.rows('event_webhooks_attempts');
    expect(String(attempt?.response_body)).toHaveLength(16 * 1024);
    expect(attempt?.truncated).toBe(1);
  });

  it('what a receiver answers in odd bytes is kept, and costs nobody else anything', async () => {
    receiver.answer = ({ path }) => (path === '/odd' ? { status: 200, body: 'a\u0000b 🌾 \ud800' } : {});
    await addWebhook(playground, { url: receiver.url('/odd'), events: ['author.created'] });
    await addWebhook(playground, { url: receiver.url('/good'), events: ['author.created'] });
    await write();
    const rows = await settled(2);
    expect(rows.map(({ state }) => state)).toEqual(['succeeded', 'succeeded']);
  });
});

describe('who receives nothing', () => {
  it('a paused, a deleted and an unsubscribed webhook', async () => {
    const paused = await addWebhook(playground, {
      url: receiver.url('/paused'),
      events: ['author.created'],
      active: false,
    });
    const deleted = await addWebhook(playground, {
      url: receiver.url('/deleted'),
      events: ['author.created'],
    });
    await addWebhook(playground, { url: receiver.url('/other'), events: ['author.deleted'] });
    await playground.admin('DELETE', `/event-webhooks/webhooks/${deleted.id}`);
    await write();
    const [row] = await until('the skipped one', async () => {
      const rows = await deliveries();
      return rows.length === 1 ? rows : null;
    });
    expect(row).toMatchObject({ state: 'skipped', webhook_id: paused.id });
    await quiet(300);
    expect(receiver.requests).toHaveLength(0);
  });

  it('what waits for a webhook is not sent while it is paused, and is cancelled with its deletion', async () => {
    receiver.answer = () => ({ status: 500 });
    const { id } = await addWebhook(playground, {
      url: receiver.url(),
      events: ['author.created'],
      retryScheduleSeconds: [1],
    });
    await write();
    await until('the first failure', () => receiver.requests.length === 1);
    await playground.admin('POST', '/event-webhooks/webhooks/actions/bulk', { ids: [id], action: 'disable' });
    await quiet(1600);
    expect(receiver.requests).toHaveLength(1);
    await playground.admin('DELETE', `/event-webhooks/webhooks/${id}`);
    expect((await deliveries())[0]?.state).toBe('cancelled');
  });
});

describe('Send test event', () => {
  it('is one real request with the sample, marked as a test, logged and never retried', async () => {
    const { id } = await addWebhook(playground, { url: receiver.url(), events: ['payment.received'] });
    const { body } = await playground.admin<Record<string, unknown>>(
      'POST',
      '/event-webhooks/webhooks/actions/test',
      {
        webhookId: id,
        eventType: 'payment.received',
      },
    );
    expect(body).toMatchObject({
      ok: true,
      code: null,
      eventType: 'payment.received',
      response: { status: 200 },
    });
    const [request] = receiver.requests;
    expect(request?.headers['webhook-test']).toBe('true');
    expect(request?.headers['webhook-id']).toMatch(/^msg_test_/);
    expect((await deliveries())[0]).toMatchObject({ state: 'succeeded', attempts: 1 });
  });

  it.each([
    ['a 500 with a body', { status: 500, body: 'sorry' }, false],
    ['a 500 without one', { status: 500 }, false],
    ['a 200 without a body', { status: 200, body: '' }, true],
    ['a 204', { status: 204 }, true],
  ])('%s is told as it is', async (_name, answer, ok) => {
    receiver.answer = () => answer;
    const { id } = await addWebhook(playground, { url: receiver.url(), events: ['payment.received'] });
    const { body } = await playground.admin<{ ok: boolean }>(
      'POST',
      '/event-webhooks/webhooks/actions/test',
      {
        webhookId: id,
        eventType: 'payment.received',
      },
    );
    expect(body.ok).toBe(ok);
    await quiet(100);
    expect(receiver.requests).toHaveLength(1);
  });

  it('nobody listening is red, with a code that says why', async () => {
    const gone = await new Receiver().start();
    const url = gone.url();
    await gone.stop();
    const { id } = await addWebhook(playground, { url, events: ['payment.received'] });
    const { body } = await playground.admin('POST', '/event-webhooks/webhooks/actions/test', {
      webhookId: id,
      eventType: 'payment.received',
    });
    expect(body).toMatchObject({ ok: false, code: 'connection_refused', response: null });
  });

  it('from the form sends what stands in the form, and saves nothing', async () => {
    const { body } = await playground.admin('POST', '/event-webhooks/webhooks/actions/test', {
      webhook: {
        name: 'Unsaved',
        url: receiver.url('/unsaved'),
        events: ['payment.received'],
        headers: [{ name: 'x-team', value: 'blue' }],
      },
      eventType: 'payment.received',
    });
    expect(body).toMatchObject({ ok: true, deliveryId: null });
    expect(receiver.requests[0]).toMatchObject({ path: '/unsaved' });
    expect(receiver.requests[0]?.headers['x-team']).toBe('blue');
    const list = await playground.admin<{ results: unknown[] }>('GET', '/event-webhooks/webhooks');
    expect(list.body.results).toEqual([]);
    expect(await deliveries()).toEqual([]);
  });
});
