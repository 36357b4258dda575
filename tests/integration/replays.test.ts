import type { UID } from '@strapi/strapi';
import en from '../../admin/src/translations/en.json';
import uk from '../../admin/src/translations/uk.json';
import type { DeliveryPage, ReplayCount, ReplayView } from '../../contracts';
import { databases } from './harness/databases';
import { addWebhook, startPlayground } from './harness/playground';
import type { Playground } from './harness/playground';
import { Receiver } from './harness/receiver';
import { until } from './harness/wait';

const author = 'api::author.author' as UID.ContentType;

jest.setTimeout(180_000);

describe.each(databases)('on $client', (database) => {
  let playground: Playground;
  let receiver: Receiver;

  beforeAll(async () => {
    receiver = await new Receiver().start();
    playground = await startPlayground({ database });
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
    for (const { id } of body.results) await playground.admin('DELETE', `/event-webhooks/webhooks/${id}`);
    for (const table of ['attempts', 'deliveries', 'events', 'hours', 'replays']) {
      await playground.strapi.db.connection(`event_webhooks_${table}`).delete();
    }
    receiver.requests.length = 0;
    receiver.answer = () => ({ status: 200 });
  });

  const write = (name: string) =>
    playground.strapi.documents(author).create({ data: { name } as never }) as Promise<{
      documentId: string;
    }>;

  const states = async () =>
    (await playground.rows('event_webhooks_deliveries')).map(({ state }) => String(state));

  const ask = async <T>(method: string, path: string, body?: unknown): Promise<T> =>
    (await playground.admin<T>(method, `/event-webhooks${path}`, body)).body;

  /** Hundreds of requests take their time on a busy machine. */
  const patience = { timeoutMs: 60_000 };
  const ended = (id: number) =>
    until(
      'the replay to end',
      async () => {
        const replay = await ask<ReplayView>('GET', `/replays/${id}`);
        return replay.state === 'finished' ? replay : null;
      },
      patience,
    );

  /** So many deliveries that failed, without the writing of so many entries. */
  async function fail(webhookId: number, count: number): Promise<void> {
    const knex = playground.strapi.db.connection;
    await write('The one that is copied');
    const [one] = await until('the failure', async () => {
      const rows = await playground.rows('event_webhooks_deliveries');
      return rows.some(({ state }) => state === 'failed') ? rows : null;
    });
    const [event] = await playground.rows('event_webhooks_events');
    // Ids are the database's to give: Postgres would give those that were chosen here once more.
    const { id: _event, ...eventRow } = event ?? {};
    const { id: _delivery, ...deliveryRow } = one ?? {};
    for (let from = 1; from < count; from += 50) {
      const names = Array.from(
        { length: Math.min(50, count - from) },
        (_, index) => `msg_copy_${webhookId}_${from + index}`,
      );
      await knex('event_webhooks_events').insert(names.map((message_id) => ({ ...eventRow, message_id })));
      const events = (await knex('event_webhooks_events')
        .select(['id', 'message_id'])
        .whereIn('message_id', names)) as { id: number; message_id: string }[];
      await knex('event_webhooks_deliveries').insert(
        events.map(({ id, message_id }) => ({
          ...deliveryRow,
          event_id: id,
          message_id,
          webhook_id: webhookId,
        })),
      );
    }
  }

  describe('many sent again (guarantee 17)', () => {
    it('counts beforehand, sends what failed under the old ids, and says how far it is', async () => {
      receiver.answer = () => ({ status: 500 });
      const { id } = await addWebhook(playground, {
        url: receiver.url(),
        events: ['author.created'],
        retryScheduleSeconds: [],
      });
      await fail(id, 120);
      receiver.answer = () => ({ status: 200 });
      const before = receiver.requests.length;
      expect(await ask<ReplayCount>('POST', '/replays/count', { webhook: id })).toEqual({
        count: 120,
        more: false,
        refusals: [],
        off: [],
      });
      const replay = await ask<ReplayView>('POST', '/replays', { webhook: id });
      expect(replay).toMatchObject({ state: 'running', total: 120, by: 'Anna Shevchenko' });
      expect(await ended(replay.id)).toMatchObject({ done: 120, refused: 0, progress: 1 });
      await until(
        'all of them',
        async () => (await states()).every((state) => state === 'succeeded'),
        patience,
      );
      const sent = receiver.requests.slice(before).map(({ headers }) => String(headers['webhook-id']));
      expect(sent).toHaveLength(120);
      expect(new Set(sent).size).toBe(120);
    });

    it('stops where it is told to, and goes on from there', async () => {
      receiver.answer = () => ({ status: 500 });
      const { id } = await addWebhook(playground, {
        url: receiver.url(),
        events: ['author.created'],
        retryScheduleSeconds: [],
      });
      await fail(id, 400);
      receiver.answer = () => ({ status: 200, delayMs: 40 });
      const { id: replayId } = await ask<ReplayView>('POST', '/replays', { webhook: id });
      await until('it to have begun', async () => {
        const { done } = await ask<ReplayView>('GET', `/replays/${replayId}`);
        return done > 0;
      });
      const stopped = await ask<ReplayView>('POST', `/replays/${replayId}/stop`);
      expect(stopped.state).toBe('stopped');
      await until(
        'what was handed over to be sent',
        async () => (await states()).every((state) => state === 'succeeded' || state === 'failed'),
        patience,
      );
      const left = (await states()).filter((state) => state === 'failed').length;
      expect(left).toBe(400 - stopped.done);
      expect(left).toBeGreaterThan(0);
      await ask('POST', `/replays/${replayId}/resume`);
      expect(await ended(replayId)).toMatchObject({ done: 400 });
      await until('the rest', async () => (await states()).every((state) => state === 'succeeded'), patience);
    });

    it('never lets a delivery of now wait behind more than a few of then', async () => {
      receiver.answer = () => ({ status: 500 });
      const { id } = await addWebhook(playground, {
        url: receiver.url(),
        events: ['author.created'],
        retryScheduleSeconds: [],
      });
      await fail(id, 300);
      receiver.answer = () => ({ status: 200, delayMs: 30 });
      const before = receiver.requests.length;
      const { id: replayId } = await ask<ReplayView>('POST', '/replays', { webhook: id });
      await until('it to be under way', () => receiver.requests.length > before + 20);
      const { documentId } = await write('Live');
      const isLive = (body: Buffer) => body.includes(documentId);
      await until('the live one', () => receiver.requests.some(({ body }) => isLive(body)));
      expect((await states()).filter((state) => state === 'failed').length).toBeGreaterThan(0);
      await ended(replayId);
    });

    it('sends what was skipped while the webhook was off, and only that', async () => {
      // Of the test before something may still be under way.
      const arrived = () => receiver.requests.filter(({ path }) => path === '/was-off').length;
      const { id } = await addWebhook(playground, {
        url: receiver.url('/was-off'),
        events: ['author.created'],
        active: false,
      });
      for (const name of ['one', 'two', 'three']) await write(name);
      await until('three skipped ones', async () => (await states()).length === 3);
      await playground.admin('POST', '/event-webhooks/webhooks/actions/bulk', {
        ids: [id],
        action: 'enable',
      });
      const replay = await ask<ReplayView>('POST', '/replays', { webhook: id, which: 'skipped' });
      expect(await ended(replay.id)).toMatchObject({ total: 3, done: 3 });
      await until('the three', () => arrived() === 3, patience);
    });

    it('counts what is really sent, and beside it what has no body any more or is meant for a webhook that is off', async () => {
      receiver.answer = () => ({ status: 500 });
      const on = await addWebhook(playground, {
        url: receiver.url('/on'),
        events: ['author.created'],
        retryScheduleSeconds: [],
      });
      const off = await addWebhook(playground, {
        url: receiver.url('/off'),
        events: ['author.created'],
        retryScheduleSeconds: [],
      });
      await write('kept');
      await write('dropped');
      await until(
        'four failures',
        async () => (await states()).filter((state) => state === 'failed').length === 4,
      );
      await playground.admin('POST', '/event-webhooks/webhooks/actions/bulk', {
        ids: [off.id],
        action: 'disable',
      });
      const events = await playground.rows('event_webhooks_events');
      await playground.strapi.db
        .connection('event_webhooks_events')
        .where({ id: events.at(-1)?.id })
        .update({ body: null });
      const sendable = async () =>
        (await ask<DeliveryPage>('GET', '/deliveries')).results.map(({ canResend }) => canResend);
      // Newest first: of the newer event there is no body.
      expect(await sendable()).toEqual([false, false, true, true]);
      receiver.answer = () => ({ status: 200 });
      const counted = await ask<ReplayCount>('POST', '/replays/count', {});
      const notSent = [
        { reason: 'webhook_off', count: 2 },
        { reason: 'body_gone', count: 1 },
      ];
      expect(counted).toEqual({ count: 1, more: false, refusals: notSent, off: ['Test'] });
      const selected = { ids: (await playground.rows('event_webhooks_deliveries')).map(({ id }) => id) };
      expect(await ask<ReplayCount>('POST', '/replays/count', selected)).toEqual(counted);
      const replay = await ask<ReplayView>('POST', '/replays', {});
      expect(await ended(replay.id)).toMatchObject({
        total: 2,
        done: 1,
        refused: 1,
        refusals: [{ reason: 'body_gone', count: 1 }],
      });
      const arrivedAt = (path: string) => receiver.requests.filter((request) => request.path === path).length;
      await until('the one that is sent again', () => arrivedAt('/on') === 3);
      const { status, body } = await playground.admin<{ error: { message: string } }>(
        'POST',
        '/event-webhooks/replays',
        { webhook: off.id },
      );
      expect([status, body.error.message]).toEqual([400, expect.stringContaining('webhooks that are off')]);
      expect(arrivedAt('/off')).toBe(2);
      expect(on.id).not.toBe(off.id);
      await playground.admin('DELETE', `/event-webhooks/webhooks/${on.id}`);
      expect((await sendable()).filter(Boolean)).toHaveLength(1);
    });

    it('sends nothing where the filter asks for tests alone', async () => {
      receiver.answer = () => ({ status: 500 });
      const { id } = await addWebhook(playground, {
        url: receiver.url(),
        events: ['author.created'],
        retryScheduleSeconds: [],
      });
      await fail(id, 2);
      const filters = { webhook: id, tests: 'only', which: 'all' };
      expect(await ask<ReplayCount>('POST', '/replays/count', filters)).toMatchObject({ count: 0 });
      const { status } = await playground.admin('POST', '/event-webhooks/replays', filters);
      expect(status).toBe(400);
    });

    it('does not wait for a webhook on hold that it has nothing for', async () => {
      receiver.answer = () => ({ status: 500 });
      const make = (path: string, event: string) =>
        addWebhook(playground, { url: receiver.url(path), events: [event], retryScheduleSeconds: [] });
      const { id } = await make('/wanted', 'author.created');
      const held = await make('/held', 'author.updated');
      await fail(id, 3);
      await playground.strapi.db
        .connection('event_webhooks_webhooks')
        .where({ id: held.id })
        .update({ held_until: Date.now() + 3_600_000, held_reason: 'breaker' });
      receiver.answer = () => ({ status: 200 });
      const replay = await ask<ReplayView>('POST', '/replays', {});
      expect(await ended(replay.id)).toMatchObject({ total: 3, done: 3, waiting: [] });
    });

    it('takes a selection as it is, also what had arrived', async () => {
      await addWebhook(playground, { url: receiver.url(), events: ['author.created'] });
      await write('once');
      await write('twice');
      const rows = await until('both', async () => {
        const found = await playground.rows('event_webhooks_deliveries');
        return found.length === 2 && found.every(({ state }) => state === 'succeeded') ? found : null;
      });
      const replay = await ask<ReplayView>('POST', '/replays', { ids: [rows[1]?.id], which: 'all' });
      await ended(replay.id);
      await until('the third request', () => receiver.requests.length === 3);
      expect(receiver.requests[2]?.headers['webhook-id']).toBe(rows[1]?.message_id);
    });
  });

  describe('the log finds', () => {
    it('by each filter, by time and status, and by text in ids, causes and bodies', async () => {
      receiver.answer = ({ body }) => (body.includes('good') ? { status: 200 } : { status: 503 });
      const { id } = await addWebhook(playground, {
        url: receiver.url(),
        events: ['author.created'],
        retryScheduleSeconds: [],
      });
      const { documentId } = await write('good');
      await write('Mykhailo');
      const [good, bad] = await until('both', async () => {
        const rows = await playground.rows('event_webhooks_deliveries');
        return rows.length === 2 && rows.every(({ finished_at }) => finished_at) ? rows : null;
      });
      const found = async (query: Record<string, string | number>) =>
        (
          await ask<{ results: { id: number }[] }>(
            'GET',
            `/deliveries?${new URLSearchParams(query as Record<string, string>)}`,
          )
        ).results.map((row) => row.id);
      const now = Date.now();
      const both = [bad?.id, good?.id];
      expect(await found({ webhook: id })).toEqual(both);
      expect(await found({ state: 'failed' })).toEqual([bad?.id]);
      expect(await found({ httpStatus: 503 })).toEqual([bad?.id]);
      expect(await found({ httpStatus: 200 })).toEqual([good?.id]);
      expect(await found({ httpStatus: 404 })).toEqual([]);
      expect(await found({ code: 'http_5xx' })).toEqual([bad?.id]);
      expect(await found({ documentId })).toEqual([good?.id]);
      expect(await found({ since: now - 3_600_000 })).toEqual(both);
      expect(await found({ since: now + 60_000 })).toEqual([]);
      expect(await found({ until: now - 3_600_000 })).toEqual([]);
      expect(await found({ since: now - 3_600_000, httpStatus: 503, webhook: id })).toEqual([bad?.id]);
      expect(await found({ tests: 'only' })).toEqual([]);
      expect(await found({ text: String(good?.message_id) })).toEqual([good?.id]);
      expect(await found({ text: documentId.slice(0, 12) })).toEqual([good?.id]);
      expect(await found({ text: 'http_5xx' })).toEqual([bad?.id]);
      // By the name that the screens give a failure, in any language: of its cause or of its status.
      expect(await found({ text: 'Service Unavailable' })).toEqual([bad?.id]);
      expect(await found({ text: en['failure.http_5xx.short'] })).toEqual([bad?.id]);
      expect(await found({ text: uk['failure.http_5xx.short'] })).toEqual([bad?.id]);
      expect(await found({ text: en['failure.timeout.short'] })).toEqual([]);
      expect(await found({ text: 'Mykhailo' })).toEqual([bad?.id]);
      expect(await found({ text: '127.0.0.1' })).toEqual(both);
      expect(await found({ text: 'Mykhailo', state: 'succeeded' })).toEqual([]);
      expect(await found({ text: 'nowhere' })).toEqual([]);
    });
  });
});
