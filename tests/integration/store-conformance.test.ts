import { createStore } from '../../server/src/store';
import type { Store } from '../../server/src/store';
import { isTransient } from '../../server/src/store/connection';
import type { NewDelivery, StoredDelivery } from '../../server/src/store/deliveries';
import type { NewEvent } from '../../server/src/store/events';
import { withoutEntry } from '../../server/src/store/events';
import type { OutcomeRow } from '../../server/src/store/outcomes';
import { hourMs } from '../../server/src/store/outcomes';
import { createRateCounter } from '../../server/src/store/rates';
import type { NewWebhook } from '../../server/src/store/webhooks';
import { databases } from './harness/databases';
import { freshDatabase } from './harness/fresh-database';
import { startPlayground } from './harness/playground';
import type { Playground } from './harness/playground';
import { quiet } from './harness/wait';

/** Larger than any 32-bit number, so that a column or a driver that cannot hold it shows. */
const now = 1_764_000_000_000;
const leaseUntil = now + 120_000;

let serial = 0;
const event = (more: Partial<NewEvent> = {}): NewEvent => ({
  ...withoutEntry,
  messageId: `msg_${(serial += 1)}`,
  type: 'author.updated',
  occurredAt: now,
  body: '{"b":1,"a":2}',
  actor: { type: 'system', id: null, name: null },
  transactionId: null,
  guarantee: 'same_transaction',
  cause: null,
  ...more,
});
const delivery = (more: Partial<NewDelivery> = {}): NewDelivery => ({
  eventId: (serial += 1),
  webhookId: 1,
  messageId: `msg_${serial}`,
  eventType: 'author.updated',
  state: 'pending',
  test: false,
  dueAt: now,
  createdAt: now,
  webhookName: 'One',
  host: 'example.com',
  uid: 'api::author.author',
  documentId: 'doc',
  locale: null,
  body: null,
  orderKey: null,
  ...more,
});
const outcome = (of: StoredDelivery, more: Partial<OutcomeRow> = {}, answer = 'ok'): OutcomeRow => ({
  deliveryId: of.id,
  webhookId: of.webhookId,
  fence: of.fence,
  state: 'succeeded',
  attempts: of.attempts + 1,
  dueAt: now,
  finishedAt: now + 5,
  orderKey: of.orderKey,
  attempt: {
    number: of.attempts + 1,
    kind: 'automatic',
    at: now,
    durationMs: 12,
    outcome: 'succeeded',
    code: null,
    error: null,
    method: 'POST',
    url: 'https://example.com/',
    requestHeaders: { 'webhook-id': 'x' },
    httpStatus: 200,
    statusText: 'OK',
    responseHeaders: { b: '1', a: '2' },
    responseBody: answer,
    truncated: false,
  },
  ...more,
});
const webhook = (more: Partial<NewWebhook> = {}): NewWebhook => ({
  name: 'Леся 🌾',
  url: 'https://example.com/?a=1',
  events: ['author.*', 'locale.created'],
  active: true,
  headers: [{ name: 'x', value: 'y', secret: false }],
  secrets: [{ value: 'v1:00', validUntil: now }],
  timeoutSeconds: null,
  retryScheduleSeconds: [0.5, 1],
  rateLimit: { count: 5, seconds: 1 },
  ordered: false,
  onFailedHead: 'pass',
  ...more,
});

const range = (length: number) => Array.from({ length }, (_, index) => index);
const tables = ['webhooks', 'events', 'deliveries', 'attempts', 'hours', 'leases'];

