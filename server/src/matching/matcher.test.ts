import type { Connection } from '../store/connection';
import type { NewDelivery } from '../store/deliveries';
import type { EventRow, UnmatchedEvent } from '../store/events';
import type { Subscriber } from './match';
import type { MatcherDeps } from './matcher';
import { createMatcher, rowsAtMost } from './matcher';

const subscriber = (id: number, more: Partial<Subscriber> = {}): Subscriber => ({
  id,
  name: `Webhook ${id}`,
  url: 'https://example.com/',
  events: ['thing.happened'],
  meanings: null,
  skips: false,
  ordered: false,
  conditions: null,
  collapse: null,
  shownBy: false,
  skipUnchanged: false,
  onePublish: false,
  fields: null,
  ...more,
});
const range = (length: number) => Array.from({ length }, (_, index) => index + 1);
const refusal = (code: string) => Object.assign(new Error(`refused ${code}`), { code });

interface World {
  events: number;
  webhooks: Subscriber[];
  /** Throws for what the database refuses. */
  onInsert?: (rows: readonly NewDelivery[]) => void;
  compose?: (event: EventRow) => { body: string; thinReason: string | null };
  hasBody?: boolean;
  mayHoldAccounts?: boolean;
  facts?: (id: number) => UnmatchedEvent['facts'];
  body?: string;
  uid?: string;
  /** How long a transaction takes, and is to take. */
  tookMs?: number;
  transactionMs?: number;
  /** Whether another instance has saved a business event that is not known here yet. */
  isOutdated?: () => boolean;
  refresh?: () => void;
}

/** A store in memory whose transactions undo what they wrote when they fail. */
function setUp(world: World) {
  const state = {
    unmatched: range(world.events),
    rows: new Map<string, NewDelivery>(),
    aside: new Map<number, string>(),
    bodies: new Map<number, string>(),
  };
  const perTransaction: number[] = [];
  const log: string[] = [];
  let reads = 0;
  let made = 0;
  const key = ({ eventId, webhookId }: NewDelivery) => `${eventId}/${webhookId}`;
  const leave = (ids: readonly number[]) =>
    (state.unmatched = state.unmatched.filter((id) => !ids.includes(id)));
  const deps: MatcherDeps = {
    store: {
      async transaction(run) {
        const before = { ...state, rows: new Map(state.rows), aside: new Map(state.aside) };
        before.bodies = new Map(state.bodies);
        perTransaction.push(0);
        try {
          const done = await run({} as Connection);
          await new Promise((resolve) => setTimeout(resolve, world.tookMs ?? 0));
          return done;
        } catch (error) {
          Object.assign(state, before);
          throw error;
        }
      },
      pool: () => ({}) as Connection,
      lockUnmatched: async (_trx, limit) =>
        state.unmatched.slice(0, limit).map((id): UnmatchedEvent => ({
          id,
          messageId: `msg_${id}`,
          type: 'thing.happened',
          uid: world.uid ?? null,
          occurredAt: 0,
          documentId: 'doc',
          locale: null,
          status: null,
          changedFields: null,
          facts: world.facts?.(id) ?? null,
          actor: { type: 'system', id: null, name: null },
          hasBody: world.hasBody !== false || state.bodies.has(id),
        })),
      event: async (_trx, id) => {
        reads += 1;
        return {
          id,
          body: state.bodies.get(id) ?? (world.hasBody === false ? null : (world.body ?? '{}')),
        } as EventRow;
      },
      byMessage: async () => null,
      markMatched: async (_trx, ids) => void leave(ids),
      knownEvents: async () => new Set(),
      insertEvents: async () => undefined,
      published: async () => () => true,
      setAside: async (_connection, id, _now, reason) => {
        leave([id]);
        state.aside.set(id, reason);
      },
      saveBody: async (_trx, id, body) => void state.bodies.set(id, body),
      subscribers: async () => world.webhooks,
      lockWebhooks: async () => undefined,
      occupiedLines: async () => new Set(),
      async insertDeliveries(_trx, rows) {
        world.onInsert?.(rows);
        perTransaction.push((perTransaction.pop() ?? 0) + rows.length);
        for (const row of rows) if (!state.rows.has(key(row))) state.rows.set(key(row), row);
      },
      waitingToCollapse: async () => [],
      collapse: async () => undefined,
      waitLonger: async () => undefined,
      cancelOfGone: async () => undefined,
    },
    wants: (pattern, type) => pattern === '*' || pattern === type,
    businessEvents: {
      isCurrent: async () => !(world.isOutdated?.() ?? false),
      refresh: async () => world.refresh?.(),
    },
    ofType: () => ({ meaning: null, collapse: null, isLiveChange: false }),
    foreignPaths: () => [],
    composeDeferred: world.compose ?? (() => ({ body: '{"late":1}', thinReason: null })),
    bodyFor: {
      mayDiffer: (_type, { tree, accounts }) =>
        tree !== null || (!accounts && world.mayHoldAccounts === true),
      own: (_event, { tree, accounts }) => {
        made += 1;
        return tree === null
          ? '{"reduced":1}'
          : `{"picked":${JSON.stringify(tree.fields)},"accounts":${accounts}}`;
      },
    },
    signing: { prepare: async () => undefined, isReady: () => true },
    showing: {
      isNews: () => false,
      prepare: async () => undefined,
      isReady: () => true,
      of: () => undefined,
    },
    withShownBy: (body) => body,
    writeAnnounced: async () => undefined,
    saw: async () => undefined,
    isRowFault: (error) => String((error as { code?: unknown }).code).startsWith('22'),
    now: () => 0,
    log: (message) => log.push(message),
    batchSize: 64,
    transactionMs: world.transactionMs ?? 12,
  };
  const matcher = createMatcher(deps);
  const all = async () => {
    for (let runs = 1; ; runs += 1) {
      if (!(await matcher.run(() => false))) return runs;
      if (runs > 2000) throw new Error('it never ends');
    }
  };
  return { matcher, all, state, perTransaction, log, reads: () => reads, made: () => made };
}

