import { createOrphansService } from '../../server/src/retention/orphans';
import { createRetentionService } from '../../server/src/retention/retention';
import { createStore } from '../../server/src/store';
import type { Store } from '../../server/src/store';
import { databases } from './harness/databases';
import { freshDatabase } from './harness/fresh-database';
import { startPlayground } from './harness/playground';
import type { Playground } from './harness/playground';

const dayMs = 24 * 3_600_000;
const now = 1_764_000_000_000;
const webhook = { name: 'One', url: 'https://example.com/', events: '[]', headers: '[]' };
const ago = (days: number) => now - days * dayMs;

describe.each(databases)('what is too old goes, and nothing else: $client', (database) => {
  let playground: Playground;
  let drop: () => Promise<void>;
  let store: Store;
  let settings = { deliveryDays: 30, bodyDays: 7, dropDeliveredBodies: false };

  beforeAll(async () => {
    const own = await freshDatabase(database);
    drop = own.drop;
    playground = await startPlayground({ env: own.env, listen: false });
    store = createStore(playground.strapi);
    // Takes the first id from the sequence, which the row of each test then has.
    await table('webhooks').insert(webhook);
  });
  afterAll(async () => {
    await playground?.stop();
    await drop?.();
  });
  beforeEach(async () => {
    settings = { deliveryDays: 30, bodyDays: 7, dropDeliveredBodies: false };
    for (const name of ['webhooks', 'events', 'deliveries', 'attempts', 'hours', 'leases'])
      await table(name).delete();
    await table('webhooks').insert({ ...webhook, id: 1 });
  });

  const table = (name: string) => playground.strapi.db.connection(`event_webhooks_${name}`);
  const service = (holder = 'here') =>
    createRetentionService({
      store: store.retention,
      leases: store.leases,
      elapsed: () => performance.now(),
      values: () => settings,
      holder,
      now: () => now,
      log: () => undefined,
    });
  const addEvent = (id: number, days: number, more: Record<string, unknown> = {}) =>
    table('events').insert({
      id,
      message_id: `msg_${id}`,
      type: 'author.updated',
      occurred_at: ago(days),
      matched_at: ago(days),
      body: '{}',
      actor_type: 'system',
      guarantee: 'same_transaction',
      ...more,
    });
  const addDelivery = async (id: number, state: string, days: number, more: Record<string, unknown> = {}) => {
    const isFinished = !['pending', 'delivering', 'blocked'].includes(state);
    await table('deliveries').insert({
      id,
      event_id: id,
      webhook_id: 1,
      message_id: `msg_${id}`,
      event_type: 'author.updated',
      state,
      due_at: ago(days),
      created_at: ago(days),
      finished_at: isFinished ? ago(days) : null,
      webhook_name: 'One',
      host: 'example.com',
      ...more,
    });
    await table('attempts').insert(
      [1, 2, 3].map((number) => ({
        delivery_id: id,
        number,
        kind: 'automatic',
        at: ago(days),
        duration_ms: 1,
        outcome: 'failed',
        method: 'POST',
        url: 'https://example.com/',
        request_headers: '{}',
      })),
    );
  };
  const ids = async (name: string) =>
    (await playground.rows(`event_webhooks_${name}`)).map((row) => Number(row.id));
  /** As a process does it that has just started: in small steps. */
  const cleaned = () =>
    createStore(playground.strapi).retention.events(0, {
      before: ago(30),
      bodiesBefore: ago(7),
      delivered: false,
    });
  /** Runs beside the first statement that looks like this, before the next step. */
  const during = (statement: RegExp, work: () => Promise<unknown>) =>
    new Promise((resolve, reject) => {
      const knex = playground.strapi.db.connection;
      const listen = ({ sql }: { sql: string }): void => {
        if (!statement.test(sql)) return;
        knex.removeListener('query', listen);
        work().then(resolve, reject);
      };
      knex.on('query', listen);
    });
  const withBody = async () =>
    (await playground.rows('event_webhooks_events'))
      .filter(({ body }) => body !== null)
      .map(({ id }) => Number(id));

  if (database.client === 'sqlite') {
    it('every row that is changed is looked up by its id: no statement walks what is kept', async () => {
      await addEvent(1, 40);
      await addDelivery(1, 'succeeded', 40);
      await addDelivery(2, 'pending', 40);
      const changes: { sql: string; bindings: unknown[] }[] = [];
      const note = ({ sql, bindings }: { sql: string; bindings: unknown[] }) => {
        if (/^(delete|update)/.test(sql) && !sql.includes('leases')) changes.push({ sql, bindings });
      };
      const { connection } = playground.strapi.db;
      connection.on('query', note);
      await service().run();
      await store.deliveries.cancelOfWebhook(1, now);
      connection.removeListener('query', note);
      const plans = await Promise.all(
        changes.map(async ({ sql, bindings }) => {
          const rows = (await connection.raw(`explain query plan ${sql}`, bindings as never)) as {
            detail: string;
          }[];
          return rows.map(({ detail }) => detail).filter((detail) => !detail.startsWith('LIST'));
        }),
      );
      expect(changes.map(({ sql }) => sql.split('`')[1])).toEqual(
        expect.arrayContaining(['event_webhooks_attempts', 'event_webhooks_deliveries']),
      );
      expect(plans.flat().filter((detail) => !detail.includes('USING INTEGER PRIMARY KEY'))).toEqual([]);
    });
  }

  it('finished deliveries with their attempts and events; what waits is never touched, however old', async () => {
    const states = [
      'succeeded',
      'failed',
      'cancelled',
      'skipped',
      'collapsed',
      'pending',
      'delivering',
      'blocked',
    ];
    for (const [index, state] of states.entries()) {
      await addEvent(index + 1, 40);
      await addDelivery(index + 1, state, 40);
      await addEvent(index + 11, 20);
      await addDelivery(index + 11, state, 20);
    }
    // Long on the way: it is its end that counts.
    await addEvent(30, 40);
    await addDelivery(30, 'succeeded', 40, { finished_at: ago(1) });
    // Nobody wanted it; nobody has matched it.
    await addEvent(40, 40);
    await addEvent(41, 40, { matched_at: null });
    await service().run();
    const kept = [6, 7, 8, 11, 12, 13, 14, 15, 16, 17, 18, 30];
    expect(await ids('deliveries')).toEqual(kept);
    expect(await ids('events')).toEqual([...kept, 41]);
    const attempts = await playground.rows('event_webhooks_attempts');
    expect(attempts).toHaveLength(kept.length * 3);
    // Bodies are kept for 7 days, and as long as somebody waits for them.
    expect(await withBody()).toEqual([6, 7, 8, 16, 17, 18, 41]);
  });

  it('deliveries that became part of another stand as that one does, and so do their events', async () => {
    const group = async (first: number, state: string, days: number): Promise<void> => {
      for (const id of [first, first + 1]) await addEvent(id, days);
      await addDelivery(first, 'collapsed', days, { collapse_group: `g${first}` });
      await addDelivery(first + 1, state, days, { collapse_group: `g${first}` });
    };
    await group(1, 'pending', 40);
    await group(3, 'succeeded', 40);
    await group(5, 'delivering', 20);
    await group(7, 'succeeded', 20);
    // What it became part of is gone.
    await addEvent(9, 40);
    await addDelivery(9, 'collapsed', 40, { collapse_group: 'g9' });
    await service().run();
    expect(await ids('deliveries')).toEqual([1, 2, 5, 6, 7, 8]);
    expect(await ids('events')).toEqual([1, 2, 5, 6, 7, 8]);
    expect(await withBody()).toEqual([1, 2, 5, 6]);
  });

  it('bodies of merged deliveries are dropped at once only when the one that was sent has arrived', async () => {
    settings.dropDeliveredBodies = true;
    for (const id of [1, 2]) await addEvent(id, 0);
    await addDelivery(1, 'collapsed', 0, { collapse_group: 'g' });
    await addDelivery(2, 'pending', 0, { collapse_group: 'g' });
    await store.retention.dropDelivered([1, 2]);
    expect(await withBody()).toEqual([1, 2]);
    await table('deliveries').where({ id: 2 }).update({ state: 'succeeded', finished_at: now });
    await service().run();
    expect(await withBody()).toEqual([]);
  });

  it('more than a statement and a page hold', async () => {
    const rows = Array.from({ length: 1300 }, (_, index) => index + 1);
    for (let from = 0; from < rows.length; from += 100) {
      const part = rows.slice(from, from + 100);
      await table('deliveries').insert(
        part.map((id) => ({
          id,
          event_id: id,
          webhook_id: 1,
          message_id: `msg_${id}`,
          event_type: 'author.updated',
          state: 'succeeded',
          due_at: 1,
          created_at: ago(id <= 1200 ? 40 : 1),
          finished_at: ago(id <= 1200 ? 40 : 1),
          webhook_name: 'One',
          host: 'example.com',
        })),
      );
    }
    await service().run();
    expect(await ids('deliveries')).toEqual(rows.slice(1200));
  });

  it('a failed one that keeps others waiting on purpose stays', async () => {
    const webhookId = await store.webhooks.create({
      name: 'One',
      url: 'https://example.com/',
      events: [],
      active: true,
      headers: [],
      secrets: [],
      timeoutSeconds: null,
      retryScheduleSeconds: null,
      rateLimit: null,
      ordered: true,
      onFailedHead: 'block',
    });
    await addDelivery(1, 'failed', 40, { webhook_id: webhookId, order_key: 'doc:' });
    await addDelivery(2, 'failed', 40, { webhook_id: webhookId });
    await service().run();
    expect(await ids('deliveries')).toEqual([1]);
  });

  it('what was sent again since it was found old keeps its body', async () => {
    for (let id = 1; id <= 60; id += 1) {
      await addEvent(id, 20);
      await addDelivery(id, 'succeeded', 20);
    }
    // Found old a moment ago, and not yet emptied: somebody presses Resend, somebody else has one matched again.
    const meanwhile = during(/^update .*events. set .body/, async () => {
      expect(await store.deliveries.resend(59, now)).toBe(true);
      await table('events').where({ id: 60 }).update({ matched_at: null });
    });
    await Promise.all([meanwhile, cleaned()]);
    expect(await withBody()).toEqual([59, 60]);
  });

  it('an event that a delivery was made of since it was found old is not deleted', async () => {
    for (let id = 1; id <= 60; id += 1) await addEvent(id, 40);
    const meanwhile = during(/^delete .*events/, () => addDelivery(60, 'pending', 0));
    await Promise.all([meanwhile, cleaned()]);
    expect(await ids('events')).toEqual([60]);
  });

  it('what a crash left waiting for a webhook that is gone is cancelled', async () => {
    await addDelivery(1, 'pending', 1);
    await addDelivery(2, 'pending', 1, { webhook_id: 2 });
    await addDelivery(3, 'blocked', 1, { webhook_id: 3, order_key: 'doc:' });
    await createOrphansService({
      all: () => store.webhooks.all(store.database.pool()),
      find: (id) => store.webhooks.find(store.database.pool(), id),
      orphans: store.orphans.webhookIds,
      cancelWaiting: (id) => store.deliveries.cancelOfWebhook(id, now),
      now: () => now,
      log: () => undefined,
    }).cancel();
    const states = (await playground.rows('event_webhooks_deliveries')).map(({ state }) => state);
    expect(states).toEqual(['pending', 'cancelled', 'cancelled']);
  });

  it('bodies that every receiver has got are dropped at once where the settings say so', async () => {
    settings.dropDeliveredBodies = true;
    const texts = { selected: '{}', core_entry: '{}', shown_by: '{}' };
    for (const id of [1, 2, 3]) await addEvent(id, 0, texts);
    await addDelivery(1, 'succeeded', 0);
    await addDelivery(2, 'succeeded', 0);
    await addDelivery(20, 'pending', 0, { event_id: 2, webhook_id: 2 });
    await addDelivery(3, 'skipped', 0);
    await store.retention.dropDelivered([1, 2, 20]);
    expect(await withBody()).toEqual([2, 3]);
    expect(await table('events').select(Object.keys(texts)).where({ id: 1 })).toEqual([
      { selected: null, core_entry: null, shown_by: null },
    ]);
    // What a crash has left is found each hour.
    await table('deliveries').where({ id: 20 }).update({ state: 'succeeded', finished_at: now });
    await service().run();
    expect(await withBody()).toEqual([3]);
  });

  it('hourly counts are kept for 90 days', async () => {
    for (const days of [91, 89, 1]) {
      await table('hours').insert({ webhook_id: 1, hour: ago(days), succeeded: 1, failed: 0 });
    }
    await service().run();
    expect((await playground.rows('event_webhooks_hours')).map(({ hour }) => Number(hour))).toEqual([
      ago(89),
      ago(1),
    ]);
  });

  it('one process at a time', async () => {
    await addDelivery(1, 'succeeded', 40);
    expect(await store.leases.take('retention', 'elsewhere', now, now + 1000)).toBe(true);
    await service().run();
    expect(await ids('deliveries')).toEqual([1]);
    await store.leases.giveUp('retention', 'elsewhere');
    await Promise.all([service('a').run(), service('b').run()]);
    expect(await ids('deliveries')).toEqual([]);
  });
});