describe.each(databases)('the store keeps its contract on $client', (database) => {
  let playground: Playground;
  let drop: () => Promise<void>;
  let store: Store;
  const pool = () => store.database.pool();

  beforeAll(async () => {
    const own = await freshDatabase(database);
    drop = own.drop;
    playground = await startPlayground({ env: own.env, listen: false });
    store = createStore(playground.strapi);
  });
  afterAll(async () => {
    await playground?.stop();
    await drop?.();
  });
  beforeEach(async () => {
    for (const table of tables) await playground.strapi.db.connection(`event_webhooks_${table}`).delete();
  });

  const add = async (...rows: NewDelivery[]) => store.deliveries.insertOnce(pool(), rows);
  const claim = (limit = 100, webhookIds = [1], from = store) =>
    from.deliveries.claim({
      slots: webhookIds.map((webhookId) => ({ webhookId, free: limit })),
      now,
      leaseUntil,
      limit,
    });
  const one = async (more: Partial<NewDelivery> = {}): Promise<StoredDelivery> => {
    await add(delivery(more));
    const [taken] = await claim(1, [more.webhookId ?? 1]);
    if (!taken) throw new Error('nothing was taken');
    return taken;
  };
  const all = async () => (await store.log.page(pool(), { tests: 'show', pageSize: 100 })).rows;
  const states = async () => (await all()).map(({ state }) => state).sort();

  describe('events', () => {
    it('come back as they were written: numbers, four-byte text, the order of keys, what is null', async () => {
      const given = event({
        body: '{"ї":"🌾","b":1.0,"a":"\\u0000"}',
        snapshot: '{}',
        changedFields: ['name', 'назва'],
        actor: { type: 'admin', id: '1', name: 'Ганна 🌻' },
        documentId: 'doc',
        locale: 'uk',
        publishedAs: 'msg_publication',
        facts: { action: 'updated', before: { name: 'Anna' }, after: { name: 'Ганна 🌻' } },
      });
      await store.events.insert(pool(), [given]);
      const [read] = await store.database.transaction((trx) => store.events.lockUnmatched(trx, 10));
      // Without its texts: a batch of those may be large.
      const { messageId, type, occurredAt, uid, documentId, locale, status } = given;
      const { changedFields, facts, actor, publishedAs } = given;
      expect(read).toEqual({
        ...{ id: read?.id, messageId, type, occurredAt, uid, documentId, locale, status },
        ...{ changedFields, facts, actor, publishedAs, hasBody: true },
      });
      expect(await store.events.byMessage(pool(), messageId)).toEqual(read);
      expect(await store.events.byMessage(pool(), 'msg_of_nothing')).toBeNull();
      expect(await store.events.find(pool(), read?.id ?? 0)).toEqual({
        ...given,
        id: read?.id,
        matchedAt: null,
        matchError: null,
      });
      expect(await store.events.find(pool(), 999_999)).toBeNull();
    });

    it('are written with the change they tell of, or not at all', async () => {
      await expect(
        store.database.transaction(async (trx) => {
          await store.events.insert(trx, [event()]);
          throw new Error('rolled back');
        }),
      ).rejects.toThrow('rolled back');
      expect(await playground.rows('event_webhooks_events')).toEqual([]);
    });

    it('are locked for one matcher, oldest first; who is matched or set aside is not seen again', async () => {
      await store.events.insert(
        pool(),
        range(6).map(() => event()),
      );
      const seen = await store.database.transaction(async (trx) => {
        const mine = await store.events.lockUnmatched(trx, 3);
        const others =
          database.client === 'sqlite'
            ? []
            : await store.database.transaction((rival) => store.events.lockUnmatched(rival, 10));
        await store.events.markMatched(
          trx,
          mine.map(({ id }) => id),
          now,
        );
        return { mine: mine.map(({ id }) => id), others: others.map(({ id }) => id) };
      });
      expect(seen.mine).toEqual([...seen.mine].sort((a, b) => a - b));
      const left = await store.database.transaction((trx) => store.events.lockUnmatched(trx, 10));
      expect(left).toHaveLength(3);
      if (database.client !== 'sqlite') expect(seen.others).toEqual(left.map(({ id }) => id));
      await store.events.setAside(pool(), left[0]?.id ?? 0, now, 'x'.repeat(5000));
      expect((await store.events.find(pool(), left[0]?.id ?? 0))?.matchError).toHaveLength(2000);
      expect(await store.database.transaction((trx) => store.events.lockUnmatched(trx, 10))).toHaveLength(2);
    });

    it('who was set aside waits again when asked to, unless nothing of it is kept', async () => {
      await store.events.insert(pool(), [event(), event(), event(), event({ body: null })]);
      const rows = await store.database.transaction((trx) => store.events.lockUnmatched(trx, 10));
      expect(rows.map(({ hasBody }) => hasBody)).toEqual([true, true, true, false]);
      const [first = 0, second = 0, third = 0, empty = 0] = rows.map(({ id }) => id);
      await store.events.markMatched(pool(), [third], now);
      for (const id of [first, second, empty]) await store.events.setAside(pool(), id, now, 'odd');
      expect(await store.events.setAsideIds(pool(), 10)).toEqual([first, second, empty]);
      expect(await store.events.setAsideIds(pool(), 2)).toEqual([first, second]);
      expect(await store.events.matchAgain(pool(), [second, third, empty])).toBe(1);
      const again = await store.database.transaction((trx) => store.events.lockUnmatched(trx, 10));
      expect(again.map(({ id }) => id)).toEqual([second]);
      expect(await store.events.setAsideIds(pool(), 10)).toEqual([first, empty]);
    });

    it('get their body late, and give bodies many at once', async () => {
      await store.events.insert(pool(), [event({ body: null, snapshot: '{}' }), event()]);
      const rows = await store.database.transaction((trx) => store.events.lockUnmatched(trx, 10));
      const [first, second] = rows.map(({ id }) => id);
      await store.events.saveBody(pool(), first ?? 0, '{"late":1}', 'why');
      expect(await store.events.find(pool(), first ?? 0)).toMatchObject({
        snapshot: null,
        selected: null,
        thinReason: 'why',
      });
      expect(await store.events.bodies(pool(), [first ?? 0, second ?? 0, 999_999])).toEqual(
        new Map([
          [first, '{"late":1}'],
          [second, '{"b":1,"a":2}'],
        ]),
      );
      expect(await store.events.bodies(pool(), [])).toEqual(new Map());
    });
  });

  describe('deliveries', () => {
    it('the same event goes to the same webhook once, however often it is matched; more than a statement holds', async () => {
      const rows = range(250).map(() => delivery());
      await add(...rows);
      await add(...rows, delivery());
      expect(await playground.rows('event_webhooks_deliveries')).toHaveLength(251);
    });

    it('come back as they were written, with numbers that are numbers', async () => {
      const given = delivery({ eventId: null, test: true, state: 'delivering', body: '{"🌾":1}' });
      const id = await store.deliveries.insertOne(pool(), given);
      const read = await store.deliveries.find(pool(), id);
      expect(read).toMatchObject({ ...given, id, attempts: 0, fence: 0, finishedAt: null });
      expect(await store.deliveries.findMany(pool(), [id, 999_999])).toEqual([read]);
      expect((read?.dueAt ?? 0) + 5000).toBe(now + 5000);
    });

    it('a claim takes what is due, up to the free slots of each webhook, and nothing else', async () => {
      await add(
        ...range(5).map(() => delivery()),
        ...range(5).map(() => delivery({ webhookId: 2 })),
        delivery({ webhookId: 3 }),
        delivery({ dueAt: now + 1 }),
        ...(['blocked', 'skipped', 'succeeded'] as const).map((state) => delivery({ state })),
      );
      const slots = [
        { webhookId: 1, free: 2 },
        { webhookId: 2, free: 9 },
      ];
      const taken = await store.deliveries.claim({ slots, now, leaseUntil, limit: 4 });
      expect(taken).toHaveLength(4);
      expect(taken.filter(({ webhookId }) => webhookId === 1)).toHaveLength(2);
      expect(taken[0]).toMatchObject({ state: 'delivering', fence: 1, leaseUntil });
      const rest = await store.deliveries.claim({ slots, now, leaseUntil, limit: 100 });
      expect(rest).toHaveLength(5);
      expect(new Set([...taken, ...rest].map(({ id }) => id)).size).toBe(9);
    });

    it('more webhooks than a statement asks for', async () => {
      await add(...range(120).map((webhookId) => delivery({ webhookId })));
      expect(await claim(200, range(120))).toHaveLength(120);
    });

    const claimers = () => [
      { name: 'as this database does', from: store },
      // The path of databases without SKIP LOCKED.
      { name: 'by compare-and-set', from: createStore(playground.strapi, { skipLocked: false }) },
    ];
    it.each([0, 1])('claimers at the same time never take the same row (way %i)', async (way) => {
      const from = claimers()[way]?.from ?? store;
      await add(...range(300).map(() => delivery()));
      const taken: StoredDelivery[] = [];
      const work = async () => {
        for (let empty = 0; empty < 3;) {
          const mine = await claim(7, [1], from);
          taken.push(...mine);
          empty = mine.length === 0 ? empty + 1 : 0;
        }
      };
      await Promise.all(range(6).map(work));
      expect(taken).toHaveLength(300);
      expect(new Set(taken.map(({ id }) => id)).size).toBe(300);
      expect(taken.every(({ fence }) => fence === 1)).toBe(true);
    });

    it('what goes back without an attempt can be taken again, under the next fence', async () => {
      const first = await one();
      await store.deliveries.release([first]);
      const [again] = await claim();
      expect(again).toMatchObject({ id: first.id, fence: 2, attempts: 0 });
      await store.deliveries.release([first], now + 7);
      expect(await states()).toEqual(['delivering']);
      await store.deliveries.release([again ?? first], now + 7);
      expect(await store.deliveries.nextDue([1])).toBe(now + 7);
    });

    it('expired leases return, live ones do not; who lost its lease cannot write', async () => {
      const lost = await one();
      expect(await store.deliveries.returnExpired(leaseUntil, 10)).toBe(0);
      expect(await store.deliveries.returnExpired(leaseUntil + 1, 10)).toBe(1);
      expect(await store.deliveries.nextDue([1])).toBe(leaseUntil + 1);
      await playground.strapi.db.connection('event_webhooks_deliveries').update({ due_at: now });
      const [mine] = await claim();
      expect(await store.outcomes.record([outcome(lost)])).toEqual({ lost: [lost.id], refused: [] });
      expect(await store.outcomes.attempts(pool(), lost.id)).toEqual([]);
      expect(await store.outcomes.record([outcome(mine ?? lost)])).toEqual({ lost: [], refused: [] });
      expect(await states()).toEqual(['succeeded']);
    });

    it('says when the next one is due, of these webhooks alone', async () => {
      await add(delivery({ dueAt: now + 9 }), delivery({ dueAt: now + 3 }), delivery({ webhookId: 2 }));
      expect(await store.deliveries.nextDue([1])).toBe(now + 3);
      expect(await store.deliveries.nextDue([7])).toBeNull();
      expect(await store.deliveries.nextDue([])).toBeNull();
      expect(await store.deliveries.firstDue([1, 7])).toEqual(new Map([[1, now + 3]]));
      expect(await store.deliveries.firstDue([])).toEqual(new Map());
    });

    it('is sent again by hand unless it is being sent; the schedule begins anew', async () => {
      const taken = await one();
      expect(await store.deliveries.resend(taken.id, now)).toBe(false);
      await store.outcomes.record([outcome(taken, { state: 'failed' })]);
      expect(await store.deliveries.resend(taken.id, now + 1)).toBe(true);
      expect(await store.deliveries.find(pool(), taken.id)).toMatchObject({
        state: 'pending',
        scheduleOffset: 1,
        dueAt: now + 1,
        finishedAt: null,
      });
    });

    it('all that waits for a webhook is cancelled, and only that', async () => {
      await add(
        ...range(3).map(() => delivery()),
        delivery({ state: 'blocked', orderKey: 'a:' }),
        delivery({ state: 'succeeded' }),
        delivery({ webhookId: 2 }),
      );
      await store.deliveries.cancelOfWebhook(1, now);
      expect(await states()).toEqual([...range(4).map(() => 'cancelled'), 'pending', 'succeeded']);
      expect((await all()).every(({ orderKey }) => orderKey === null)).toBe(true);
    });

    it('counts what was skipped, and knows why', async () => {
      const skipReason = 'event_taken_over' as const;
      await add(...range(3).map(() => delivery({ state: 'skipped', skipReason })), delivery());
      expect(await store.deliveries.skippedCounts(pool(), [1, 2])).toEqual(new Map([[1, 3]]));
      expect(await store.deliveries.skippedCounts(pool(), [])).toEqual(new Map());
      const stored = await all();
      expect(stored.map(({ state, skipReason: reason }) => `${state}: ${reason}`).sort()).toEqual([
        'pending: null',
        ...range(3).map(() => `skipped: ${skipReason}`),
      ]);
    });

    it('the log: pages by key, nothing twice, nothing left out; a typed % is a letter', async () => {
      await add(...range(45).map(() => delivery()), delivery({ host: '100%.example' }));
      const ids: number[] = [];
      for (let before: number | undefined; ; before = ids.at(-1)) {
        const query = { tests: 'show' as const, pageSize: 20, ...(before === undefined ? {} : { before }) };
        const rows = (await store.log.page(pool(), query)).rows.slice(0, 20);
        ids.push(...rows.map(({ id }) => id));
        if (rows.length < 20) break;
      }
      expect(ids).toHaveLength(46);
      expect(ids).toEqual([...new Set(ids)].sort((a, b) => b - a));
      const find = async (text: string) =>
        (await store.log.page(pool(), { tests: 'show', pageSize: 100, text })).rows;
      expect(await find('100%')).toHaveLength(1);
      // Anywhere in the newest, by what it is: one host has a percent sign.
      expect(await find('%')).toHaveLength(1);
      expect(await find('exam')).toHaveLength(46);
    });
  });

  describe('outcomes', () => {
    it('a batch is written at once: state, attempt, the hour', async () => {
      await add(...range(20).map(() => delivery()));
      const taken = await claim();
      const rows = taken.map((row, index) =>
        outcome(row, index < 5 ? { state: 'pending', dueAt: now + 300_000, finishedAt: null } : {}),
      );
      expect(await store.outcomes.record(rows)).toEqual({ lost: [], refused: [] });
      expect((await states()).filter((state) => state === 'succeeded')).toHaveLength(15);
      expect(await store.deliveries.nextDue([1])).toBe(now + 300_000);
      const [attempt] = await store.outcomes.attempts(pool(), taken[0]?.id ?? 0);
      expect(attempt).toMatchObject({ ...rows[0]?.attempt, deliveryId: taken[0]?.id });
      expect(await store.outcomes.record([])).toEqual({ lost: [], refused: [] });
    });

    it('a batch that is refused is written row by row, and the refused one without the answer', async () => {
      await refuseBodies(playground, database.client);
      await add(...range(4).map(() => delivery()));
      const taken = await claim();
      const rows = taken.map((row, index) => outcome(row, {}, index === 1 ? 'refused\u0000' : 'ok 🌾'));
      expect(await store.outcomes.record(rows)).toEqual({ lost: [], refused: [] });
      expect(await states()).toEqual(range(4).map(() => 'succeeded'));
      const bodies = await Promise.all(
        taken.map(async ({ id }) => (await store.outcomes.attempts(pool(), id))[0]?.responseBody),
      );
      expect(bodies).toEqual(['ok 🌾', null, 'ok 🌾', 'ok 🌾']);
      await allowBodies(playground, database.client);
    });

    it('a lost one among them keeps nobody else from being written', async () => {
      await add(...range(3).map(() => delivery()));
      const [first, ...others] = await claim();
      if (!first) throw new Error('nothing was taken');
      const stale = { ...first, fence: 0 };
      const { lost } = await store.outcomes.record([outcome(stale), ...others.map((row) => outcome(row))]);
      expect(lost).toEqual([first.id]);
      expect(await states()).toEqual(['delivering', 'succeeded', 'succeeded']);
    });

    it('one that is refused even without the answer keeps nobody else from being written', async () => {
      await add(...range(3).map(() => delivery()));
      const [first, ...others] = await claim();
      if (!first) throw new Error('nothing was taken');
      const row = outcome(first);
      const broken = { ...row, attempt: { ...row.attempt, method: null as never } };
      const rows = [broken, ...others.map((other) => outcome(other))];
      expect(await store.outcomes.record(rows)).toEqual({ lost: [], refused: [first.id] });
      expect(await states()).toEqual(['delivering', 'succeeded', 'succeeded']);
    });

    it('outcomes and a claim in one transaction: both, or neither', async () => {
      await add(delivery(), delivery({ dueAt: now + 1 }));
      const [first] = await claim();
      if (!first) throw new Error('nothing was taken');
      const next = { slots: [{ webhookId: 1, free: 5 }], now: now + 1, leaseUntil, limit: 5 };
      await expect(
        store.outcomes.recordWith([outcome(first)], async (trx) => {
          await store.deliveries.claim(next, trx);
          throw new Error('undone');
        }),
      ).rejects.toThrow('undone');
      expect(await states()).toEqual(['delivering', 'pending']);
      const taken = await store.outcomes.recordWith([outcome(first)], (trx) =>
        store.deliveries.claim(next, trx),
      );
      expect(taken).toHaveLength(1);
      expect(await states()).toEqual(['delivering', 'succeeded']);
    });

    it('the hours of a webhook are counted right however many write them at once', async () => {
      await add(...range(120).map(() => delivery()));
      const taken = await claim(120);
      await Promise.all(
        range(12).map((part) =>
          store.outcomes.record(taken.slice(part * 10, part * 10 + 10).map((row) => outcome(row))),
        ),
      );
      const hour = now - (now % hourMs);
      const [read] = await store.outcomes.hours(pool(), [1], hour);
      expect(read).toMatchObject({ webhookId: 1, hour, succeeded: 120, failed: 0 });
      expect(await store.outcomes.hours(pool(), [], hour)).toEqual([]);
      const last = await store.outcomes.lastDeliveries(pool(), [1]);
      expect(taken.map(({ id }) => id)).toContain(last.get(1));
      expect(await store.outcomes.lastDeliveries(pool(), [])).toEqual(new Map());
    });

    it('a test event has its attempt and is finished', async () => {
      const id = await store.deliveries.insertOne(pool(), delivery({ eventId: null, test: true }));
      const { attempt } = outcome({ id, webhookId: 1, fence: 0, attempts: 0 } as StoredDelivery);
      await store.outcomes.finishTest(pool(), id, { ...attempt, kind: 'test' }, now);
      expect(await store.deliveries.find(pool(), id)).toMatchObject({ state: 'succeeded', finishedAt: now });
      expect(await store.outcomes.attempts(pool(), id)).toMatchObject([{ kind: 'test', number: 1 }]);
    });
  });

  describe('webhooks', () => {
    it('asks for less noise, notes what its events mean, and is stopped for a loop once', async () => {
      const id = await store.webhooks.create(webhook({ skipUnchanged: true, onePublish: true }));
      const subscriber = async () =>
        (await store.webhooks.subscribers(pool())).find((one) => one.id === id) ?? null;
      expect(await subscriber()).toMatchObject({ skipUnchanged: true, onePublish: true, meanings: null });
      await store.webhooks.saveFirstMeanings(id, { 'author.*': ['api::author.author'] });
      await store.webhooks.saveFirstMeanings(id, { 'author.*': ['another'] });
      expect((await subscriber())?.meanings).toEqual({ 'author.*': ['api::author.author'] });
      const loop = {
        actor: { type: 'api_token', id: '7', name: 'Сайт' },
        ...{ uid: 'api::author.author', documentId: 'doc', locale: null, count: 20, seconds: 60 },
      };
      expect(await store.webhooks.stopLoop(id, loop, now)).toBe(true);
      expect(await store.webhooks.stopLoop(id, { ...loop, count: 21 }, now + 1)).toBe(false);
      expect(await store.webhooks.find(pool(), id)).toMatchObject({
        ...{ active: false, disabledReason: 'loop', disabledAt: now, loop },
      });
      await store.webhooks.remove(id);
    });

    it('tells what happened to a document, and when it was told of', async () => {
      const actor = { type: 'api_token', id: '7', name: null };
      const own = event({ actor, documentId: 'looped', occurredAt: now + 5 });
      await store.events.insert(pool(), [own, event({ documentId: 'looped' })]);
      for (const messageId of [own.messageId])
        await add(
          delivery({
            ...{
              messageId,
              eventId: await store.events.idOf(pool(), messageId),
              documentId: 'looped',
              webhookId: 5,
            },
          }),
        );
      const asked = { webhookId: 5, uid: 'api::author.author', documentId: 'looped', actor, since: now };
      expect(await store.loops.history(pool(), asked)).toEqual({
        events: [now + 5],
        attempts: [],
        locale: null,
      });
      const others = { ...asked, actor: { ...actor, id: '8' } };
      expect((await store.loops.history(pool(), others)).events).toEqual([]);
      expect((await store.loops.history(pool(), { ...asked, webhookId: 6 })).events).toEqual([]);
      expect((await store.loops.history(pool(), { ...asked, since: now + 1 })).events).toEqual([]);
    });

    it('come back as they were written, JSON and all', async () => {
      const id = await store.webhooks.create(webhook());
      const read = await store.webhooks.find(pool(), id);
      expect(read).toMatchObject({ ...webhook(), id });
      expect(await store.webhooks.all(pool())).toEqual([read]);
      await store.webhooks.update(id, { ordered: true, retryScheduleSeconds: null });
      expect(await store.webhooks.find(pool(), id)).toMatchObject({
        ordered: true,
        retryScheduleSeconds: null,
      });
      await store.webhooks.saveHome(pool(), [id], { name: 'a', host: null, environment: 'production' });
      expect((await store.webhooks.find(pool(), id))?.home).toEqual({
        name: 'a',
        host: null,
        environment: 'production',
      });
      await store.webhooks.remove(id);
      expect(await store.webhooks.find(pool(), id)).toBeNull();
    });

    it('is saved at the revision that was read, and at no other, however many try at once', async () => {
      const id = await store.webhooks.create(webhook());
      const save = (seen: number, name: string) =>
        store.webhooks.save(id, seen, { name, lift: 'any', revision: seen + 1, changes: [] });
      expect(await save(0, 'One')).toBe(true);
      expect(await save(0, 'Two')).toBe(false);
      const saved = await Promise.all(range(4).map((number) => save(1, `At once ${number}`)));
      expect(saved.filter(Boolean)).toHaveLength(1);
      const name = `At once ${saved.indexOf(true)}`;
      expect(await store.webhooks.find(pool(), id)).toMatchObject({ name, revision: 2 });
      expect(await store.webhooks.save(id + 1000, 0, { revision: 1, changes: [] })).toBe(false);
    });

    it('a home is replaced as it was read: what an administrator decides meanwhile stays', async () => {
      const old = { name: null, host: 'old.example.com', environment: 'production' };
      const better = { ...old, database: 'mark' };
      const here = { ...old, host: 'www.example.com' };
      const id = await store.webhooks.create(webhook({ home: old }));
      const homeOf = async (of: number) => (await store.webhooks.find(pool(), of))?.home;
      // *Move here*, written and not yet committed while the other one reads.
      const moved = store.database.transaction(async (trx) => {
        await store.webhooks.saveHome(trx, [id], here);
        await quiet(300);
      });
      await quiet(50);
      const [replaced] = await Promise.all([store.webhooks.replaceHome(id, old, better), moved]);
      expect([replaced, await homeOf(id)]).toEqual([false, here]);
      expect(await store.webhooks.replaceHome(id, here, better)).toBe(true);
      expect(await homeOf(id)).toEqual(better);

      const homeless = await store.webhooks.create(webhook({ name: 'Two', home: null }));
      const alike = await store.webhooks.create(webhook({ name: 'Three', home: null }));
      await playground.strapi.db
        .connection('event_webhooks_webhooks')
        .where({ id: alike })
        .update({ home: 'null' });
      await store.webhooks.saveFirstHome(pool(), here);
      expect([await homeOf(id), await homeOf(homeless), await homeOf(alike)]).toEqual([better, here, here]);
      await store.webhooks.remove(id);
      expect(await store.webhooks.replaceHome(id, better, here)).toBe(false);
    });

    it('is disabled once, whoever comes first', async () => {
      const id = await store.webhooks.create(webhook());
      const hold = { until: now, reason: 'throttle' as const, since: now - 5 };
      const disabled = await Promise.all(
        range(4).map(() => store.webhooks.patchGate(pool(), id, { disabledReason: 'gone', hold })),
      );
      expect(disabled.filter(Boolean)).toHaveLength(1);
      expect(await store.webhooks.find(pool(), id)).toMatchObject({ disabledReason: 'gone', heldUntil: now });
    });

    it('of holds that are written at once the longest counts, with its reason (guarantee 19)', async () => {
      const id = await store.webhooks.create(webhook());
      const reasons = ['breaker', 'retry_after', 'throttle', 'rate_limit'] as const;
      for (let turn = 0; turn < reasons.length; turn += 1) {
        await store.webhooks.patchGate(pool(), id, { lift: 'any' });
        const holds = reasons.map((reason, index) => ({
          until: now + 1000 * ((index + turn) % reasons.length),
          reason,
          since: now - index,
        }));
        await Promise.all(holds.map((hold) => store.webhooks.patchGate(pool(), id, { hold })));
        const longest = holds.find(({ until }) => until === now + 3000);
        expect(await store.webhooks.find(pool(), id)).toMatchObject({
          heldUntil: longest?.until,
          heldReason: longest?.reason,
          heldSince: longest?.since,
        });
      }
    });

    it('a hold is lifted by its own reason, or by whoever may lift any', async () => {
      const id = await store.webhooks.create(webhook());
      const held = async () => (await store.webhooks.find(pool(), id))?.heldReason;
      await store.webhooks.patchGate(pool(), id, { hold: { until: now, reason: 'retry_after', since: now } });
      await store.webhooks.patchGate(pool(), id, { breakerLevel: 0, lift: 'breaker' });
      expect(await held()).toBe('retry_after');
      await store.webhooks.patchGate(pool(), id, { lift: 'retry_after' });
      expect(await store.webhooks.find(pool(), id)).toMatchObject({
        heldUntil: null,
        heldReason: null,
        heldSince: null,
      });
      await store.webhooks.patchGate(pool(), id, { hold: { until: now, reason: 'breaker', since: now } });
      await store.webhooks.update(id, { active: true, failures: 0, lift: 'any' });
      expect(await store.webhooks.find(pool(), id)).toMatchObject({ heldUntil: null, heldReason: null });
    });

    it('what was calculated from a row that another has changed since is not written', async () => {
      const id = await store.webhooks.create(webhook());
      const seen = await store.webhooks.find(pool(), id);
      if (!seen) throw new Error('no webhook');
      const counted = await Promise.all(
        range(4).map(() => store.webhooks.patchGate(pool(), id, { failures: 1, failingSince: now }, seen)),
      );
      expect(counted.filter(Boolean)).toHaveLength(1);
      const changed = await store.webhooks.find(pool(), id);
      if (!changed) throw new Error('no webhook');
      expect(await store.webhooks.patchGate(pool(), id, { failures: 2 }, changed)).toBe(true);
    });

    it('a hold of the future, from before the clock was set back, lasts as long as it was to last', async () => {
      const ids = [await store.webhooks.create(webhook()), await store.webhooks.create(webhook())] as const;
      const hourAhead = now + 3_600_000;
      const holds = [
        { until: hourAhead + 20_000, reason: 'retry_after' as const, since: hourAhead },
        { until: now + 3_600_000, reason: 'retry_after' as const, since: now },
      ];
      for (const [index, hold] of holds.entries())
        await store.webhooks.patchGate(pool(), ids[index] ?? 0, { hold });
      expect(await store.webhooks.holdsOfTheFuture(pool(), now, 5000)).toBe(1);
      expect(await store.webhooks.find(pool(), ids[0])).toMatchObject({
        heldUntil: now + 20_000,
        heldSince: now,
      });
      expect(await store.webhooks.find(pool(), ids[1])).toMatchObject({ heldUntil: now + 3_600_000 });
      expect(await store.webhooks.holdsOfTheFuture(pool(), now, 5000)).toBe(0);
    });
  });

  describe('lines', () => {
    const line = (
      webhookId: number,
      state: 'pending' | 'blocked' | 'failed',
      more: Partial<NewDelivery> = {},
    ) => delivery({ webhookId, state, orderKey: 'doc:uk', ...more });

    it('at the end of the first the next one goes; a retry keeps its place', async () => {
      const id = await store.webhooks.create(webhook({ ordered: true }));
      await add(
        line(id, 'pending'),
        line(id, 'blocked'),
        line(id, 'blocked'),
        line(id, 'pending', { orderKey: 'b:' }),
      );
      const taken = await claim(10, [id]);
      expect(taken.map(({ orderKey }) => orderKey)).toEqual(['doc:uk', 'b:']);
      const [first, other] = taken;
      if (!first || !other) throw new Error('nothing was taken');
      await store.outcomes.record([outcome(first, { state: 'pending', finishedAt: null }), outcome(other)]);
      expect(await states()).toEqual(['blocked', 'blocked', 'pending', 'succeeded']);
      const [again] = await claim(10, [id]);
      await store.outcomes.record([outcome(again ?? first)]);
      expect(await states()).toEqual(['blocked', 'pending', 'succeeded', 'succeeded']);
      expect(await store.order.occupied(pool(), [{ webhookId: id, orderKey: 'doc:uk' }])).toEqual(
        new Set([`${id}/doc:uk`]),
      );
      expect(await store.order.occupied(pool(), [{ webhookId: id, orderKey: 'b:' }])).toEqual(new Set());
    });

    it('one that failed for good is passed or keeps its place, as the webhook says', async () => {
      const passes = await store.webhooks.create(webhook({ ordered: true }));
      const blocks = await store.webhooks.create(webhook({ ordered: true, onFailedHead: 'block' }));
      for (const id of [passes, blocks]) await add(line(id, 'pending'), line(id, 'blocked'));
      const taken = await claim(10, [passes, blocks]);
      await store.outcomes.record(taken.map((row) => outcome(row, { state: 'failed', finishedAt: now })));
      expect((await claim(10, [passes, blocks])).map(({ webhookId }) => webhookId)).toEqual([passes]);
      expect(await store.order.releaseBlocked(now)).toBe(0);
      const head = taken.find(({ webhookId }) => webhookId === blocks);
      expect(await store.order.cancel(head?.id ?? 0, now)).toBe(true);
      expect((await claim(10, [blocks])).map(({ webhookId }) => webhookId)).toEqual([blocks]);
      expect(await store.order.cancel(head?.id ?? 0, now)).toBe(false);
      expect(await store.order.cancel(999_999, now)).toBe(false);
    });

    it('what waits behind nobody is set free, more lines than a statement looks at, and nobody else', async () => {
      const id = await store.webhooks.create(webhook({ ordered: true }));
      const off = await store.webhooks.create(webhook());
      await add(
        ...range(30).flatMap((index) =>
          range(2).map(() => line(id, 'blocked', { orderKey: `lost${index}` })),
        ),
        line(id, 'pending', { orderKey: 'kept' }),
        line(id, 'blocked', { orderKey: 'kept' }),
        // Its webhook lets a failed one pass now, asks for no order any more, or is gone.
        line(id, 'failed', { orderKey: 'passed' }),
        line(id, 'blocked', { orderKey: 'passed' }),
        line(off, 'pending'),
        line(off, 'blocked'),
        line(999_999, 'blocked'),
      );
      expect(await store.order.releaseBlocked(now, 7)).toBe(32);
      const rows = await all();
      const of = (orderKey: string) =>
        rows
          .filter((row) => row.orderKey === orderKey)
          .map(({ state }) => state)
          .sort();
      expect(of('lost3')).toEqual(['blocked', 'pending']);
      expect(of('kept')).toEqual(['blocked', 'pending']);
      expect(of('passed')).toEqual(['pending']);
      expect(rows.filter((row) => row.webhookId === off).map(({ state }) => state)).toEqual([
        'pending',
        'pending',
      ]);
      expect(rows.find((row) => row.webhookId === 999_999)?.state).toBe('cancelled');
      expect(await store.order.releaseBlocked(now, 7)).toBe(0);
    });

    it('matchers and outcomes of one webhook take turns', async () => {
      const id = await store.webhooks.create(webhook({ ordered: true }));
      const log: string[] = [];
      const holding = store.database.transaction(async (trx) => {
        await store.order.lockWebhooks(trx, [id]);
        log.push('first');
        await new Promise((resolve) => setTimeout(resolve, 300));
        log.push('first ends');
      });
      await new Promise((resolve) => setTimeout(resolve, 100));
      await store.database.transaction(async (trx) => {
        await store.order.lockWebhooks(trx, [id]);
        log.push('second');
      });
      await holding;
      expect(log).toEqual(['first', 'first ends', 'second']);
    });
  });

  describe('what was written while the clock was an hour ahead', () => {
    const ahead = now + 3_600_000;
    const skewMs = 5000;
    const dues = async () => (await all()).map(({ dueAt }) => dueAt - now).sort((a, b) => a - b);

    it('a retry in 3 s is one in 3 s, what was not tried yet or resent is due; what the schedule says stays', async () => {
      const failed = async (at: number, waitMs: number, dueFrom: number) => {
        const taken = await one();
        const { attempt } = outcome(taken);
        const failure = { state: 'pending' as const, dueAt: dueFrom + waitMs, finishedAt: null };
        await store.outcomes.record([
          outcome(taken, { ...failure, attempt: { ...attempt, at, durationMs: 0 } }),
        ]);
        return taken.id;
      };
      await failed(ahead, 3000, ahead);
      await failed(now - 1000, 7_200_000, now);
      const resent = await failed(now - 2000, 60_000, now);
      await store.deliveries.resend(resent, ahead);
      await add(delivery({ dueAt: ahead, createdAt: ahead }), delivery({ dueAt: now - 500 }));
      expect(await store.future.waiting(now, skewMs)).toBe(3);
      expect(await dues()).toEqual([-500, 0, 0, 3000, 7_200_000]);
      expect(await store.future.waiting(now, skewMs)).toBe(0);
    });

    it('what is merged waits on purpose, unless it began in the future', async () => {
      const merged = { collapseKey: 'webhook', collapseGroup: '1:msg', dueAt: ahead };
      await add(delivery({ ...merged, collapseSince: now }), delivery({ ...merged, collapseSince: ahead }));
      expect(await store.future.waiting(now, skewMs)).toBe(1);
      expect(await dues()).toEqual([0, 3_600_000]);
    });

    it('more of it than one look takes', async () => {
      await add(...range(1201).map(() => delivery({ dueAt: ahead })));
      expect(await store.future.waiting(now, skewMs)).toBe(1201);
    });

    it('a lease lasts as long as the longest may', async () => {
      await add(delivery(), delivery());
      const claimed = (until: number) =>
        store.deliveries.claim({ slots: [{ webhookId: 1, free: 1 }], now, leaseUntil: until, limit: 1 });
      await claimed(ahead);
      await claimed(now + 100_000);
      expect(await store.future.leases(now, 120_000, skewMs)).toBe(1);
      expect(await store.deliveries.returnExpired(now + 120_001, 10)).toBe(2);
    });

    it('a process of then is not alive, and a task of then is free', async () => {
      const self = {
        key: 'a',
        host: 'h',
        publicHost: null,
        pid: 1,
        engine: 'database',
        delivers: true,
        version: '1',
        startedAt: now,
      };
      await store.instances.beat(pool(), { ...self, seenAt: ahead });
      expect(await store.instances.alive(pool(), now - 20_000, now + 20_000)).toEqual([]);
      await store.instances.removeSilent(pool(), now - 60_000, now + 60_000);
      expect(await store.instances.alive(pool(), 0, ahead)).toEqual([]);
      expect(await store.leases.take('retention', 'dead', ahead, ahead + 300_000)).toBe(true);
      expect(await store.leases.take('retention', 'alive', now, now + 300_000)).toBe(true);
    });

    it('a window of a rate limit is not longer than it is', async () => {
      const counter = createRateCounter(store.database, null);
      const limit = { count: 5, seconds: 1 };
      const real = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 3_600_000);
      const before = await counter.add('set-back', limit, 5);
      real.mockRestore();
      expect(before.consumed).toBe(5);
      const after = await counter.add('set-back', limit, 2);
      expect(after.consumed).toBe(2);
      expect(after.msBeforeNext).toBeLessThanOrEqual(1000);
    });
  });

  it('a lease is one holder’s until its time is over or it is given up', async () => {
    const takers = await Promise.all(
      range(5).map((holder) => store.leases.take('x', `h${holder}`, now, now + 10)),
    );
    expect(takers.filter(Boolean)).toHaveLength(1);
    const holder = `h${takers.indexOf(true)}`;
    expect(await store.leases.take('x', holder, now, now + 20)).toBe(true);
    expect(await store.leases.take('x', 'other', now + 15, now + 30)).toBe(false);
    expect(await store.leases.take('x', 'other', now + 20, now + 30)).toBe(true);
    await store.leases.giveUp('x', holder);
    expect(await store.leases.take('x', holder, now + 21, now + 40)).toBe(false);
    await store.leases.giveUp('x', 'other');
    expect(await store.leases.take('x', holder, now + 21, now + 40)).toBe(true);
  });

  it('a transaction that the database ends as a deadlock is run again', async () => {
    await add(delivery(), delivery());
    const ids = (await all()).map(({ id }) => id);
    let runs = 0;
    let holding = 0;
    let ready: () => void = () => undefined;
    const bothHold = new Promise<void>((resolve) => (ready = resolve));
    const touch = (first: number, second: number) =>
      store.database.transaction(async (trx) => {
        runs += 1;
        const lock = (id: number) =>
          store.database.from(trx, 'event_webhooks_deliveries').where({ id }).increment('attempts', 1);
        await lock(first);
        // SQLite has one connection and therefore no deadlock: the other has not even begun.
        holding += 1;
        if (holding === 2 || database.client === 'sqlite') ready();
        await bothHold;
        await lock(second);
      });
    const [low = 0, high = 0] = ids;
    await Promise.all([touch(low, high), touch(high, low)]);
    expect(runs).toBe(database.client === 'sqlite' ? 2 : 3);
    expect((await all()).map(({ attempts }) => attempts)).toEqual([2, 2]);
    expect(isTransient({ code: 'ER_LOCK_DEADLOCK', errno: 1213 })).toBe(true);
  });

  it('the claim reads what it takes, however much is finished or held', async () => {
    await fill(playground, 4000);
    const statements: { sql: string; bindings: unknown[] }[] = [];
    const listen = ({ sql, bindings }: { sql: string; bindings?: unknown[] }) =>
      statements.push({ sql, bindings: bindings ?? [] });
    playground.strapi.db.connection.on('query', listen);
    const taken = await claim(10, [1, 2]);
    playground.strapi.db.connection.removeListener('query', listen);
    expect(taken).toHaveLength(10);
    await playground.strapi.db
      .connection('event_webhooks_deliveries')
      .where({ state: 'delivering' })
      .update({ state: 'pending', lease_until: null });
    const asked = statements.find(({ sql }) => /due_at\W* <= /.test(sql));
    if (!asked) throw new Error('the claim was not seen');
    const plan = await explain(playground, database.client, asked);
    expect(plan.text).toMatch(/event_webhooks_deliveries_due_idx/);
    expect(plan.scans).toEqual([]);
    expect(plan.rowsRead).toBeLessThanOrEqual(100);
  });
});

