import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import knex from 'knex';
import type { Knex } from 'knex';
import type { DeliveryPage, ReplayView, WebhookView } from '../../contracts';
import { databases } from './harness/databases';
import { freshDatabase } from './harness/fresh-database';
import { register, saveAuthor, startInstance } from './harness/instance';
import type { Instance } from './harness/instance';
import { Receiver } from './harness/receiver';
import { until } from './harness/wait';

jest.setTimeout(240_000);

const patience = { timeoutMs: 90_000 };
const entries = 100;
const hooks = ['/a', '/b', '/c'];
const total = entries * hooks.length;

const keyOf = ({ path: at, headers }: { path: string; headers: Record<string, unknown> }) =>
  `${at} ${String(headers['webhook-id'])}`;

// MariaDB runs the same statements for a replay as Postgres does; its suites show that (replays.test.ts).
describe.each(databases.filter(({ client }) => client !== 'mysql'))(
  'kill -9 in the middle of a replay on $client',
  (database) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'event-webhooks-replay-crash-'));
    let env: Record<string, string>;
    let drop: () => Promise<void>;
    let receiver: Receiver;
    let instance: Instance | null = null;

    beforeAll(async () => {
      const own = await freshDatabase(database);
      drop = own.drop;
      env = {
        DATABASE_CLIENT: database.client,
        DATABASE_FILENAME: path.join(folder, 'data.db'),
        // What was in flight at the kill is sent again soon, by a process that cannot know to be alone.
        EVENT_WEBHOOKS_LEASE_SECONDS: '5',
        ...own.env,
      };
      receiver = await new Receiver().start();
    });
    afterAll(async () => {
      instance?.process.kill('SIGKILL');
      await instance?.process.ended;
      await receiver?.stop();
      await drop?.();
      rmSync(folder, { recursive: true, force: true });
    });

    /** What was being sent when the process died, by receiver and id. */
    async function inFlight(): Promise<Set<string>> {
      const reader: Knex =
        database.client === 'sqlite'
          ? knex({
              client: 'better-sqlite3',
              connection: { filename: String(env.DATABASE_FILENAME) },
              useNullAsDefault: true,
            })
          : knex({
              client: 'pg',
              connection: {
                host: env.DATABASE_HOST,
                port: Number(env.DATABASE_PORT),
                user: env.DATABASE_USERNAME,
                password: env.DATABASE_PASSWORD,
                database: env.DATABASE_NAME,
              },
            });
      try {
        const rows = (await reader('event_webhooks_deliveries')
          .select(['webhook_name', 'message_id'])
          .where({ state: 'delivering' })) as { webhook_name: string; message_id: string }[];
        return new Set(rows.map((row) => `/${row.webhook_name} ${row.message_id}`));
      } finally {
        await reader.destroy();
      }
    }

    it('the job goes on after the next start: each is sent again, none twice but what was in flight (guarantee 17)', async () => {
      const first = await startInstance(env);
      instance = first;
      const token = await register(first);
      const ask = <T>(one: Instance, method: string, route: string, body?: unknown) =>
        one.ask<T>(token, method, `/event-webhooks${route}`, body);
      receiver.answer = () => ({ status: 400 });
      for (const hook of hooks) {
        await ask<WebhookView>(first, 'POST', '/webhooks', {
          name: hook.slice(1),
          url: receiver.url(hook),
          events: ['author.created'],
          timeoutSeconds: 2,
          retryScheduleSeconds: [],
        });
      }
      let saved = 0;
      const lane = async (): Promise<void> => {
        while (saved < entries) await saveAuthor(first, token, `Author ${(saved += 1)}`);
      };
      await Promise.all([lane(), lane(), lane()]);
      const none = async (one: Instance, state: string) =>
        (await ask<DeliveryPage>(one, 'GET', `/deliveries?state=${state}&pageSize=1`)).results.length === 0;
      const idle = async (one: Instance) => (await none(one, 'pending')) && (await none(one, 'delivering'));
      const found = async (one: Instance) =>
        (await ask<{ count: number }>(one, 'POST', '/replays/count', {})).count;
      await until('all to have failed', async () => (await found(first)) === total && idle(first), patience);

      receiver.requests.length = 0;
      receiver.answer = () => ({ status: 200, delayMs: 60 });
      const { id } = await ask<ReplayView>(first, 'POST', '/replays', {});
      await until('it to be well under way', () => receiver.requests.length > total / 4, patience);
      first.process.kill('SIGKILL');
      await first.process.ended;
      const open = await inFlight();
      const beforeTheKill = receiver.requests.length;
      expect(beforeTheKill).toBeLessThan(total);

      const second = await startInstance(env);
      instance = second;
      const ended = await until(
        'the job to end',
        async () => {
          const replay = await ask<ReplayView>(second, 'GET', `/replays/${id}`);
          return replay.state === 'finished' ? replay : null;
        },
        patience,
      );
      expect(ended).toMatchObject({ total, done: total, refused: 0 });
      await until('all to have arrived', () => idle(second), patience);
      expect(await found(second)).toBe(0);
      const times = new Map<string, number>();
      for (const request of receiver.requests)
        times.set(keyOf(request), (times.get(keyOf(request)) ?? 0) + 1);
      expect(times.size).toBe(total);
      const twice = [...times].filter(([, count]) => count > 1).map(([key]) => key);
      expect(twice.filter((key) => !open.has(key))).toEqual([]);
      expect(Math.max(...times.values())).toBeLessThanOrEqual(2);
    });
  },
);
