import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { DeliveryPage, DeliveryRow } from '../../contracts';
import { databases } from './harness/databases';
import { freshDatabase } from './harness/fresh-database';
import { register, startInstance } from './harness/instance';
import type { Instance } from './harness/instance';
import { Receiver } from './harness/receiver';
import { quiet, until } from './harness/wait';

jest.setTimeout(300_000);

/** How much is saved; `MERGE_SAVES=500 MERGE_QUIET=5` is the minute of an editor who never stops. */
const saves = Number(process.env.MERGE_SAVES ?? 80);
const quietSeconds = Number(process.env.MERGE_QUIET ?? 2);
const collapse = { quietSeconds, maxSeconds: 4 * quietSeconds, per: 'webhook', send: 'latest' };
const gapMs = 100;
const patience = { timeoutMs: 120_000 };
const entries = '/content-manager/collection-types/api::author.author';
const pages = '/content-manager/collection-types/api::page.page';

/** How many requests the rule makes of events at these times: quiet for so long, or waited for as long as allowed. */
function callsOf(times: readonly number[]): number {
  let calls = 0;
  let since = 0;
  let due = -1;
  for (const time of times) {
    if (time > due) {
      calls += 1;
      since = time;
    }
    due = Math.min(time + 1000 * collapse.quietSeconds, since + 1000 * collapse.maxSeconds);
  }
  return calls;
}

const [sqlite] = databases.filter(({ client }) => client === 'sqlite');
const [postgres] = databases.filter(({ client }) => client === 'postgres');
const setUps = [
  ...(sqlite
    ? [{ name: 'one process on SQLite, killed and started again', database: sqlite, two: false }]
    : []),
  ...(postgres ? [{ name: 'two on Postgres, of which one is killed', database: postgres, two: true }] : []),
];

describe.each(setUps)('many saves become few requests: $name', ({ database, two }) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'event-webhooks-merging-'));
  let env: Record<string, string>;
  let drop: () => Promise<void> = async () => undefined;
  let receiver: Receiver;
  const running: Instance[] = [];
  let token: string;

  beforeAll(async () => {
    receiver = await new Receiver().start();
    if (two) {
      const own = await freshDatabase(database);
      ({ env, drop } = own);
    } else env = { DATABASE_CLIENT: 'sqlite', DATABASE_FILENAME: path.join(folder, 'data.db') };
    running.push(await startInstance(env));
    if (two) running.push(await startInstance(env));
    token = await register(running[0] as Instance);
  });
  afterAll(async () => {
    running.forEach(({ process }) => process.kill('SIGKILL'));
    await Promise.all(running.map(({ process }) => process.ended));
    await receiver.stop();
    await drop();
    rmSync(folder, { recursive: true, force: true });
  });

  const ask = <T>(instance: Instance | undefined, method: string, route: string, body?: unknown) => {
    if (!instance) throw new Error('no process is running');
    return instance.ask<T>(token, method, route, body);
  };

  /** Kills one with -9, and goes on with the other, or with one that is started in its place. */
  const killOne = async () => {
    const killed = running.shift();
    killed?.process.kill('SIGKILL');
    await killed?.process.ended;
    if (running.length === 0) running.push(await startInstance(env));
  };

  const deliveries = async (): Promise<DeliveryRow[]> => {
    const all: DeliveryRow[] = [];
    for (let before: number | null = null; ;) {
      const query: string = before === null ? '' : `&before=${before}`;
      const page: DeliveryPage = await ask(
        running[0],
        'GET',
        `/event-webhooks/deliveries?pageSize=100${query}`,
      );
      all.push(...page.results);
      before = page.nextBefore;
      if (before === null) return all;
    }
  };

  it('no more than the rule allows, the last with the last state, and every event is part of one of them', async () => {
    const { data: author } = await ask<{ data: { documentId: string } }>(running[0], 'POST', entries, {
      name: '0',
    });
    await ask(running[0], 'POST', '/event-webhooks/webhooks', {
      ...{ name: 'Site', url: receiver.url(), events: ['author.updated'] },
      collapse,
    });
    const quote = {
      __component: 'blocks.author-quote',
      text: 'So it is',
      author: { connect: [{ documentId: author.documentId }] },
    };
    const { data: page } = await ask<{ data: { documentId: string } }>(running[0], 'POST', pages, {
      ...{ title: 'Quotes', slug: 'quotes', blocks: [quote] },
    });
    await ask(running[0], 'POST', `${pages}/${page.documentId}/actions/publish`, {});
    const showing = await ask<{ id: number }>(running[0], 'POST', '/event-webhooks/webhooks', {
      ...{ name: 'Pages', url: receiver.url('/pages'), events: ['page.affected'] },
      collapse,
    });
    // The other process must know of the webhooks.
    await quiet(2500);
    const times: number[] = [];
    for (let save = 1; save <= saves; save += 1) {
      if (save === Math.floor(saves / 2)) await killOne();
      const began = Date.now();
      await ask(running[save % running.length], 'PUT', `${entries}/${author.documentId}`, {
        name: String(save),
      });
      times.push(Date.now());
      await quiet(Math.max(0, gapMs - (Date.now() - began)));
    }
    const nameIn = (body: Buffer) =>
      (JSON.parse(String(body)) as { data: { entry: { name: string } } }).data.entry.name;
    const site = () => receiver.requests.filter(({ path }) => path === '/hook');
    await until('the last state', () => site().some(({ body }) => nameIn(body) === String(saves)), patience);
    // A killed process may have sent one whose outcome it could not write: the same message, not another.
    const messages = new Map(site().map(({ headers, body }) => [headers['webhook-id'], nameIn(body)]));
    console.info(`${saves} saves: ${messages.size} requests, ${callsOf(times)} by the rule`);
    expect(messages.size).toBeLessThanOrEqual(callsOf(times) + 1);
    expect([...messages.values()].at(-1)).toBe(String(saves));
    await until('every outcome', async () =>
      (await deliveries()).every(({ state }) => state === 'succeeded' || state === 'collapsed'),
    );
    const each = await deliveries();
    // That the page is affected is noticed when a save is matched, and is exactly as certain as the save itself.
    const affected = each.filter(({ webhookId }) => webhookId === showing.id);
    expect(affected).toHaveLength(saves);
    expect(new Set(affected.map(({ messageId }) => messageId)).size).toBe(saves);
    const all = each.filter(({ webhookId }) => webhookId !== showing.id);
    expect(all.filter(({ state }) => state === 'succeeded')).toHaveLength(messages.size);
    expect(all).toHaveLength(saves);
  });
});
