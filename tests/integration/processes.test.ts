import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { UID } from '@strapi/strapi';
import Database from 'better-sqlite3';
import { addWebhook, startPlayground } from './harness/playground';
import { startCommand, startServing } from './harness/process';
import type { StrapiProcess } from './harness/process';
import { Receiver } from './harness/receiver';
import { until } from './harness/wait';

const author = 'api::author.author' as UID.ContentType;

describe('several processes over one SQLite database', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'event-webhooks-processes-'));
  const file = path.join(folder, 'data.db');
  const env = { DATABASE_CLIENT: 'sqlite', DATABASE_FILENAME: file };
  const started: StrapiProcess[] = [];
  let receiver: Receiver;

  const read = <T>(sql: string): T[] => {
    const database = new Database(file, { readonly: true });
    const rows = database.prepare(sql).all() as T[];
    database.close();
    return rows;
  };
  const start = (one: StrapiProcess): StrapiProcess => {
    started.push(one);
    return one;
  };

  beforeAll(async () => {
    receiver = await new Receiver().start();
  });
  afterAll(async () => {
    for (const one of started) one.kill('SIGKILL');
    await receiver?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('a worker delivers what a web process that only captures has captured', async () => {
    const web = await startPlayground({ env: { ...env, DELIVERY: 'false' } });
    await addWebhook(web, { url: receiver.url(), events: ['author.created'] });
    await web.strapi.documents(author).create({ data: { name: 'From the web' } as never });
    expect(receiver.requests).toHaveLength(0);
    const worker = start(startCommand(['worker'], env));
    await worker.says(/delivering \(engine database/);
    await until('the delivery', () => receiver.requests.length === 1);
    await until('both to be known', async () => {
      const { body } = await web.admin<{ instances: { delivers: boolean; self: boolean }[] }>(
        'GET',
        '/event-webhooks/queue',
      );
      const known = body.instances.map(({ delivers, self }) => `${delivers}/${self}`).sort();
      return known.join() === 'false/true,true/false';
    });
    worker.kill('SIGTERM');
    expect(await worker.ended).toEqual({ code: 0, signal: null });
    await web.stop();
  }, 120_000);

  it('a second process that would deliver is refused with the reason (guarantee 32)', async () => {
    const first = start(startServing(env));
    await first.says(/listening/);
    await until(
      'its lock',
      () => read('select 1 from event_webhooks_instances where delivers = 1').length > 0,
    );
    const second = start(startServing(env));
    expect((await second.ended).code).not.toBe(0);
    expect(second.output()).toMatch(/another process delivers the webhooks of this SQLite database/);
    expect(second.output()).toMatch(/event-webhooks-lock/);

    const asking = start(startCommand(['doctor'], env));
    expect(await asking.ended).toEqual({ code: 0, signal: null });
    expect(asking.output()).toMatch(/engine +database/);

    first.kill('SIGKILL');
    await first.ended;
  }, 120_000);

  it('after kill -9 the next process delivers at once what was in flight (guarantee 11)', async () => {
    receiver.answer = () => ({ delayMs: 60_000 });
    const before = receiver.requests.length;
    const web = await startPlayground({ env: { ...env, DELIVERY: 'false' } });
    await web.strapi.documents(author).create({ data: { name: 'In flight' } as never });
    await web.stop();
    const victim = start(startServing(env));
    await until('the request', () => receiver.requests.length === before + 1, { timeoutMs: 60_000 });
    victim.kill('SIGKILL');
    await victim.ended;
    expect(read("select 1 from event_webhooks_deliveries where state = 'delivering'")).toHaveLength(1);
    receiver.answer = () => ({});
    const next = start(startServing(env));
    await until('it again', () => receiver.requests.length === before + 2, { timeoutMs: 60_000 });
    next.kill('SIGTERM');
    await next.ended;
    expect(read("select 1 from event_webhooks_deliveries where state <> 'succeeded'")).toEqual([]);
  }, 180_000);

  it('uninstall leaves no table and no permission, and asks first (guarantee 31)', async () => {
    const asking = start(startCommand(['uninstall'], env));
    expect((await asking.ended).code).toBe(2);
    expect(asking.output()).toMatch(/--yes/);
    await until(
      'the processes to be forgotten',
      () =>
        read(`select 1 from event_webhooks_instances where seen_at > ${Date.now() - 20_000}`).length === 0,
      { timeoutMs: 40_000 },
    );
    const sure = start(startCommand(['uninstall', '--yes'], env));
    expect(await sure.ended).toEqual({ code: 0, signal: null });
    expect(read("select name from sqlite_master where name like 'event_webhooks_%'")).toEqual([]);
    expect(read("select 1 from admin_permissions where action like 'plugin::event-webhooks.%'")).toEqual([]);
    const [kept] = read<{ value: string }>(
      "select value from strapi_core_store_settings where key = 'core_persisted_tables'",
    );
    expect(kept?.value ?? '').not.toMatch(/event_webhooks/);
  }, 120_000);
});
