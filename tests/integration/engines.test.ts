import { createServer, connect } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { createBullmqEngine } from '../../server/src/queue/redis/bullmq-engine';
import type { Claimed, EngineDeps, QueueEngine, SendingWebhook } from '../../server/src/queue/contract';
import { createDatabaseEngine } from '../../server/src/queue/database/database-engine';
import { createRateLimit } from '../../server/src/queue/limits/rate-limit';
import { createRedisQueue, loadRedisLibraries } from '../../server/src/queue/redis/redis-queue';
import { createStore } from '../../server/src/store';
import type { Store } from '../../server/src/store';
import { createRateCounter } from '../../server/src/store/rates';
import type { RateCounter } from '../../server/src/store/rates';
import { databases } from './harness/databases';
import { startPlayground } from './harness/playground';
import type { Playground } from './harness/playground';
import { quiet, until } from './harness/wait';

/** Redis as `scripts/services.mjs` has found it; without it only the engine in the database is tested. */
const redisUrl = process.env.REDIS_URL;

const webhook = (id: number, change: Partial<SendingWebhook> = {}): SendingWebhook => ({
  id,
  name: `webhook ${id}`,
  url: 'http://127.0.0.1/',
  shownUrl: 'http://127.0.0.1/',
  events: [],
  collapse: null,
  fields: null,
  format: 'standard',
  template: null,
  templateSecrets: [],
  headers: [],
  secrets: [],
  timeoutMs: 1000,
  retryScheduleSeconds: [1],
  gate: { failures: 0, failingSince: null, breakerLevel: 0, throttleLevel: 0 } as SendingWebhook['gate'],
  maxInFlight: 5,
  rateLimit: null,
  ...change,
});

type EngineName = 'database' | 'bullmq';

/** One delivering process: an engine of its own, and what it has been given to send. */
interface Process {
  engine: QueueEngine;
  sent: number[];
  /** What happens to a delivery that is sent; by default it succeeds. */
  answer: (claimed: Claimed) => Promise<'succeeded' | 'again' | 'lost'>;
  /** Ends as `kill -9` does: what it was working on is never written, and its connections are gone. */
  kill: () => Promise<void>;
  said: string[];
}

