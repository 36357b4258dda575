import type { UID } from '@strapi/strapi';
import type { Conflict, OverviewView, SettingsView, StatusView, TestEmailResult } from '../../contracts';
import { addWebhook, forgetEvents, startPlayground } from './harness/playground';
import type { Playground } from './harness/playground';
import { Receiver } from './harness/receiver';
import { until } from './harness/wait';

const author = 'api::author.author' as UID.ContentType;
const webhooks = 'event_webhooks_webhooks';
const minuteMs = 60_000;

interface ApiError {
  error: { name: string; message: string; details: { errors: { path: string[]; message: string }[] } };
}

describe('the settings', () => {
  let playground: Playground;
  let receiver: Receiver;

  const settings = async () => (await playground.admin<SettingsView>('GET', '/event-webhooks/settings')).body;
  const status = async () => (await playground.admin<StatusView>('GET', '/event-webhooks/status')).body;
  const overview = async () => (await playground.admin<OverviewView>('GET', '/event-webhooks/overview')).body;
  const create = (name: string) => playground.strapi.documents(author).create({ data: { name } as never });

  beforeAll(async () => {
    receiver = await new Receiver().start();
    playground = await startPlayground({
      env: { EVENT_WEBHOOKS_OPTIONS: JSON.stringify({ retention: { bodyDays: 14 } }) },
    });
  });
  afterAll(async () => {
    await playground?.stop();
    await receiver?.stop();
  });
  beforeEach(() => {
    receiver.answer = () => ({});
    receiver.requests.length = 0;
  });
  afterEach(async () => {
    for (const { id } of await playground.rows(webhooks)) {
      await playground.admin('DELETE', `/event-webhooks/webhooks/${Number(id)}`);
    }
    await forgetEvents(playground);
    await playground.strapi.db.connection('event_webhooks_hours').delete();
  });

  it('are read with their defaults, and say where each comes from', async () => {
    expect(await settings()).toMatchObject({
      pause: null,
      notify: { value: [], fixed: false },
      deliveryDays: { value: 30, fixed: false },
      bodyDays: { value: 14, fixed: true },
      dropDeliveredBodies: { value: false, fixed: false },
      allow: ['127.0.0.1'],
      allowPrivate: false,
      homeEnabled: true,
      here: { host: '127.0.0.1', environment: 'test' },
    });
  });

  it('are saved and read back, each by itself', async () => {
    await playground.admin('PUT', '/event-webhooks/settings', {
      deliveryDays: 60,
      notify: ['ops@example.com'],
    });
    const { status: answered, body } = await playground.admin<SettingsView>(
      'PUT',
      '/event-webhooks/settings',
      { dropDeliveredBodies: true },
    );
    expect(answered).toBe(200);
    expect(body).toEqual(await settings());
    expect(body).toMatchObject({
      notify: { value: ['ops@example.com'] },
      deliveryDays: { value: 60 },
      dropDeliveredBodies: { value: true },
    });
  });

  it.each<[string, string, string, unknown, string]>([
    ['a pause without a reason', 'POST', '/settings/pause', { reason: ' ', minutes: null }, 'reason'],
    ['a pause that names no end', 'POST', '/settings/pause', { reason: 'Repairs' }, 'minutes'],
    ['a pause of no time', 'POST', '/settings/pause', { reason: 'Repairs', minutes: 0 }, 'minutes'],
    ['a pause of a year', 'POST', '/settings/pause', { reason: 'Repairs', minutes: 525_600 }, 'minutes'],
    ['no day at all', 'PUT', '/settings', { deliveryDays: 0 }, 'deliveryDays'],
    ['half a day', 'PUT', '/settings', { deliveryDays: 1.5 }, 'deliveryDays'],
    ['a name for an address', 'PUT', '/settings', { notify: ['ops@example.com', 'Anna'] }, 'notify.1'],
    ['a setting that does not exist', 'PUT', '/settings', { retries: 3 }, 'retries'],
    ['what the configuration fixes', 'PUT', '/settings', { deliveryDays: 5, bodyDays: 5 }, 'bodyDays'],
    ['a home for nobody', 'POST', '/webhooks/actions/home', { ids: [], action: 'move' }, 'ids'],
    ['a third choice', 'POST', '/webhooks/actions/home', { ids: [1], action: 'forget' }, 'action'],
  ])('refuse %s, name the field, and change nothing', async (_name, method, path, input, field) => {
    const before = await settings();
    const { status: answered, body } = await playground.admin<ApiError>(
      method,
      `/event-webhooks${path}`,
      input,
    );
    expect(answered).toBe(400);
    expect(body.error.details.errors.map((problem) => problem.path.join('.'))).toEqual([field]);
    expect(await settings()).toEqual(before);
  });

  it('a stale form is refused, and told who changed what', async () => {
    const { version } = await settings();
    await playground.admin('PUT', '/event-webhooks/settings', { version, deliveryDays: 90 });
    const { status: answered, body } = await playground.admin<{ error: { details: Conflict } }>(
      'PUT',
      '/event-webhooks/settings',
      { version, deliveryDays: 30, dropDeliveredBodies: false },
    );
    expect(answered).toBe(409);
    expect(body.error.details).toMatchObject({
      version: version + 1,
      changes: [{ by: 'Anna Shevchenko', fields: ['deliveryDays'] }],
    });
    expect(await settings()).toMatchObject({ version: version + 1, deliveryDays: { value: 90 } });
  });

  it('an e-mail that cannot be sent shows in the settings, until one is sent again', async () => {
    const email = playground.strapi.plugin('email').service('email') as {
      send(mail: { to: string }): Promise<unknown>;
    };
    const test = () =>
      playground
        .admin<TestEmailResult>('POST', '/event-webhooks/settings/test-email')
        .then(({ body }) => body);
    const send = jest.spyOn(email, 'send').mockRejectedValue(new Error('535 authentication failed'));
    try {
      expect(await test()).toEqual({ to: 'anna@example.com', error: '535 authentication failed' });
      expect((await settings()).mailFailure).toEqual({
        at: expect.any(Number),
        error: '535 authentication failed',
      });
      send.mockResolvedValue(undefined);
      expect(await test()).toEqual({ to: 'anna@example.com', error: null });
      expect((await settings()).mailFailure).toBeNull();
      expect(send.mock.calls.map(([{ to }]) => to)).toEqual(['anna@example.com', 'anna@example.com']);
    } finally {
      send.mockRestore();
    }
  });

  it('a pause is told with its reason, its end and who asked for it, until somebody resumes', async () => {
    const asked = Date.now();
    const { body } = await playground.admin<StatusView>('POST', '/event-webhooks/settings/pause', {
      reason: ' The CRM moves ',
      minutes: 30,
    });
    expect(body.pause).toMatchObject({ reason: 'The CRM moves', by: 'Anna Shevchenko' });
    expect((body.pause?.until ?? 0) - asked).toBeGreaterThanOrEqual(30 * minuteMs);
    expect(await status()).toMatchObject({ pause: body.pause });
    expect(await settings()).toMatchObject({ pause: body.pause });
    expect(await overview()).toMatchObject({ pause: body.pause });

    const resumed = await playground.admin<StatusView>('POST', '/event-webhooks/settings/resume');
    expect(resumed.body.pause).toBeNull();
    const again = await playground.admin<ApiError>('POST', '/event-webhooks/settings/resume');
    expect([again.status, again.body.error.message]).toEqual([400, 'nothing is paused']);
  });

  it('a pause whose time is over is none', async () => {
    await playground.admin('POST', '/event-webhooks/settings/pause', { reason: 'Short', minutes: 1 });
    const realNow = Date.now;
    Date.now = () => realNow() + 2 * minuteMs;
    try {
      expect(await settings()).toMatchObject({ pause: null });
      expect(await status()).toMatchObject({ pause: null });
    } finally {
      Date.now = realNow;
    }
    await playground.admin('POST', '/event-webhooks/settings/resume');
  });

  it('the home page sums the last day, counts what waits, and names who needs somebody first', async () => {
    const options = { events: ['author.created'], retryScheduleSeconds: [600] };
    await addWebhook(playground, { ...options, url: receiver.url('/well'), name: 'Well' });
    await addWebhook(playground, { ...options, url: receiver.url('/broken'), name: 'Broken' });
    const gone = await addWebhook(playground, { ...options, url: receiver.url('/gone'), name: 'Gone' });
    receiver.answer = ({ path }) => ({ status: { '/broken': 500, '/gone': 410 }[path] ?? 200 });
    await create('A');
    await until('all three to be tried', async () => {
      const { delivered, failed } = await overview();
      return delivered === 1 && failed === 2;
    });
    const held = (await playground.rows(webhooks)).find(({ name }) => name === 'Broken');
    await playground.strapi.db
      .connection(webhooks)
      .where({ id: held?.id })
      .update({ held_until: Date.now() + minuteMs, held_reason: 'breaker' });

    expect(await overview()).toMatchObject({
      delivered: 1,
      failed: 2,
      waiting: { count: 1, more: false },
      trouble: [
        { id: gone.id, state: 'disabled', needsAttention: { code: 'disabled', detail: 'gone' } },
        { name: 'Broken', state: 'held', stateReason: 'breaker', needsAttention: null },
      ],
      troubleTotal: 2,
      stalledSince: null,
    });
  });

  it('a limit that somebody chose, and a pause, are no trouble', async () => {
    const { id } = await addWebhook(playground, { url: receiver.url(), events: ['author.created'] });
    await playground.strapi.db
      .connection(webhooks)
      .where({ id })
      .update({ held_until: Date.now() + minuteMs, held_reason: 'rate_limit' });
    expect((await overview()).trouble).toEqual([]);
    await playground.admin('POST', '/event-webhooks/settings/pause', { reason: 'Repairs', minutes: null });
    expect((await overview()).trouble).toEqual([]);
    await playground.admin('POST', '/event-webhooks/settings/resume');
  });

  it('webhooks away from home are told with where they belong, and how much waits for them', async () => {
    const { id } = await addWebhook(playground, { url: receiver.url(), events: ['author.created'] });
    const home = { name: null, host: 'cms.example.com', environment: 'production' };
    await playground.strapi.db
      .connection(webhooks)
      .where({ id })
      .update({ home: JSON.stringify(home) });
    await create('A');
    await create('B');
    await until('both to wait', async () => (await status()).awayWaiting.count === 2);
    expect((await status()).away).toEqual([
      { id, name: 'Test', rule: 'environment', home: 'cms.example.com · production' },
    ]);
    expect((await overview()).trouble).toMatchObject([
      { id, home, needsAttention: { code: 'away', detail: 'cms.example.com' } },
    ]);
    expect(receiver.requests).toEqual([]);
  });

  it('the log says whether entries of a type give events at all', async () => {
    const page = async (uid?: string) =>
      (
        await playground.admin<{ givesEvents: boolean | null }>(
          'GET',
          `/event-webhooks/deliveries${uid ? `?uid=${uid}&documentId=x&pageSize=3` : ''}`,
        )
      ).body.givesEvents;
    expect(await page(author)).toBe(true);
    expect(await page('api::no.no')).toBe(false);
    expect(await page()).toBeNull();
  });
});

describe('a queue that no worker empties', () => {
  let playground: Playground;

  beforeAll(async () => {
    playground = await startPlayground({
      env: { EVENT_WEBHOOKS_OPTIONS: JSON.stringify({ delivery: { enabled: false } }) },
    });
  });
  afterAll(async () => {
    await playground?.stop();
  });

  it('is told when something has been due for minutes, and not before', async () => {
    const stalledSince = async () =>
      (await playground.admin<StatusView>('GET', '/event-webhooks/status')).body.stalledSince;
    await addWebhook(playground, { url: 'http://127.0.0.1:9/', events: ['author.created'] });
    await playground.strapi.documents(author).create({ data: { name: 'A' } as never });
    expect(await playground.rows('event_webhooks_events')).toMatchObject([{ matched_at: null }]);
    expect(await stalledSince()).toBeNull();

    const since = Date.now() - 10 * minuteMs;
    await playground.strapi.db.connection('event_webhooks_events').update({ occurred_at: since });
    expect(await stalledSince()).toBe(since);
    const { body } = await playground.admin<OverviewView>('GET', '/event-webhooks/overview');
    expect(body.stalledSince).toBe(since);
  });
});