describe('matching in pieces', () => {
  it('a transaction writes no more than so many rows, and nobody is left out or written twice', async () => {
    const { all, state, perTransaction } = setUp({
      events: 200,
      webhooks: range(30).map((id) => subscriber(id)),
    });
    await all();
    expect(state.rows.size).toBe(6000);
    expect(Math.max(...perTransaction)).toBeLessThanOrEqual(rowsAtMost);
    // Nothing is written anew where nothing failed.
    expect(perTransaction.reduce((sum, rows) => sum + rows, 0)).toBe(6000);
  });

  it('nothing is written before a business event that another instance has saved is known here', async () => {
    const known: string[] = [];
    let isOutdated = true;
    const { all, state } = setUp({
      events: 3,
      webhooks: [subscriber(1)],
      isOutdated: () => isOutdated,
      refresh: () => {
        known.push(`${state.rows.size} written`);
        isOutdated = false;
      },
    });
    await all();
    expect(known).toEqual(['0 written']);
    expect(state.rows.size).toBe(3);
  });

  it('one event that thousands of webhooks want takes several transactions', async () => {
    const { all, state, perTransaction } = setUp({
      events: 2,
      webhooks: range(5000).map((id) => subscriber(id)),
    });
    await all();
    expect(state.rows.size).toBe(10_000);
    expect(Math.max(...perTransaction)).toBeLessThanOrEqual(rowsAtMost);
    expect(state.unmatched).toEqual([]);
    // It is about numbers of rows: a busy machine takes longer than the usual limit of a test.
  }, 30_000);

  it('a transaction has fewer rows where it takes longer than it may, and not where it may take that long', async () => {
    const rowsWith = async (transactionMs: number) => {
      const { matcher, perTransaction } = setUp({
        events: 100,
        webhooks: range(30).map((id) => subscriber(id)),
        tookMs: 40,
        transactionMs,
      });
      for (let runs = 0; runs < 2; runs += 1) await matcher.run(() => false);
      return perTransaction;
    };
    expect(Math.max(...(await rowsWith(12)).slice(2))).toBeLessThanOrEqual(50);
    expect(Math.min(...(await rowsWith(100)).slice(2))).toBeGreaterThan(100);
  });

  it('the loop comes to what is due before a backlog is matched', async () => {
    const { matcher, state } = setUp({ events: 1000, webhooks: range(300).map((id) => subscriber(id)) });
    expect(await matcher.run(() => false)).toBe(true);
    expect(state.rows.size).toBeGreaterThan(0);
    expect(state.rows.size).toBeLessThanOrEqual(4 * rowsAtMost);
    expect(state.unmatched.length).toBeGreaterThan(900);
  });

  it('another process that goes on with an event begins it anew, and writes nobody twice', async () => {
    const webhooks = range(1200).map((id) => subscriber(id));
    const one = setUp({ events: 1, webhooks });
    await one.matcher.run(() => false);
    const other = setUp({ events: 1, webhooks });
    other.state.rows = one.state.rows;
    await other.all();
    expect(other.state.rows.size).toBe(1200);
  });

  it('a body of its own is made once an event, and looked into only where it may hold accounts', async () => {
    const everything = range(1200).map((id) => subscriber(id, { events: ['*'] }));
    const may = setUp({ events: 1, webhooks: everything, mayHoldAccounts: true });
    await may.all();
    expect(may.reads()).toBe(1);
    expect([...may.state.rows.values()].every(({ body }) => body === '{"reduced":1}')).toBe(true);
    const not = setUp({ events: 1, webhooks: everything });
    await not.all();
    expect(not.reads()).toBe(0);
  });

  it('the body of chosen fields is made once for all webhooks with the same choice, and read with the event', async () => {
    const uid = 'api::thing.thing';
    const fields = { [uid]: { fields: ['title'], parts: {} } };
    const other = { [uid]: { fields: ['slug'], parts: {} }, 'api::else.else': { fields: [], parts: {} } };
    const elsewhere = { 'api::else.else': { fields: [], parts: {} } };
    const webhooks = [
      ...range(150).map((id) => subscriber(id, { fields })),
      subscriber(151, { fields, events: ['*'] }),
      subscriber(152, { fields: other }),
      subscriber(153, { fields: elsewhere }),
      subscriber(154),
    ];
    const { all, state, reads, made } = setUp({ events: 1, webhooks, uid });
    await all();
    expect([reads(), made()]).toEqual([1, 3]);
    const bodyOf = (id: number) => state.rows.get(`1/${id}`)?.body;
    expect(bodyOf(150)).toBe('{"picked":["title"],"accounts":true}');
    expect(bodyOf(151)).toBe('{"picked":["title"],"accounts":false}');
    expect(bodyOf(152)).toBe('{"picked":["slug"],"accounts":true}');
    expect([bodyOf(153), bodyOf(154)]).toEqual([null, null]);
  });
});

