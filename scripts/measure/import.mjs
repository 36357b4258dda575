/**
 * What a large import does, with one webhook that wants every entry and inside `events.without`:
 *
 *     node scripts/measure/import.mjs 100000 [events|without|nobody]
 *
 * A real Strapi (the built playground) on an empty SQLite database, entries made one after the other by the document
 * service, a receiver on loopback that answers at once. Prints one line of JSON for each way.
 */
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { makePlayground, serve } from '../strapi/in-process.mjs';

const [entries = '100000', way] = process.argv.slice(2);

if (way) await measure(Number(entries), way);
else for (const each of ['nobody', 'without', 'events']) await inProcessOfItsOwn(each);

/** Memory of one way must not be that of the one before. */
function inProcessOfItsOwn(each) {
  const child = fork(fileURLToPath(import.meta.url), [entries, each], { stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${each} ended with ${code}`))));
  });
}

async function measure(count, each) {
  const folder = mkdtempSync(path.join(tmpdir(), 'event-webhooks-import-'));
  const file = path.join(folder, 'data.db');
  const receiver = await startReceiver();
  const { strapi, base } = await startStrapi(file);
  const memory = watchMemory();
  if (each !== 'nobody') await addWebhook(base, receiver.url);

  const startedAt = performance.now();
  const create = () => createAuthors(strapi, count);
  const events = strapi.plugin('event-webhooks').service('events');
  await (each === 'without' ? events.without('a measured import', create) : create());
  const importMs = performance.now() - startedAt;

  const atEndOfImport = receiver.received();
  const expected = each === 'events' ? count : 0;
  while (receiver.received() < expected) await pause(200);
  const deliveredMs = performance.now() - startedAt;
  await pause(2000);
  const rows = async (table) => (await strapi.db.connection(table).count('* as n'))[0].n;
  const figures = {
    way: each,
    entries: count,
    importSeconds: round(importMs / 1000),
    msPerEntry: round(importMs / count),
    events: await rows('event_webhooks_events'),
    deliveries: await rows('event_webhooks_deliveries'),
    notSucceeded: (
      await strapi.db.connection('event_webhooks_deliveries').whereNot({ state: 'succeeded' }).count('* as n')
    )[0].n,
    deliveredWhenImportEnded: atEndOfImport,
    secondsUntilAllDelivered: round(deliveredMs / 1000),
    ...memory(),
    databaseMiB: round(statSync(file).size / 2 ** 20),
  };
  console.log(JSON.stringify(figures));
  await strapi.destroy();
  await receiver.stop();
  rmSync(folder, { recursive: true, force: true });
  process.exit(0);
}

async function createAuthors(strapi, count) {
  const authors = strapi.documents('api::author.author');
  for (let index = 0; index < count; index += 1) {
    await authors.create({ data: { name: `Author ${index}`, email: `author-${index}@example.com` } });
    // As an import that reads from a file or a network does: on SQLite nothing else of a save leaves the microtasks.
    await setImmediate();
    if ((index + 1) % 10_000 === 0) console.error(`${index + 1} of ${count}`);
  }
}

async function startStrapi(file) {
  const strapi = makePlayground({
    EVENT_WEBHOOKS_ALLOW: '127.0.0.1',
    DATABASE_CLIENT: 'sqlite',
    DATABASE_FILENAME: file,
  });
  await strapi.load();
  return { strapi, base: await serve(strapi) };
}

async function addWebhook(base, url) {
  const ask = async (target, body, token) => {
    const response = await fetch(base + target, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${target} answered ${response.status}: ${await response.text()}`);
    return response.json();
  };
  const administrator = {
    firstname: 'Anna',
    lastname: 'Shevchenko',
    email: 'anna@example.com',
    password: 'Webhooks-2026',
  };
  const { data } = await ask('/admin/register-admin', administrator);
  await ask('/event-webhooks/webhooks', { name: 'Import', url, events: ['author.created'] }, data.token);
}

async function startReceiver() {
  let received = 0;
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      received += 1;
      response.end('ok');
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}/hook`,
    received: () => received,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function watchMemory() {
  const before = process.memoryUsage().rss;
  let peak = before;
  const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 200);
  return () => {
    clearInterval(timer);
    return { rssBeforeMiB: round(before / 2 ** 20), rssPeakMiB: round(peak / 2 ** 20) };
  };
}

function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function round(number) {
  return Math.round(number * 10) / 10;
}