/** Finished deliveries of two webhooks, what waits for a third that is held, and a few that are due. */
async function fill({ strapi }: Playground, count: number): Promise<void> {
  const table = () => strapi.db.connection('event_webhooks_deliveries');
  const row = (webhookId: number, state: string, dueAt: number) => ({
    event_id: (serial += 1),
    webhook_id: webhookId,
    message_id: `msg_${serial}`,
    event_type: 'author.updated',
    state,
    due_at: dueAt,
    created_at: now,
    webhook_name: 'One',
    host: 'example.com',
  });
  const rows = range(count).flatMap((index) => [
    row(1 + (index % 2), 'succeeded', now - index),
    row(3, 'pending', now - index),
  ]);
  for (let from = 0; from < rows.length; from += 200) await table().insert(rows.slice(from, from + 200));
  await table().insert(range(20).map((index) => row(1 + (index % 2), 'pending', now)));
  // SQLite never does by itself, so its plan has to be good without.
  const { client } = strapi.db.dialect;
  if (client === 'mysql') await strapi.db.connection.raw('analyze table event_webhooks_deliveries');
  if (client === 'postgres') await strapi.db.connection.raw('analyze');
}

interface Plan {
  text: string;
  /** Accesses that walk through a whole table or index. */
  scans: string[];
  rowsRead: number;
}