describe.each(databases)('queue engines on $client', (database) => {
  let playground: Playground;
  let store: Store;
  let webhooks: SendingWebhook[];
  let held: Map<number, number>;
  /** In the database it is one for all; in memory, on SQLite, the processes of a test share it. */
  let counter: RateCounter;
  let running: Process[] = [];
  let prefix: string;
  let eventId = 0;

  beforeAll(async () => {
    // Not listening: the only engines are those of the tests.
    playground = await startPlayground({ database, listen: false });
    store = createStore(playground.strapi);
    counter = createRateCounter(store.database, null);
  });
  afterAll(async () => {
    await playground?.stop();
  });
  beforeEach(() => {
    webhooks = [webhook(1), webhook(2)];
    held = new Map();
    prefix = `test-${process.pid}-${Math.random().toString(36).slice(2)}`;
  });
  afterEach(async () => {
    await Promise.all(running.map(({ engine }) => engine.stop(0)));
    running = [];
    await playground.strapi.db.connection('event_webhooks_deliveries').delete();
    await playground.strapi.db.connection('event_webhooks_attempts').delete();
  });

  const insert = (count: number, { webhookId = 1, dueAt = Date.now() } = {}): Promise<void> =>
    store.deliveries.insertOnce(
      store.database.pool(),
      Array.from({ length: count }, () => ({
        eventId: (eventId += 1),
        webhookId,
        messageId: `msg_${eventId}`,
        eventType: 'author.created',
        state: 'pending' as const,
        test: false,
        dueAt,
        createdAt: Date.now(),
        webhookName: 'Test',
        host: '127.0.0.1',
        uid: null,
        documentId: null,
        locale: null,
        body: '{}',
        orderKey: null,
      })),
    );

  const states = async (): Promise<string[]> =>
    (await playground.rows('event_webhooks_deliveries')).map(({ state }) => String(state));
  const allSucceeded = (): Promise<boolean> =>
    until(
      'all deliveries',
      async () => {
        const now = await states();
        return now.length > 0 && now.every((state) => state === 'succeeded');
      },
      { timeoutMs: 20_000 },
    );

  const start = async (
    name: EngineName,
    options: {
      leaseMs?: number;
      concurrency?: number;
      slowConcurrency?: number;
      url?: string;
      starts?: boolean;
      claim?: EngineDeps['claim'];
    } = {},
  ): Promise<Process> => {
    let dead = false;
    const one: Process = {
      sent: [],
      said: [],
      answer: async () => 'succeeded',
      async kill() {
        dead = true;
        running = running.filter((other) => other !== one);
        await one.engine.stop(0);
      },
      engine: undefined as never,
    };
    const deliver = async (claimed: Claimed, slotIsFree: () => void): Promise<void> => {
      const { delivery } = claimed;
      one.sent.push(delivery.id);
      const answer = await one.answer(claimed);
      if (answer === 'lost' || dead) return new Promise(() => undefined);
      if (answer === 'succeeded') slotIsFree();
      const now = Date.now();
      await store.outcomes.record([
        {
          deliveryId: delivery.id,
          orderKey: null,
          webhookId: delivery.webhookId,
          fence: delivery.fence,
          state: answer === 'succeeded' ? 'succeeded' : 'pending',
          attempts: delivery.attempts + 1,
          dueAt: answer === 'succeeded' ? delivery.dueAt : now + 300,
          finishedAt: answer === 'succeeded' ? now : null,
          attempt: {
            number: delivery.attempts + 1,
            kind: 'automatic',
            at: now,
            durationMs: 1,
            outcome: answer === 'succeeded' ? 'succeeded' : 'failed',
            code: null,
            error: null,
            method: 'POST',
            url: claimed.webhook.url,
            requestHeaders: {},
            httpStatus: 200,
            statusText: null,
            responseHeaders: null,
            responseBody: null,
            truncated: false,
          },
        },
      ]);
    };
    const deps: EngineDeps = {
      openWebhooks: async (now) => (dead ? [] : webhooks.filter(({ id }) => (held.get(id) ?? 0) <= now)),
      claim: options.claim ?? store.deliveries.claim,
      due: store.deliveries.due,
      claimSeen: store.deliveries.claimSeen,
      bodies: (ids) => store.events.bodies(store.database.pool(), ids),
      requests: async () => new Map(),
      collapseOlder: async () => [],
      release: async (claims) => (dead ? undefined : store.deliveries.release(claims)),
      returnExpired: async (now, limit) => (dead ? 0 : store.deliveries.returnExpired(now, limit)),
      releaseBlocked: async () => 0,
      healFuture: async () => 0,
      longestLeaseMs: options.leaseMs ?? 60_000,
      nextDue: store.deliveries.nextDue,
      firstDue: store.deliveries.firstDue,
      reserveRate: createRateLimit({
        counter,
        hold: async ({ id }, until) => void held.set(id, until),
        now: Date.now,
        elapsed: () => performance.now(),
        log: (message) => one.said.push(message),
      }),
      match: async () => false,
      deliver,
      now: Date.now,
      elapsed: () => performance.now(),
      log: (message) => one.said.push(message),
      concurrency: options.concurrency ?? 20,
      slowConcurrency: options.slowConcurrency ?? options.concurrency ?? 20,
      pollMs: 200,
      batchSize: 64,
      restMs: 0,
      leaseMs: options.leaseMs ?? 60_000,
    };
    const log = { info: deps.log, warn: deps.log };
    one.engine =
      name === 'database'
        ? createDatabaseEngine(deps)
        : createBullmqEngine(
            deps,
            createRedisQueue({
              libraries: await loadRedisLibraries(),
              url: options.url ?? String(redisUrl),
              prefix,
              log,
            }),
          );
    running.push(one);
    if (options.starts !== false) one.engine.start();
    return one;
  };

  describe.each<EngineName>(redisUrl ? ['database', 'bullmq'] : ['database'])('%s', (name) => {
    it('delivers what is due, each once, and not what is due later', async () => {
      await insert(60);
      const later = Date.now() + 5000;
      await insert(1, { dueAt: later });
      const one = await start(name);
      await until('what is due', () => one.sent.length >= 60);
      expect(Date.now()).toBeLessThan(later);
      expect(one.sent).toHaveLength(60);
      await until('what was due later', () => one.sent.length === 61);
      expect(Date.now()).toBeGreaterThanOrEqual(later);
      await allSucceeded();
      expect(new Set(one.sent).size).toBe(61);
    });

    it('a failed delivery is tried again when its next try is due', async () => {
      await insert(3);
      const one = await start(name);
      one.answer = async ({ delivery }) => (delivery.attempts < 2 ? 'again' : 'succeeded');
      await allSucceeded();
      expect(one.sent).toHaveLength(9);
      expect((await playground.rows('event_webhooks_deliveries')).map(({ attempts }) => attempts)).toEqual([
        3, 3, 3,
      ]);
    });

    it('a webhook has no more requests in flight than it may, and does not hold up another (guarantee 19)', async () => {
      webhooks = [webhook(1, { maxInFlight: 2 }), webhook(2)];
      await insert(30, { webhookId: 1 });
      await insert(30, { webhookId: 2 });
      const one = await start(name);
      let slow = 0;
      let most = 0;
      one.answer = async ({ webhook: { id } }) => {
        if (id === 2) return 'succeeded';
        most = Math.max(most, (slow += 1));
        await quiet(150);
        slow -= 1;
        return 'succeeded';
      };
      await until('the fast webhook', async () => {
        const rows = await playground.rows('event_webhooks_deliveries');
        return rows.filter((row) => row.webhook_id === 2).every(({ state }) => state === 'succeeded');
      });
      expect((await states()).filter((state) => state === 'pending').length).toBeGreaterThan(0);
      await allSucceeded();
      expect(most).toBe(2);
    });

    it('sixty slow webhooks, before it and after it, and one that is new: it waits for none of them (guarantee 19)', async () => {
      const slow = Array.from({ length: 60 }, (_, index) => index + 1 + (index >= 30 ? 10 : 0));
      const fresh = 35;
      webhooks = [...slow, fresh].sort((a, b) => a - b).map((id) => webhook(id, { maxInFlight: 10 }));
      for (const webhookId of slow) await insert(20, { webhookId });
      const one = await start(name, { concurrency: 16, slowConcurrency: 32 });
      let ended = 0;
      let inFlight = 0;
      let most = 0;
      one.answer = async ({ webhook: { id } }) => {
        if (id === fresh) return 'succeeded';
        most = Math.max(most, (inFlight += 1));
        await quiet(600);
        inFlight -= 1;
        ended += 1;
        return 'succeeded';
      };
      await until('the slow ones to be known', () => ended > 100, { timeoutMs: 30_000 });
      const ids = new Set((await playground.rows('event_webhooks_deliveries')).map(({ id }) => Number(id)));
      await insert(20, { webhookId: fresh });
      const before = ended;
      one.engine.wake();
      await until('the new one', () => one.sent.filter((id) => !ids.has(id)).length === 20, { everyMs: 5 });
      // What waited for slots of theirs would have seen many times as many of them end.
      expect(ended - before).toBeLessThan(96);
      // Those that turned out to be slow while under way may be as many as the prompt lane holds.
      expect(most).toBeLessThanOrEqual(16 + 32 + 16);
      // Each of them has its turn before one has had all of its own.
      const turns = await until(
        'a turn of each',
        async () => {
          const rows = await playground.rows('event_webhooks_deliveries');
          const begun = rows.filter(({ state }) => state !== 'pending').map((row) => Number(row.webhook_id));
          const counts = slow.map((id) => begun.filter((each) => each === id).length);
          return Math.min(...counts) > 0 ? counts : null;
        },
        { timeoutMs: 30_000 },
      );
      expect(Math.max(...turns)).toBeLessThan(20);
    });

    it('a webhook without a response yet waits for no backlog of prompt ones (guarantee 19)', async () => {
      const prompt = [1, 2, 3, 4, 5, 6];
      const fresh = 7;
      webhooks = [...prompt, fresh].map((id) => webhook(id));
      for (const webhookId of prompt) await insert(150, { webhookId });
      const one = await start(name, { concurrency: 4 });
      const begun: number[] = [];
      one.answer = async ({ webhook: { id } }) => {
        begun.push(id);
        await quiet(10);
        return 'succeeded';
      };
      await until('all of them to be known', () => new Set(begun.slice(10)).size === prompt.length);
      const before = begun.length;
      await insert(1, { webhookId: fresh });
      one.engine.wake();
      await until('it', () => begun.includes(fresh), { everyMs: 5 });
      // Without a place of its own it waits until the slots are empty, at the end of the backlog.
      expect(begun.indexOf(fresh) - before).toBeLessThan(200);
    });

    it('a webhook that may not send waits without using a try, and goes on when it may', async () => {
      webhooks = [];
      await insert(5);
      const one = await start(name);
      await quiet(600);
      expect(one.sent).toEqual([]);
      const rows = await playground.rows('event_webhooks_deliveries');
      expect(rows.map(({ state, attempts, fence }) => [state, attempts, fence])).toEqual(
        Array.from({ length: 5 }, () => ['pending', 0, 0]),
      );
      webhooks = [webhook(1)];
      await allSucceeded();
    });

    it('a webhook that is switched off while much waits sends nothing more', async () => {
      await insert(100);
      const one = await start(name, { concurrency: 5 });
      one.answer = async () => {
        await quiet(20);
        return 'succeeded';
      };
      await until('the first', () => one.sent.length >= 5);
      webhooks = [];
      await quiet(300);
      const then = one.sent.length;
      await quiet(600);
      expect(one.sent).toHaveLength(then);
      expect((await states()).filter((state) => state === 'pending')).toHaveLength(100 - then);
    });

    it('two processes deliver each once, and both take part', async () => {
      await insert(200);
      const processes = [await start(name), await start(name)];
      for (const one of processes) {
        one.answer = async () => {
          await quiet(10);
          return 'succeeded';
        };
      }
      await allSucceeded();
      const sent = processes.flatMap((one) => one.sent);
      expect(sent).toHaveLength(200);
      expect(new Set(sent).size).toBe(200);
      expect(processes.every((one) => one.sent.length > 0)).toBe(true);
    });

    it('what a process that died was working on is delivered by another, when its lease is over', async () => {
      await insert(8);
      const first = await start(name, { leaseMs: 3000, concurrency: 4 });
      first.answer = async () => 'lost';
      await until('four in flight', () => first.sent.length === 4);
      await first.kill();
      const second = await start(name, { leaseMs: 3000 });
      await allSucceeded();
      expect(new Set([...first.sent, ...second.sent]).size).toBe(8);
      expect(second.said.join()).toMatch(/of a worker that has stopped are due again/);
    });

    it('all 448 that a process had in flight when it died are due again in one sweep (guarantee 21)', async () => {
      webhooks = [webhook(1, { maxInFlight: 448 })];
      await insert(448);
      const first = await start(name, { leaseMs: 5000, concurrency: 448 });
      first.answer = async () => 'lost';
      await until('all in flight', () => first.sent.length === 448, { timeoutMs: 30_000 });
      await first.kill();
      const second = await start(name, { leaseMs: 5000, concurrency: 448 });
      second.answer = first.answer;
      await until('all of them again', () => second.sent.length === 448, { timeoutMs: 40_000 });
      const returned = second.said.flatMap(
        (text) => /(\d+) deliveries of a worker that has stopped/.exec(text)?.[1] ?? [],
      );
      // More than one where a sweep came between its claims: the first one, of a new webhook, takes one delivery.
      expect(returned.length).toBeLessThanOrEqual(3);
      expect(Math.max(...returned.map(Number))).toBeGreaterThan(64);
      expect(returned.reduce((sum, count) => sum + Number(count), 0)).toBeGreaterThanOrEqual(448);
    });

    it('at a stop requests in flight are awaited, the rest is returned, and nothing is claimed any more (guarantee 21)', async () => {
      await insert(50);
      const one = await start(name, { concurrency: 4 });
      one.answer = async ({ delivery }) => {
        await quiet(delivery.id === one.sent[0] ? 5000 : 300);
        return 'succeeded';
      };
      await until('some in flight', () => one.sent.length === 4);
      const began = Date.now();
      await one.engine.stop(1000);
      expect(Date.now() - began).toBeLessThan(3000);
      const after = await states();
      expect(after).not.toContain('delivering');
      expect(after.filter((state) => state === 'succeeded')).toHaveLength(one.sent.length - 1);
      const then = one.sent.length;
      await quiet(500);
      expect(one.sent).toHaveLength(then);
    });

    it('a rate limit holds for two processes together, and waiting for it uses no try', async () => {
      webhooks = [webhook(1, { rateLimit: { count: 5, seconds: 1 } })];
      await insert(20);
      const times: number[] = [];
      const processes = [await start(name), await start(name)];
      for (const one of processes) {
        one.answer = async () => {
          times.push(Date.now());
          return 'succeeded';
        };
      }
      await allSucceeded();
      expect(times).toHaveLength(20);
      // The n-th window begins no earlier than n seconds after the first count, which is before the first request.
      const late = times.map((at, index) => at - (times[0] ?? 0) - Math.floor(index / 5) * 1000);
      expect(Math.min(...late)).toBeGreaterThan(-300);
      const rows = await playground.rows('event_webhooks_deliveries');
      expect(rows.every(({ attempts, fence }) => attempts === 1 && fence === 1)).toBe(true);
    });

    it('waking is enough: what was just captured does not wait for the next look', async () => {
      const one = await start(name);
      await quiet(300);
      await insert(1);
      one.engine.wake();
      await until('it', () => one.sent.length === 1, { timeoutMs: 1000, everyMs: 5 });
    });
  });

  it('many webhooks with a few deliveries each, and a slow database: each slot is used more than once between two claims (guarantee 19)', async () => {
    const ids = Array.from({ length: 60 }, (_, index) => index + 1);
    webhooks = ids.map((id) => webhook(id));
    const insertEach = async (count: number) => {
      for (const webhookId of ids) await insert(count, { webhookId });
    };
    await insertEach(1);
    let claimed: number[] = [];
    const one = await start('database', {
      concurrency: 16,
      claim: async (input) => {
        await quiet(300);
        const taken = await store.deliveries.claim(input);
        claimed.push(taken.length);
        return taken;
      },
    });
    let inFlight = 0;
    let most = 0;
    one.answer = async () => {
      most = Math.max(most, (inFlight += 1));
      await quiet(5);
      inFlight -= 1;
      return 'succeeded';
    };
    await allSucceeded();
    claimed = [];
    await insertEach(4);
    one.engine.wake();
    await allSucceeded();
    // More than there are slots: the rest follows as they become free, while the next claim takes its time.
    expect(Math.max(...claimed)).toBeGreaterThan(16);
    expect(most).toBeLessThanOrEqual(16);
    expect(one.sent).toHaveLength(ids.length * 5);
  });

  if (!redisUrl) return;
  describe('with Redis', () => {
    it('turning from one engine to the other with rows waiting loses and doubles nothing', async () => {
      await insert(150);
      const sent: number[] = [];
      for (const name of ['database', 'bullmq', 'database', 'bullmq'] as const) {
        const one = await start(name, { concurrency: 5 });
        one.answer = async () => {
          await quiet(20);
          return 'succeeded';
        };
        await until('some', () => one.sent.length >= 20);
        await one.engine.stop(2000);
        sent.push(...one.sent);
      }
      const last = await start('bullmq');
      await allSucceeded();
      sent.push(...last.sent);
      expect(sent).toHaveLength(150);
      expect(new Set(sent).size).toBe(150);
    });

    it('both engines at once, as while an update is rolled out, deliver each once', async () => {
      await insert(200);
      const processes = [await start('database'), await start('bullmq')];
      for (const one of processes) {
        one.answer = async () => {
          await quiet(5);
          return 'succeeded';
        };
      }
      await allSucceeded();
      expect(new Set(processes.flatMap((one) => one.sent)).size).toBe(200);
      expect(processes.flatMap((one) => one.sent)).toHaveLength(200);
    });

    it('Redis is emptied with jobs waiting: nothing is lost', async () => {
      await insert(60);
      const one = await start('bullmq', { concurrency: 2 });
      one.answer = async () => {
        await quiet(30);
        return 'succeeded';
      };
      await until('some', () => one.sent.length >= 10);
      const client = new Redis(String(redisUrl));
      const keys = await client.keys(`${prefix}:*`);
      expect(keys.length).toBeGreaterThan(0);
      await client.del(...keys);
      client.disconnect();
      await allSucceeded();
      expect(new Set(one.sent).size).toBe(60);
      expect(one.sent).toHaveLength(60);
    });

    it('a job that has lost its place in the lists of Redis, as by an eviction, does not block its delivery', async () => {
      await insert(3);
      const rows = await playground.rows('event_webhooks_deliveries');
      const client = new Redis(String(redisUrl));
      for (const { id } of rows.slice(0, 2)) {
        const data = JSON.stringify({ id, webhookId: 1, fence: 0 });
        await client.hset(`${prefix}:deliveries:${String(id)}-0`, { name: 'delivery', data, opts: '{}' });
      }
      const left = () => client.keys(`${prefix}:deliveries:*-0`);
      try {
        const one = await start('bullmq');
        await allSucceeded();
        expect(one.sent).toHaveLength(3);
        expect(one.said).toEqual([]);
        // BullMQ removes a job after its work.
        await until('no job', async () => (await left()).length === 0);
      } finally {
        client.disconnect();
      }
    });

    it('Redis goes away and comes back: said once, nothing lost, and Strapi can stop meanwhile', async () => {
      const line = await startLine(String(redisUrl));
      try {
        const one = await start('bullmq', { url: line.url });
        await insert(5);
        await allSucceeded();
        line.cut();
        await insert(20);
        await quiet(2500);
        expect(one.sent).toHaveLength(5);
        expect(one.said.filter((text) => /Redis cannot be reached/.test(text))).toHaveLength(1);
        expect(one.said).toHaveLength(1);
        line.mend();
        await allSucceeded();
        expect(new Set(one.sent).size).toBe(25);
        expect(one.said[1]).toMatch(/Redis is back/);
        line.cut();
        const began = Date.now();
        await one.engine.stop(500);
        expect(Date.now() - began).toBeLessThan(2500);
      } finally {
        await line.close();
      }
    });

    it('a process that starts while Redis is away delivers when it is there', async () => {
      const line = await startLine(String(redisUrl));
      try {
        line.cut();
        await insert(5);
        const one = await start('bullmq', { url: line.url });
        await quiet(1000);
        expect(one.sent).toEqual([]);
        line.mend();
        await allSucceeded();
      } finally {
        await line.close();
      }
    });

    it('jobs that are not ours are dropped with a line each, and cost the others nothing', async () => {
      const one = await start('bullmq');
      const client = new Redis(String(redisUrl));
      const foreign = new Queue('deliveries', {
        connection: client as never,
        prefix,
        skipVersionCheck: true,
      });
      const strange = [null, 'text', [], 7, { id: 1 }, { id: 2 ** 40, webhookId: 1, fence: 0 }];
      await foreign.addBulk(strange.map((data) => ({ name: 'odd', data })));
      // What is no JSON at all: BullMQ itself cannot read it.
      await client.hset(`${prefix}:deliveries:raw`, { name: 'raw', data: 'no JSON', opts: '{}' });
      await client.lpush(`${prefix}:deliveries:wait`, 'raw');
      await insert(20);
      await allSucceeded();
      await until('all to be dropped', () => one.said.length > strange.length);
      await insert(5);
      await allSucceeded();
      await foreign.close();
      client.disconnect();
      expect(new Set(one.sent).size).toBe(25);
      expect(one.said.filter((line) => /dropped a job that is not one of/.test(line))).toHaveLength(
        strange.length,
      );
      expect(one.said).toHaveLength(strange.length + 1);
    });

    it('a process that delivers nothing wakes those that do', async () => {
      const worker = await start('bullmq');
      const web = await start('bullmq', { starts: false });
      await quiet(500);
      // Its own next look is far away.
      webhooks = [webhook(1)];
      await insert(1);
      web.engine.wake();
      await until('it', () => worker.sent.length === 1, { timeoutMs: 1000, everyMs: 5 });
      expect(web.sent).toEqual([]);
    });
  });
});

/** A line to Redis that can be cut. */
async function startLine(target: string) {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let whole = true;
  const server: Server = createServer((socket) => {
    if (!whole) return void socket.destroy();
    const far = connect(Number(port || 6379), hostname);
    for (const end of [socket, far]) {
      sockets.add(end);
      end.on('error', () => undefined);
      end.on('close', () => {
        sockets.delete(end);
        socket.destroy();
        far.destroy();
      });
    }
    socket.pipe(far).pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const url = new URL(target);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  const cut = (): void => {
    whole = false;
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: url.href,
    cut,
    mend: (): void => void (whole = true),
    close: async (): Promise<void> => {
      cut();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