describe('what is refused', () => {
  const webhooks = range(300).map((id) => subscriber(id));
  const odd = (eventId: number, webhookId: number) => (rows: readonly NewDelivery[]) => {
    if (rows.some((row) => row.eventId === eventId && row.webhookId === webhookId)) throw refusal('22001');
  };

  it('is the very row: every other webhook gets the event, and every other event is whole', async () => {
    const { all, state, log } = setUp({ events: 5, webhooks, onInsert: odd(3, 150) });
    await all();
    expect(state.rows.size).toBe(5 * 300 - 1);
    expect(state.rows.has('3/150')).toBe(false);
    expect([...state.aside]).toEqual([[3, 'webhook 150: refused 22001']]);
    expect(log).toHaveLength(1);
  });

  it('a webhook that nothing can be stored for keeps nobody else waiting', async () => {
    const { all, state } = setUp({
      events: 3,
      webhooks,
      onInsert: (rows) => {
        if (rows.some(({ webhookId }) => webhookId === 7)) throw refusal('22001');
      },
    });
    await all();
    expect(state.rows.size).toBe(3 * 299);
    expect([...state.aside.keys()]).toEqual([1, 2, 3]);
  });

  it('for what the database is going through sets nothing aside', async () => {
    let isDown = true;
    const { matcher, all, state } = setUp({
      events: 5,
      webhooks,
      onInsert: () => {
        if (isDown) throw refusal('SQLITE_FULL');
      },
    });
    await expect(matcher.run(() => false)).rejects.toThrow('SQLITE_FULL');
    expect(state.aside.size).toBe(0);
    isDown = false;
    await all();
    expect(state.rows.size).toBe(1500);
    expect(state.aside.size).toBe(0);
  });

  it('an event whose own code throws is set aside alone', async () => {
    const { all, state } = setUp({
      events: 5,
      webhooks: [subscriber(1)],
      hasBody: false,
      compose: ({ id }) => {
        if (id === 4) throw new TypeError('no such thing');
        return { body: '{}', thinReason: null };
      },
    });
    await all();
    expect(state.rows.size).toBe(4);
    expect([...state.aside]).toEqual([[4, 'no such thing']]);
  });

  it('a body that is built late is there although the first row was refused', async () => {
    const { all, state } = setUp({ events: 1, webhooks, hasBody: false, onInsert: odd(1, 1) });
    await all();
    expect(state.bodies.get(1)).toBe('{"late":1}');
    expect(state.rows.size).toBe(299);
  });
});

describe('conditions of webhooks', () => {
  const large = { all: [{ field: 'total', greaterThan: 100 }] } as const;
  const total = (value: number) => ({
    action: 'updated' as const,
    before: { total: 1 },
    after: { total: value },
  });

  it('let through what meets them, and the others get every event', async () => {
    const { all, state, reads } = setUp({
      events: 4,
      webhooks: [subscriber(1), subscriber(2, { conditions: large })],
      facts: (id) => total(id * 50),
    });
    await all();
    expect([...state.rows.keys()].sort()).toEqual(['1/1', '2/1', '3/1', '3/2', '4/1', '4/2']);
    // What was captured with the event tells enough: no body is read.
    expect(reads()).toBe(0);
  });

  it('are judged by the body if the event is older than they are, which is read once', async () => {
    const { all, state, reads } = setUp({
      events: 1,
      webhooks: [1, 2, 3].map((id) => subscriber(id, { conditions: { ...large } })),
      body: JSON.stringify({
        data: { entry: { total: 101 }, changedFields: ['total'], previous: { total: 1 } },
      }),
    });
    await all();
    expect(state.rows.size).toBe(3);
    expect(reads()).toBe(1);
  });

  it('that cannot be judged, since the value is not known, do not hold the event back', async () => {
    const { all, state } = setUp({ events: 1, webhooks: [subscriber(1, { conditions: large })], body: '{}' });
    await all();
    expect(state.rows.size).toBe(1);
  });

  it('are judged for each of more webhooks than a transaction can hold', async () => {
    const { all, state } = setUp({
      events: 3,
      webhooks: range(1500).map((id) => subscriber(id, id % 2 === 0 ? { conditions: large } : {})),
      facts: (id) => total(id === 2 ? 500 : 5),
    });
    await all();
    expect(state.rows.size).toBe(750 + 1500 + 750);
    expect(state.unmatched).toEqual([]);
  });
});
