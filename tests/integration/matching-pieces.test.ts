import type { WhyView } from '../../contracts';
import { createStore } from '../../server/src/store';
import type { Store } from '../../server/src/store';
import type { NewEvent } from '../../server/src/store/events';
import { withoutEntry } from '../../server/src/store/events';
import { databases } from './harness/databases';
import { addWebhook, startPlayground } from './harness/playground';
import type { Playground } from './harness/playground';
import { Receiver } from './harness/receiver';
import { until } from './harness/wait';

const eventTable = 'event_webhooks_events';
const deliveryTable = 'event_webhooks_deliveries';
const webhookTable = 'event_webhooks_webhooks';

let serial = 0;
const event = (): NewEvent => ({
  ...withoutEntry,
  messageId: `msg_piece_${(serial += 1)}`,
  type: 'author.created',
  occurredAt: Date.now(),
  body: '{"type":"author.created","timestamp":"2026-01-01T00:00:00.000Z","data":{}}',
  actor: { type: 'system', id: null, name: null },
  transactionId: null,
  guarantee: 'same_transaction',
  cause: null,
});
const range = (length: number) => Array.from({ length }, (_, index) => index);

interface Sent {
  sql: string;
  bindings?: readonly unknown[];
  __knexTxId?: string;
}

/** `insert into t (a, b, c) values …`: 3 */
const columnsOf = (sql: string): number => (/\(([^)]*)\) values/.exec(sql)?.[1] ?? '').split(',').length;

/** How many delivery rows a statement writes, however it carries them. */
function rowsOf({ sql, bindings = [] }: Sent): number {
  if (!/^insert .*event_webhooks_deliveries/.test(sql)) return 0;
  const [first] = bindings;
  return typeof first === 'string' && first.startsWith('[')
    ? (JSON.parse(first) as unknown[]).length
    : bindings.length / columnsOf(sql);
}