async function explain(
  { strapi }: Playground,
  client: string,
  { sql, bindings }: { sql: string; bindings: unknown[] },
): Promise<Plan> {
  const ask = (prefix: string) =>
    strapi.db.connection.raw(`${prefix} ${sql.replace(/\$\d+/g, '?')}`, bindings as never);
  if (client === 'sqlite') {
    const rows = (await ask('explain query plan')) as { detail: string }[];
    const steps = rows.map(({ detail }) => detail);
    const scans = steps.filter((step) => /^SCAN \w*deliveries|SEARCH \w*deliveries.*lease_idx/.test(step));
    return { text: steps.join('\n'), scans, rowsRead: 0 };
  }
  if (client === 'mysql') {
    const [rows] = (await ask('explain')) as [{ key: string | null; type: string; table: string }[]];
    const ours = rows.filter(({ table }) => /deliveries/.test(String(table)));
    const scans = ours
      .filter(({ type }) => type === 'ALL' || type === 'index')
      .map((row) => JSON.stringify(row));
    // Counted, since what it estimates for a range knows nothing of LIMIT.
    const rowsRead = await strapi.db.connection.transaction(async (trx) => {
      const read = async (): Promise<number> => {
        const [counters] = (await trx.raw(`show session status like 'Handler_read%'`)) as [
          { Variable_name: string; Value: string }[],
        ];
        const ofRows = counters.filter(({ Variable_name: name }) => !/_(?:retry|deleted)$/.test(name));
        return ofRows.reduce((sum, { Value }) => sum + Number(Value), 0);
      };
      const before = await read();
      await trx.raw(sql, bindings as never);
      return (await read()) - before;
    });
    return { text: JSON.stringify(rows), scans, rowsRead };
  }
  const { rows } = (await ask('explain (analyze, costs off, timing off)')) as {
    rows: { 'QUERY PLAN': string }[];
  };
  const steps = rows.map((row) => row['QUERY PLAN']);
  const read = steps
    .filter((step) => /Scan/.test(step))
    .map((step) => Number(/rows=([\d.]+)/.exec(step)?.[1] ?? 0) * Number(/loops=(\d+)/.exec(step)?.[1] ?? 1));
  return {
    text: steps.join('\n'),
    scans: steps.filter((step) => /Seq Scan/.test(step)),
    rowsRead: Math.max(...read),
  };
}

/** Postgres refuses NUL by itself; the others are given a trigger that does. */
async function refuseBodies({ strapi }: Playground, client: string): Promise<void> {
  if (client === 'sqlite')
    await strapi.db.connection.raw(
      `create trigger refuse before insert on event_webhooks_attempts when new.response_body like 'refused%' begin select raise(abort, 'refused'); end`,
    );
  if (client === 'mysql')
    await strapi.db.connection.raw(
      `create trigger refuse before insert on event_webhooks_attempts for each row if new.response_body like 'refused%' then signal sqlstate '22001' set mysql_errno = 1406, message_text = 'refused'; end if`,
    );
}

async function allowBodies({ strapi }: Playground, client: string): Promise<void> {
  if (client !== 'postgres') await strapi.db.connection.raw('drop trigger refuse');
}
