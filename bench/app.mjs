import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { z } from 'zod';
import { top } from '../scripts/project/command.mjs';
import { eventBody, eventData, eventType } from './body.mjs';
import { answer, nowMs } from './process.mjs';

/**
 * The playground as a process of its own, on an empty database, answering the commands of the measurements.
 * `EVENT_WEBHOOKS=false` in its environment is the same app without the plugin.
 */
const require = createRequire(import.meta.url);
const folder = mkdtempSync(path.join(tmpdir(), 'event-webhooks-bench-'));
const article = 'api::article.article';
/** Far from now: what is filled in waits until `release`. */
const laterMs = 3_600_000;
const insertChunk = 100;

Object.assign(process.env, {
  SEED: 'off',
  CRON: 'false',
  STRAPI_TELEMETRY_DISABLED: 'true',
  EVENT_WEBHOOKS_ALLOW: '127.0.0.1',
  PUBLIC_DIR: path.join(folder, 'public'),
  DATABASE_FILENAME: path.join(folder, 'data.db'),
});

let app;
const table = (name) => app.db.connection(`event_webhooks_${name}`);
const plugin = (service) => app.plugin('event-webhooks').service(service);
const hasPlugin = () => process.env.EVENT_WEBHOOKS !== 'false';

async function start() {
  const appDir = path.join(top, 'playground');
  const { createStrapi } = require('@strapi/strapi');
  app = createStrapi({
    appDir,
    distDir: path.join(appDir, 'dist'),
    autoReload: false,
    serveAdminPanel: false,
  });
  // Strapi would take itself down at a signal; the parent, who has had it too, ends us in order.
  for (const signal of ['SIGINT', 'SIGTERM']) process.removeAllListeners(signal).on(signal, () => undefined);
  app.log.level = 'error';
  await app.load();
  app.server.mount();
  await new Promise((resolve) => app.server.httpServer.listen(0, '127.0.0.1', resolve));
  if (hasPlugin())
    await plugin('events').declare({
      type: eventType,
      displayName: 'Bench Happened',
      description: 'An event of the measurements.',
      schema: z.record(z.string(), z.unknown()),
      sample: eventData(0),
    });
}

/** These webhooks and no others. @returns {Promise<number[]>} their ids */
async function webhooks(list) {
  const { results } = await plugin('webhooks').list({ sort: 'name:asc', page: 1, pageSize: 100 });
  await plugin('webhooks').bulk(
    results.map(({ id }) => id),
    'delete',
  );
  const ids = [];
  for (const { url, events, timeoutSeconds = null } of list) {
    const input = {
      name: url,
      url,
      events,
      active: true,
      headers: [],
      timeoutSeconds,
      retryScheduleSeconds: null,
    };
    ids.push((await plugin('webhooks').create(input)).id);
  }
  return ids;
}

/** Deliveries that wait, each of an event of its own, spread over these webhooks in turn. */
async function fill({ count, webhookIds }) {
  await table('attempts').delete();
  await table('deliveries').delete();
  await table('events').delete();
  const now = Date.now();
  for (let from = 0; from < count; from += insertChunk) {
    const numbers = Array.from({ length: Math.min(insertChunk, count - from) }, (_, index) => from + index);
    await table('events').insert(
      numbers.map((number) => ({
        message_id: `msg_${number}`,
        type: eventType,
        occurred_at: now,
        body: eventBody(number),
        actor_type: 'system',
        guarantee: 'same_transaction',
        matched_at: now,
      })),
    );
  }
  const events = await table('events').select(['id', 'message_id']).orderBy('id');
  for (let from = 0; from < count; from += insertChunk) {
    await table('deliveries').insert(
      events.slice(from, from + insertChunk).map(({ id, message_id }, index) => ({
        event_id: id,
        webhook_id: webhookIds[(from + index) % webhookIds.length],
        message_id,
        event_type: eventType,
        state: 'pending',
        due_at: now + laterMs,
        created_at: now,
        webhook_name: 'bench',
        host: '127.0.0.1',
      })),
    );
  }
}

/** What was filled in is due; the dispatcher sees it with its next look. */
const release = () => table('deliveries').where({ state: 'pending' }).update({ due_at: Date.now() });

const anyOpen = () => table('deliveries').whereIn('state', ['pending', 'delivering']).first('id');
const moment = () => new Promise((resolve) => setTimeout(resolve, 20));

/** Resolves when every delivery has its outcome. */
async function settled() {
  while (await anyOpen()) await moment();
}

/** Nothing waits any more; what is in flight is awaited, and not tried again. */
async function cancelAll() {
  while (await anyOpen()) {
    await table('deliveries')
      .where({ state: 'pending' })
      .update({ state: 'cancelled', finished_at: Date.now() });
    await moment();
  }
}

const statements = { count: null, listener: null };

/** Counts what knex sends, and which of it is matching's. */
function countStatements() {
  statements.count = { all: 0, matching: 0, kinds: {} };
  statements.listener ??= ({ sql }) => {
    if (!statements.count) return;
    statements.count.all += 1;
    const kind = sql.replace(/[`"]/g, '').replace(/\s+/g, ' ').slice(0, 60);
    statements.count.kinds[kind] = (statements.count.kinds[kind] ?? 0) + 1;
  };
  app.db.connection.removeListener('query', statements.listener);
  app.db.connection.on('query', statements.listener);
}

function countedStatements() {
  const { count } = statements;
  statements.count = null;
  return count;
}

let written = null;

/** Changes an article so many times, one after the other. @returns {Promise<number[]>} milliseconds of each */
async function write({ count, pauseMs = 0 }) {
  const documents = app.documents(article);
  written ??= await documents.create({
    data: { title: 'A', body: [{ type: 'paragraph', children: [{ type: 'text', text: 'x'.repeat(600) }] }] },
  });
  const times = [];
  for (let number = 0; number < count; number += 1) {
    const began = performance.now();
    await documents.update({
      documentId: written.documentId,
      data: { title: `Article ${began}`, readingMinutes: number, topic: 'news' },
    });
    times.push(performance.now() - began);
    // An HTTP request between two saves would let the event loop turn, too.
    await new Promise((resolve) => (pauseMs > 0 ? setTimeout(resolve, pauseMs) : setImmediate(resolve)));
  }
  return times;
}

/** Emits at a steady pace. @returns when each was committed, by its id */
async function emit({ perSecond, count }) {
  const began = nowMs();
  const committed = {};
  for (let number = 0; number < count; number += 1) {
    const wait = began + (number * 1000) / perSecond - nowMs();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    const id = await plugin('events').emit(eventType, eventData(number));
    committed[id] = nowMs();
  }
  return committed;
}

let own = null;

/** Strapi's own webhook, or none. */
function ownWebhook({ url, event }) {
  const runner = app.get('webhookRunner');
  if (own) runner.remove(own);
  own = url ? { id: 1, name: 'bench', url, headers: {}, events: [event], isEnabled: true } : null;
  if (own) runner.add(own);
}

async function ownEvents(count) {
  for (let number = 0; number < count; number += 1) void app.eventHub.emit(eventType, eventData(number));
}

answer(
  {
    start,
    webhooks,
    fill,
    release,
    settled,
    countStatements,
    countedStatements,
    write,
    emit,
    cancelAll,
    ownWebhook,
    ownEvents,
  },
  async () => {
    await app?.destroy().catch(() => undefined);
    rmSync(folder, { recursive: true, force: true });
  },
);
