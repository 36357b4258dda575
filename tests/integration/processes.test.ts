import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { UID } from '@strapi/strapi';
import Database from 'better-sqlite3';
import type { QueueView } from '../../contracts';
import { addWebhook, administrator, startPlayground } from './harness/playground';
import { startCommand, startServing } from './harness/process';
import type { StrapiProcess } from './harness/process';
import { Receiver } from './harness/receiver';
import { quiet, until } from './harness/wait';

const author = 'api::author.author' as UID.ContentType;

/** Processes take their time to start on a busy machine. */
const patience = { timeoutMs: 60_000 };

describe('several processes over one SQLite database', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'event-webhooks-processes-'));
  const file = path.join(folder, 'data.db');
  const appKeys = 'app-key-one,app-key-two';
  // Without an encryption key of its own, so that secrets are sealed with the first of the app's keys.
  const env = { DATABASE_CLIENT: 'sqlite', DATABASE_FILENAME: file, APP_KEYS: appKeys, ENCRYPTION_KEY: '' };
  const started: StrapiProcess[] = [];
  let receiver: Receiver;

  const read = <T>(sql: string): T[] => {
    const database = new Database(file, { readonly: true });
    const rows = database.prepare(sql).all() as T[];
    database.close();
    return rows;
  };
  const delivering = () => {
    const table = "select name from sqlite_master where name = 'event_webhooks_instances'";
    return read(table).length === 0
      ? []
      : read<{ pid: number }>('select pid from event_webhooks_instances where delivers = 1');
  };
  let signed: Record<string, string> | null = null;
  /** Once for all: whoever signs in again and again is made to wait, and any process takes the token of another. */
  const signedIn = async (url: string): Promise<Record<string, string>> => {
    if (signed) return signed;
    const { email, password } = administrator;
    const json = { 'content-type': 'application/json' };
    const answer = await fetch(`${url}/admin/login`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ email, password }),
    });
    const { data } = (await answer.json()) as { data: { token: string } };
    signed = { ...json, authorization: `Bearer ${data.token}` };
    return signed;
  };
  /** As an editor does it. */
  const saveThrough = async (url: string, name: string): Promise<void> => {
    const answer = await fetch(`${url}/content-manager/collection-types/${author}`, {
      method: 'POST',
      headers: await signedIn(url),
      body: JSON.stringify({ name }),
    });
    expect(answer.status).toBe(201);
  };
  const start = (one: StrapiProcess): StrapiProcess => {
    started.push(one);
    return one;
  };

  beforeAll(async () => {
    receiver = await new Receiver().start();
  });
  // What a failed test leaves behind would hold the lock in the next one.
  afterEach(async () => {
    for (const one of started) one.kill('SIGKILL');
    await Promise.all(started.splice(0).map(({ ended }) => ended));
  });
  afterAll(async () => {
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
  }, 240_000);

  it('the clock of a worker is set back an hour: what was to wait three seconds does not wait an hour', async () => {
    const clock = path.join(folder, 'clock');
    writeFileSync(clock, '3600000');
    const web = await startPlayground({ env: { ...env, DELIVERY: 'false' } });
    const shifted = {
      ...env,
      NODE_OPTIONS: `--require ${path.resolve(__dirname, '../faults/shifted-clock.cjs')}`,
      CLOCK_OFFSET_FILE: clock,
    };
    const hooks = { events: ['author.created'], retryScheduleSeconds: [3, 3] };
    await addWebhook(web, { ...hooks, url: receiver.url('/failing') });
    await addWebhook(web, { ...hooks, url: receiver.url('/asking') });
    const to = (where: string) => receiver.requests.filter((request) => request.path === where);
    receiver.answer = ({ path: where }) => {
      if (to(where).length > 1) return {};
      if (where === '/asking') return { status: 429, headers: { 'retry-after': '3.0' } };
      return where === '/failing' ? { status: 500 } : {};
    };
    const create = (name: string) => web.strapi.documents(author).create({ data: { name } as never });
    await create('Before');
    const worker = start(startCommand(['worker'], shifted));
    const waits = () =>
      read('select 1 from event_webhooks_webhooks where held_until is not null').length > 0 &&
      read("select 1 from event_webhooks_deliveries where state = 'pending' and attempts = 1").length > 1;
    await until('both to wait', waits, { timeoutMs: 60_000 });
    writeFileSync(clock, '0');
    await create('After');
    // The one that failed is tried again, and what came after goes to the one that asked for three seconds.
    await until('what waited', () => to('/failing').length >= 3 && to('/asking').length >= 2, {
      timeoutMs: 60_000,
    });
    worker.kill('SIGTERM');
    await worker.ended;
    for (const { id } of read<{ id: number }>(
      "select id from event_webhooks_webhooks where url not like '%/hook'",
    ))
      await web.admin('DELETE', `/event-webhooks/webhooks/${id}`);
    await web.stop();
    receiver.answer = () => ({});
  }, 180_000);

  it.each(['SIGKILL', 'SIGTERM'] as const)(
    'a second one serves and captures, says that another delivers, and takes over after its %s (guarantee 32)',
    async (signal) => {
      receiver.answer = () => ({});
      const first = start(startServing(env));
      await first.says(/listening/);
      await until('its lock', () => delivering().length === 1, patience);
      const second = start(startServing(env));
      const [, url] = await second.says(/listening (\S+)/);
      await second.says(/another process delivers the webhooks of this SQLite database/);
      const ask = async <T>(path: string): Promise<T> => {
        const answer = await fetch(`${url}/event-webhooks${path}`, { headers: await signedIn(String(url)) });
        return (await answer.json()) as T;
      };
      expect(await ask('/status')).toMatchObject({ deliveredBy: { pid: delivering()[0]?.pid } });
      const mine = async () => {
        const queue = await ask<QueueView>('/queue');
        return [queue.waitsToDeliver, queue.instances.find(({ self }) => self)?.delivers];
      };
      await until('it to say that it is there', async () => (await mine())[1] !== undefined, patience);
      expect(await mine()).toEqual([true, false]);

      const before = receiver.requests.length;
      await saveThrough(String(url), 'Captured by the second');
      await until('the first to deliver it', () => receiver.requests.length === before + 1, patience);
      await quiet(1500);
      // Said once, however often it has tried.
      expect(second.output().match(/another process delivers/g)).toHaveLength(1);

      first.kill(signal);
      await first.ended;
      await until('it to take over', async () => (await mine())[0] === false, patience);
      await saveThrough(String(url), 'Delivered by the second');
      await until('the second to deliver', () => receiver.requests.length === before + 2, patience);
      expect(await ask('/status')).toMatchObject({ deliveredBy: null });
      await until('it to say so', async () => (await mine()).join() === 'false,true', patience);
      // Nobody else is said to deliver, not even one that had no time to say goodbye.
      expect(delivering()).toHaveLength(1);
      second.kill('SIGTERM');
      await second.ended;
    },
    180_000,
  );

  it('a worker beside a site that delivers waits, can be stopped, ends nothing, and takes over (guarantee 32)', async () => {
    const site = start(startServing(env));
    const [, url] = await site.says(/listening (\S+)/);
    await until('its lock', () => delivering().length === 1, patience);
    const worker = start(startCommand(['worker'], env));
    await worker.says(/another process delivers/);
    worker.kill('SIGTERM');
    expect(await worker.ended).toEqual({ code: 0, signal: null });
    const second = start(startCommand(['worker'], env));
    await second.says(/another process delivers/);
    const asking = start(startCommand(['doctor'], env));
    expect(await asking.ended).toEqual({ code: 0, signal: null });
    expect(asking.output()).toMatch(/engine +database/);
    expect(asking.output()).toMatch(
      /secrets' keys +app\.keys\[0\] \([0-9a-f]{8}\) encrypts and decrypts [1-9]/,
    );
    const importing = start(startCommand(['import', '--disable-originals'], env));
    expect(await importing.ended).toEqual({ code: 0, signal: null });
    expect(importing.output()).toMatch(/nothing to import/);
    expect((await fetch(`${url}/_health`)).status).toBe(204);
    site.kill('SIGKILL');
    await second.says(/delivering \(engine database/);
    second.kill('SIGTERM');
    expect(await second.ended).toEqual({ code: 0, signal: null });
  }, 240_000);

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
    expect(
      read("select 1 from event_webhooks_deliveries where state in ('pending', 'delivering', 'failed')"),
    ).toEqual([]);
  }, 240_000);

  it('a key that was rotated still reads; rekey seals anew, after which the old one may go (guarantee 23)', async () => {
    const sealed = () => read<{ secrets: string }>('select secrets from event_webhooks_webhooks');
    const before = JSON.stringify(sealed());
    const asking = start(startCommand(['doctor'], { ...env, APP_KEYS: `fresh-key,${appKeys}` }));
    expect((await asking.ended).code).toBe(0);
    expect(asking.output()).toMatch(/app\.keys\[0\] \([0-9a-f]{8}\) encrypts and decrypts 0/);
    expect(asking.output()).toMatch(/app\.keys\[1\] \([0-9a-f]{8}\) decrypts 1/);
    const lost = start(startCommand(['rekey'], { ...env, APP_KEYS: 'unrelated-key' }));
    expect((await lost.ended).code).toBe(1);
    expect(lost.output()).toMatch(/0 values encrypted again[\s\S]*no key decrypts 1 of/);
    expect(JSON.stringify(sealed())).toBe(before);
    const anew = start(startCommand(['rekey'], { ...env, APP_KEYS: `fresh-key,${appKeys}` }));
    expect((await anew.ended).code).toBe(0);
    expect(anew.output()).toMatch(/1 webhooks, 1 values encrypted again/);
    const alone = start(startCommand(['doctor'], { ...env, APP_KEYS: 'fresh-key' }));
    expect((await alone.ended).code).toBe(0);
    expect(alone.output()).toMatch(/encrypts and decrypts 1/);
    expect(alone.output()).not.toMatch(/no key decrypts|fresh-key|whsec_/);
  }, 240_000);

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
    const [schema] = read<{ schema: string }>('select schema from strapi_database_schema');
    expect(schema?.schema).not.toMatch(/event_webhooks/);

    // The package is still there: the plugin begins empty, and can be uninstalled again.
    const next = start(startServing(env));
    await next.says(/listening/);
    await until('it to deliver', () => delivering().length === 1, patience);
    expect(next.output()).not.toMatch(/no such table/);
    expect(read('select 1 from event_webhooks_webhooks')).toEqual([]);
    const running = start(startCommand(['uninstall', '--yes'], env));
    expect((await running.ended).code).toBe(1);
    expect(running.output()).toMatch(/1 Strapi process\(es\) with this plugin were seen/);
    next.kill('SIGTERM');
    await next.ended;
    const again = start(startCommand(['uninstall', '--yes'], env));
    expect(await again.ended).toEqual({ code: 0, signal: null });
    expect(read("select name from sqlite_master where name like 'event_webhooks_%'")).toEqual([]);
  }, 240_000);

  it('a table that is gone for another reason is made anew', async () => {
    const one = await startPlayground({ env });
    await one.strapi.db.connection.schema.dropTable('event_webhooks_deliveries');
    await one.stop();
    const next = await startPlayground({ env });
    expect(await next.rows('event_webhooks_deliveries')).toEqual([]);
    await next.stop();
  }, 240_000);
});

