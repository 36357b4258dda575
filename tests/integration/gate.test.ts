import type { UID } from '@strapi/strapi';
import { addWebhook, forgetEvents, startPlayground } from './harness/playground';
import type { Playground } from './harness/playground';
import { Receiver } from './harness/receiver';
import { quiet, until } from './harness/wait';

const author = 'api::author.author' as UID.ContentType;
const day = 24 * 3_600_000;
const webhooks = 'event_webhooks_webhooks';
const deliveries = 'event_webhooks_deliveries';

interface View {
  state: string;
  stateReason: string | null;
  heldUntil: number | null;
  active: boolean;
  slowed: boolean;
  missed: number;
  needsAttention: { code: string; detail: string | null } | null;
}

interface Mail {
  to: string;
  subject: string;
  text: string;
}

describe('a webhook and its endpoint', () => {
  let playground: Playground;
  let receiver: Receiver;
  let healthy: Receiver;
  const mails: Mail[] = [];

  const create = (name: string) => playground.strapi.documents(author).create({ data: { name } as never });
  const row = async (id: number) =>
    (await playground.rows(webhooks)).find((candidate) => Number(candidate.id) === id) ?? {};
  const view = async (id: number) =>
    (await playground.admin<View>('GET', `/event-webhooks/webhooks/${id}`)).body;
  const patch = (id: number, columns: Record<string, unknown>) =>
    playground.strapi.db.connection(webhooks).where({ id }).update(columns);
  const deliveriesOf = async (id: number) =>
    (await playground.rows(deliveries)).filter((delivery) => Number(delivery.webhook_id) === id);

  beforeAll(async () => {
    receiver = await new Receiver().start();
    healthy = await new Receiver().start();
    playground = await startPlayground({
      env: {
        EVENT_WEBHOOKS_OPTIONS: JSON.stringify({ delivery: { breakerFailures: 3, breakerOpenSeconds: 2 } }),
      },
      bootstrap: (strapi) => {
        const email = strapi.plugin('email').service('email') as { send(mail: Mail): Promise<void> };
        email.send = async (mail) => void mails.push(mail);
      },
    });
  });
  afterAll(async () => {
    await playground?.stop();
    await receiver?.stop();
    await healthy?.stop();
  });
  beforeEach(() => {
    receiver.answer = () => ({});
    receiver.requests.length = 0;
    healthy.requests.length = 0;
    mails.length = 0;
  });
  afterEach(async () => {
    for (const { id } of await playground.rows(webhooks)) {
      await playground.admin('DELETE', `/event-webhooks/webhooks/${Number(id)}`);
    }
    await forgetEvents(playground);
  });

  it('the breaker leaves a broken endpoint alone, without using up tries, and lets the others go (guarantee 19)', async () => {
    receiver.answer = () => ({ status: 500 });
    const options = { events: ['author.created'], retryScheduleSeconds: [600] };
    const broken = await addWebhook(playground, { ...options, url: receiver.url(), name: 'Broken' });
    await addWebhook(playground, { ...options, url: healthy.url(), name: 'Healthy' });
    for (let index = 0; index < 3; index += 1) await create(`B${index}`);
    await until('the breaker to open', async () => (await view(broken.id)).stateReason === 'breaker');
    const calls = receiver.requests.length;
    for (let index = 3; index < 8; index += 1) await create(`B${index}`);
    await until('the healthy one', () => healthy.requests.length === 8);
    expect(receiver.requests).toHaveLength(calls);
    const waiting = (await deliveriesOf(broken.id)).filter(({ attempts }) => Number(attempts) === 0);
    expect(waiting.map(({ state }) => state)).toEqual(Array.from({ length: 8 - calls }, () => 'pending'));

    receiver.answer = () => ({});
    await until('what waited', async () => receiver.requests.length === 8);
    expect(await view(broken.id)).toMatchObject({ state: 'active', slowed: false });
    expect(await row(broken.id)).toMatchObject({ failures: 0, breaker_level: 0, failing_since: null });
  });

  it('resume now: a held webhook goes on at once', async () => {
    const { id } = await addWebhook(playground, { url: receiver.url(), events: ['author.created'] });
    await patch(id, { held_until: Date.now() + 600_000, held_reason: 'breaker', breaker_level: 4 });
    await create('Held');
    await quiet(1500);
    expect(receiver.requests).toHaveLength(0);
    await playground.admin('POST', `/event-webhooks/webhooks/${id}/resume`);
    await until('the delivery', () => receiver.requests.length === 1);
  });

  it('429, 503, 504 slow the webhook down and its success speeds it up again', async () => {
    const { id } = await addWebhook(playground, {
      url: receiver.url(),
      events: ['author.created'],
      retryScheduleSeconds: [600],
    });
    receiver.answer = () => ({ status: 503 });
    await create('Slow');
    await until('the throttle', async () => (await view(id)).slowed);
    expect(await view(id)).toMatchObject({ state: 'held', stateReason: 'throttle' });
    receiver.answer = () => ({});
    await patch(id, { throttled_at: Date.now() - 60_000 });
    await create('Fast again');
    await until('full width', async () => !(await view(id)).slowed);
  });

  it('five days of failures disable it: once, with an e-mail to its owner and an event; misses are kept (guarantee 18)', async () => {
    receiver.answer = () => ({ status: 500 });
    const { id } = await addWebhook(playground, {
      url: receiver.url(),
      name: 'Billing',
      events: ['author.created'],
      retryScheduleSeconds: [],
    });
    await addWebhook(playground, { url: healthy.url(), events: ['webhook.*'], name: 'Watcher' });
    const since = Date.now() - 3 * day;
    await patch(id, { failing_since: since, last_failure_at: since + day });
    await create('Warns');
    await until('the warning', () => mails.length === 1);
    expect(mails[0]?.to).toBe('anna@example.com');
    expect(mails[0]?.subject).toBe('Webhook “Billing” is failing');
    expect(await view(id)).toMatchObject({ needsAttention: { code: 'failing' } });
    await create('Warns no more');
    await until('the try', async () => (await deliveriesOf(id)).every(({ state }) => state === 'failed'));
    expect(mails).toHaveLength(1);

    await patch(id, { failing_since: Date.now() - 5 * day - 1000 });
    await create('Disables');
    await until('the end', async () => (await view(id)).state === 'disabled');
    await until('the e-mail', () => mails.length === 2);
    expect(mails[1]?.subject).toBe('Webhook “Billing” was disabled automatically');
    expect(mails[1]?.text).toContain('All deliveries have failed since');
    expect(mails[1]?.text).toContain(`/admin/plugins/event-webhooks/webhooks/${id}`);
    expect(await view(id)).toMatchObject({ stateReason: 'failing', needsAttention: { code: 'disabled' } });
    await until('the events', () => healthy.requests.length === 2);
    expect(healthy.bodies().map(({ type, data }) => [type, data.webhook_id, data.webhook_host])).toEqual([
      ['webhook.failing', id, new URL(receiver.url()).host],
      ['webhook.disabled', id, new URL(receiver.url()).host],
    ]);

    const calls = receiver.requests.length;
    await create('Missed');
    await until('the skipped one', async () => (await view(id)).missed === 1);
    receiver.answer = () => ({});
    const missed = (await deliveriesOf(id)).find(({ state }) => state === 'skipped');
    await playground.admin('POST', '/event-webhooks/webhooks/actions/bulk', { ids: [id], action: 'enable' });
    await quiet(300);
    expect(receiver.requests).toHaveLength(calls);
    await playground.admin('POST', `/event-webhooks/deliveries/${Number(missed?.id)}/resend`);
    await until('what was missed', () => receiver.requests.length === calls + 1);
  });

  it('says when a webhook that was about to be disabled works again', async () => {
    const { id } = await addWebhook(playground, { url: receiver.url(), events: ['author.created'] });
    const since = Date.now() - 3 * day;
    await patch(id, { failing_since: since, last_failure_at: since + day, warned_at: since + 2 * day });
    await create('Works');
    await until('the e-mail', () => mails.length === 1);
    expect(mails[0]?.subject).toBe('Webhook “Test” works again');
    expect((await view(id)).needsAttention).toBeNull();
  });

  it('a webhook never hears of itself', async () => {
    receiver.answer = () => ({ status: 410 });
    const { id } = await addWebhook(playground, {
      url: receiver.url(),
      events: ['author.created', 'webhook.*'],
    });
    await create('Gone');
    await until('the end', async () => (await view(id)).stateReason === 'gone');
    await until('the event', async () =>
      (await playground.rows('event_webhooks_events')).some(
        ({ type, matched_at }) => type === 'webhook.disabled' && matched_at !== null,
      ),
    );
    expect(await deliveriesOf(id)).toHaveLength(1);
  });

  it('a threshold of its own tells sooner, once; and each delivery that failed for good has its event', async () => {
    receiver.answer = () => ({ status: 500 });
    const watcher = await addWebhook(playground, {
      url: healthy.url(),
      events: ['webhook.failing', 'delivery.failed'],
    });
    const { id } = await addWebhook(playground, {
      url: receiver.url(),
      events: ['author.created', 'delivery.failed'],
      alertAfter: { failures: 2, minutes: null },
      retryScheduleSeconds: [],
    });
    await playground.admin('PUT', `/event-webhooks/settings`, { notify: ['team@example.com'] });
    await create('One');
    await until('the first failure', async () => (await deliveriesOf(id))[0]?.state === 'failed');
    await create('Two');
    await until('the news', () => healthy.bodies().length === 3);
    const told = healthy.bodies();
    expect(told.map(({ type }) => type).sort()).toEqual([
      'delivery.failed',
      'delivery.failed',
      'webhook.failing',
    ]);
    expect(told.find(({ type }) => type === 'delivery.failed')?.data).toMatchObject({
      ...{ webhook_id: id, event_type: 'author.created', http_status: 500, attempts: 1 },
      entry_uid: author,
    });
    await until('the e-mail', () => mails.some(({ to }) => to === 'team@example.com'));
    expect(mails.filter(({ to }) => to === 'team@example.com')).toHaveLength(1);
    // Its own news it does not get, and the watcher's deliveries give no further event.
    expect(await deliveriesOf(id)).toHaveLength(2);
    expect(await deliveriesOf(watcher.id)).toHaveLength(3);
    await playground.admin('PUT', `/event-webhooks/settings`, { notify: [] });
  });

  it('pause everything: all waits, nothing is lost or skipped, and it goes on by itself', async () => {
    await addWebhook(playground, { url: receiver.url(), events: ['author.created'] });
    const wrong = await playground.admin<{ error: { details: { errors: { path: string[] }[] } } }>(
      'POST',
      '/event-webhooks/settings/pause',
      { reason: ' ', minutes: 0 },
    );
    expect(wrong.status).toBe(400);
    expect(wrong.body.error.details.errors.map(({ path }) => path.join('.'))).toEqual(['reason', 'minutes']);

    const paused = await playground.admin('POST', '/event-webhooks/settings/pause', {
      reason: 'Maintenance of the shop',
      minutes: null,
    });
    expect(paused.body).toMatchObject({
      pause: { reason: 'Maintenance of the shop', by: 'Anna Shevchenko' },
    });
    await create('Waits');
    await quiet(1500);
    expect(receiver.requests).toHaveLength(0);
    expect((await playground.rows(deliveries)).map(({ state }) => state)).toEqual(['pending']);
    await playground.admin('POST', '/event-webhooks/settings/resume');
    await until('the delivery', () => receiver.requests.length === 1);
  });
});