describe.each(databases)('matching in pieces: $client', (database) => {
  let playground: Playground;
  let receiver: Receiver;
  let store: Store;
  let webhook: { id: number };
  const knex = () => playground.strapi.db.connection;
  const unmatched = () => store.events.unmatched(store.database.pool(), 10_000);
  const matched = () => until('everything to be matched', async () => (await unmatched()) === 0);

  /** Webhooks that are off: their deliveries are written, and nothing is sent. */
  const addOff = async (count: number): Promise<void> => {
    const rows = range(count).map((index) => ({
      name: `Off ${index}`,
      url: `https://example.com/${index}`,
      events: '["author.*"]',
      active: false,
      headers: '[]',
      secrets: '[]',
      created_at: new Date(),
      updated_at: new Date(),
    }));
    for (let from = 0; from < count; from += 50)
      await knex()(webhookTable).insert(rows.slice(from, from + 50));
  };

  beforeAll(async () => {
    receiver = await new Receiver().start();
    playground = await startPlayground({ database });
    store = createStore(playground.strapi);
    webhook = await addWebhook(playground, { url: receiver.url(), events: ['author.created'] });
  });
  afterAll(async () => {
    await playground?.stop();
    await receiver?.stop();
  });
  afterEach(async () => {
    await knex()(webhookTable).whereNot({ id: webhook.id }).delete();
    await knex()(deliveryTable).delete();
    await knex()(eventTable).delete();
    receiver.requests.length = 0;
  });

  /** Writes these events at once and watches until they are matched. */
  const watched = async (count: number) => {
    const perTransaction = new Map<string, number>();
    let turns = 0;
    let inThisTurn = 0;
    let mostInATurn = 0;
    let over = false;
    const tick = () => {
      turns += 1;
      inThisTurn = 0;
      if (!over) setImmediate(tick);
    };
    const onQuery = (sent: Sent) => {
      const rows = rowsOf(sent);
      if (rows === 0) return;
      const id = sent.__knexTxId ?? '';
      perTransaction.set(id, (perTransaction.get(id) ?? 0) + rows);
      inThisTurn += rows;
      mostInATurn = Math.max(mostInATurn, inThisTurn);
    };
    await store.events.insert(store.database.pool(), range(count).map(event));
    knex().on('query', onQuery);
    setImmediate(tick);
    let othersServed = 0;
    let leftAtFirstRequest: number | null = null;
    const others = async () => {
      while (!over) {
        await playground.strapi.db.transaction(async ({ trx }) => void (await trx.raw('select 1')));
        if (perTransaction.size > 0) othersServed += 1;
        if (leftAtFirstRequest === null && receiver.requests.length > 0)
          leftAtFirstRequest = await unmatched();
        if ((await unmatched()) === 0) over = true;
        // On SQLite nothing above lets the event loop turn.
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    await others();
    knex().removeListener('query', onQuery);
    return {
      perTransaction: Math.max(...perTransaction.values()),
      mostInATurn,
      turns,
      othersServed,
      leftAtFirstRequest,
    };
  };

  it('rows of a transaction are bounded, others come between, and a delivery goes before the backlog is matched', async () => {
    await addOff(150);
    const seen = await watched(40);
    expect(await knex()(deliveryTable).count('* as n')).toEqual([{ n: expect.anything() as unknown }]);
    expect(Number(((await knex()(deliveryTable).count('* as n'))[0] as { n: unknown }).n)).toBe(40 * 151);
    expect(seen.perTransaction).toBeLessThanOrEqual(500);
    expect(seen.mostInATurn).toBeLessThanOrEqual(100);
    // 6,040 rows are 13 transactions at least.
    expect(seen.othersServed).toBeGreaterThanOrEqual(10);
    expect(seen.leftAtFirstRequest).toBeGreaterThan(0);
    await until('every delivery', () => receiver.requests.length === 40);
  });

  it('one event that more webhooks want than a transaction may hold reaches each of them once', async () => {
    await addOff(1300);
    const seen = await watched(1);
    expect(seen.perTransaction).toBeLessThanOrEqual(500);
    const rows = (await playground.rows(deliveryTable)) as { webhook_id: unknown }[];
    expect(rows).toHaveLength(1301);
    expect(new Set(rows.map((row) => Number(row.webhook_id))).size).toBe(1301);
    await until('its delivery', () => receiver.requests.length === 1);
  });

  /** The database refuses deliveries of this webhook, as it would a value that does not fit. */
  const refuse = async (webhookId: number): Promise<() => Promise<unknown>> => {
    if (database.client === 'sqlite') {
      await knex().raw(
        `create trigger refused before insert on ${deliveryTable} when new.webhook_id = ${webhookId} begin select raise(abort, 'too odd'); end`,
      );
      return () => knex().raw('drop trigger refused');
    }
    await knex().raw(
      `alter table ${deliveryTable} add constraint refused check (webhook_id <> ${webhookId})`,
    );
    return () => knex().raw(`alter table ${deliveryTable} drop constraint refused`);
  };

  it('what cannot be stored for one webhook is kept from none of the others', async () => {
    await addOff(5);
    const [odd] = await playground.rows(webhookTable).then((rows) => rows.slice(2));
    const lift = await refuse(Number(odd?.id));
    try {
      await store.events.insert(store.database.pool(), range(3).map(event));
      await matched();
      expect(await playground.rows(deliveryTable)).toHaveLength(3 * 5);
      for (const row of await playground.rows(eventTable))
        expect(String(row.match_error)).toContain(`webhook ${Number(odd?.id)}`);
      await until('the others', () => receiver.requests.length === 3);
    } finally {
      await lift();
    }
  });

  /** The database is in a state in which no row finds room, or every statement ends. */
  const bringDown = async (): Promise<() => Promise<unknown>> => {
    if (database.client === 'sqlite') {
      const [{ page_count: pages }] = (await knex().raw('pragma page_count')) as [{ page_count: number }];
      await knex().raw(`pragma max_page_count = ${pages}`);
      return () => knex().raw('pragma max_page_count = 1073741823');
    }
    if (database.client === 'postgres') {
      await knex().raw(
        `create function cancelled() returns trigger language plpgsql as $$ begin raise exception 'cancelled' using errcode = '57014'; end $$`,
      );
      await knex().raw(
        `create trigger refused before insert on ${deliveryTable} for each row execute function cancelled()`,
      );
      return () => knex().raw(`drop trigger refused on ${deliveryTable}`);
    }
    await knex().raw(
      `create trigger refused before insert on ${deliveryTable} for each row signal sqlstate 'HY000' set mysql_errno = 1114, message_text = 'the table is full'`,
    );
    return () => knex().raw('drop trigger refused');
  };

  it('what the database is going through sets no event aside: they are matched when it is over', async () => {
    await addOff(150);
    await store.events.insert(store.database.pool(), range(20).map(event));
    await matched();
    await knex()(deliveryTable).delete();
    await knex()(eventTable).update({ matched_at: 0 });
    const up = await bringDown();
    try {
      await knex()(eventTable).update({ matched_at: null });
      await new Promise((resolve) => setTimeout(resolve, 2500));
    } finally {
      await up();
    }
    await matched();
    const events = await playground.rows(eventTable);
    expect(events.filter((row) => row.match_error !== null)).toEqual([]);
    expect(await playground.rows(deliveryTable)).toHaveLength(20 * 151);
  });

  /** Each delivery takes a second to be written; on SQLite nobody could do anything meanwhile. */
  const slowDown = async (): Promise<() => Promise<unknown>> => {
    if (database.client === 'postgres') {
      await knex().raw(
        `create function slow() returns trigger language plpgsql as $$ begin perform pg_sleep(1); return new; end $$`,
      );
      await knex().raw(
        `create trigger slow before insert on ${deliveryTable} for each row execute function slow()`,
      );
      return () => knex().raw(`drop trigger slow on ${deliveryTable}`);
    }
    await knex().raw(
      `create trigger slow before insert on ${deliveryTable} for each row set new.attempts = sleep(1)`,
    );
    return () => knex().raw('drop trigger slow');
  };

  if (database.client !== 'sqlite')
    it('a webhook that is deleted while its event is matched leaves nothing that waits for ever', async () => {
      const doomed = await addWebhook(playground, { url: receiver.url('/gone'), events: ['author.created'] });
      const fast = await slowDown();
      let isWriting = false;
      const onQuery = (sent: Sent) => (isWriting ||= rowsOf(sent) > 0);
      knex().on('query', onQuery);
      try {
        await store.events.insert(store.database.pool(), [event()]);
        await until('the event to be written', () => isWriting);
        const gone = await playground.admin('DELETE', `/event-webhooks/webhooks/${doomed.id}`);
        expect(gone.status).toBe(200);
        // The matcher has not committed what it writes for it.
        expect(await playground.rows(deliveryTable)).toEqual([]);
        await matched();
        await until('nobody to wait', async () => {
          const rows = await playground.rows(deliveryTable);
          return rows.every((row) => Number(row.webhook_id) !== doomed.id || row.state === 'cancelled');
        });
        expect(await playground.rows(deliveryTable)).toHaveLength(2);
      } finally {
        knex().removeListener('query', onQuery);
        await fast();
      }
    });

  it('what was set aside is shown with its reason, and matched again by the button and by doctor', async () => {
    await addOff(3);
    const [, odd] = await playground.rows(webhookTable);
    const id = Number(odd?.id);
    const lift = await refuse(id);
    await store.events.insert(store.database.pool(), [event(), event()]);
    await matched();
    const why = async () =>
      (await playground.admin<WhyView>('GET', `/event-webhooks/webhooks/${id}/why?eventType=author.created`))
        .body;
    const matchedCheck = ({ checks }: WhyView) => checks.find(({ name }) => name === 'matched');
    expect(matchedCheck(await why())).toMatchObject({ answer: 'no' });
    expect(matchedCheck(await why())?.detail).toContain(`webhook ${id}: `);
    const doctor = playground.strapi.plugin('event-webhooks').service('doctor') as {
      report: () => Promise<{ setAside: number }>;
      matchAgain: () => Promise<number>;
    };
    expect((await doctor.report()).setAside).toBe(2);
    await lift();

    const newest = (await why()).events[0]?.id;
    const pressed = await playground.admin('POST', `/event-webhooks/events/${newest}/match-again`);
    expect(pressed).toEqual({ status: 200, body: { id: newest } });
    await matched();
    expect(matchedCheck(await why())).toMatchObject({ answer: 'yes' });
    const twice = await playground.admin('POST', `/event-webhooks/events/${newest}/match-again`);
    expect(twice.status).toBe(400);

    expect(await doctor.matchAgain()).toBe(1);
    await matched();
    expect((await doctor.report()).setAside).toBe(0);
    // Two events for four webhooks, and nobody got one twice.
    await until('all deliveries', async () => (await playground.rows(deliveryTable)).length === 8);
    await until('both to be sent', async () => {
      const rows = await playground.rows(deliveryTable);
      return rows.filter(({ state }) => state === 'succeeded').length === 2;
    });
  });
});