describe('npx event-webhooks', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'event-webhooks-help-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const command = path.resolve(__dirname, '../../bin/event-webhooks.mjs');
  /** Where there is no Strapi: what would start one fails with 1. */
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [command, ...args], { cwd: folder, encoding: 'utf8' });

  const asking = ['worker', 'doctor', 'import', 'rekey', 'uninstall'].flatMap((name) => [
    [name, '--help'],
    [name, '-h'],
    [name, '--yes', '--help'],
  ]);
  it.each([['--help'], ['-h'], ['help'], ...asking].map((args) => ({ args, line: args.join(' ') })))(
    '$line prints help and starts nothing',
    ({ args }) => {
      const { status, stdout, stderr } = run(...args);
      expect([status, stderr]).toEqual([0, '']);
      expect(stdout).toMatch(/^usage: event-webhooks <command>/);
      expect(stdout).toMatch(/ worker [^]* doctor [^]* rekey [^]* uninstall /);
    },
  );

  it.each([
    [[], /a command is missing/],
    [['nonsense'], /unknown command nonsense/],
    [['constructor'], /unknown command constructor/],
    [['worker', '--nope'], /Unknown option '--nope'/],
    [['doctor', 'extra'], /Unexpected argument 'extra'/],
    [['uninstall', '--yes=no'], /'--yes' does not take an argument/],
    [['worker', '--yes'], /Unknown option '--yes'/],
  ])('%j is refused with help, and starts nothing', (args, reason) => {
    const { status, stdout, stderr } = run(...args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(reason);
    expect(stderr).toMatch(/usage: event-webhooks/);
  });
});
