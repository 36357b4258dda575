import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { z } from 'zod';
import { makePlayground, serve } from '../scripts/strapi/in-process.mjs';
import { crowdType, eventBody, eventData, eventType } from './body.mjs';
import { answer, nowMs } from './process.mjs';

/**
 * The playground as a process of its own, on an empty database, answering the commands of the measurements.
 * `EVENT_WEBHOOKS=false` in its environment is the same app without the plugin.
 */
const folder = mkdtempSync(path.join(tmpdir(), 'event-webhooks-bench-'));
const article = 'api::article.article';
/** Far from now: what is filled in waits until `release`. */
const laterMs = 3_600_000;
const insertChunk = 100;

let app;
let address;
const table = (name) => app.db.connection(`event_webhooks_${name}`);
const plugin = (service) => app.plugin('event-webhooks').service(service);
const hasPlugin = () => process.env.EVENT_WEBHOOKS !== 'false';

async function start() {
  app = makePlayground({
    EVENT_WEBHOOKS_ALLOW: '127.0.0.1',
    PUBLIC_DIR: path.join(folder, 'public'),
    DATABASE_FILENAME: path.join(folder, 'data.db'),
  });
  // Strapi would take itself down at a signal; the parent, who has had it too, ends us in order.
  for (const signal of ['SIGINT', 'SIGTERM']) process.removeAllListeners(signal).on(signal, () => undefined);
  await app.load();
  address = await serve(app);
  if (hasPlugin()) await declare(eventType);
}

const declare = (type) =>
  plugin('events').declare({
    type,
    displayName: 'Bench Happened',
    description: 'An event of the measurements.',
    schema: z.record(z.string(), z.unknown()),
    sample: eventData(0),
  });

async function declareCrowd(count) {
  for (let number = 0; number < count; number += 1) await declare(crowdType(number));
}

/** These webhooks and no others. @returns {Promise<number[]>} their ids */
async function webhooks(list) {
  for (;;) {
    const { results } = await plugin('webhooks').list({ sort: 'name:asc', page: 1, pageSize: 100 });
    if (results.length === 0) break;
    await plugin('webhooks').bulk(
      results.map(({ id }) => id),
      'delete',
    );
  }
  const ids = [];
  for (const { url, events, timeoutSeconds = null, conditions = null } of list) {
    const input = {
      name: url,
      url,
      events,
      active: true,
      headers: [],
      timeoutSeconds,
      retryScheduleSeconds: null,
      conditions,
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

let writing = null;

/** Changes an article again and again until `endWriting`. */
function beginWriting({ pauseMs }) {
  let ended = false;
  const times = [];
  const done = (async () => {
    while (!ended) times.push(...(await write({ count: 1, pauseMs })));
    return times;
  })();
  writing = () => {
    ended = true;
    return done;
  };
}

const endWriting = () => writing();

/** Attempts at URLs with this in them that did not succeed. */
const failedAttempts = async (part) =>
  Number(
    (
      await table('attempts')
        .where('url', 'like', `%${part}%`)
        .whereNot('outcome', 'succeeded')
        .count({ count: '*' })
    )[0].count,
  );

/** So many webhooks more that want every event and are off: their deliveries are written, and nothing is sent. */
async function addOff({ count, url }) {
  const rows = Array.from({ length: count }, (_, index) => ({
    name: `off ${index}`,
    url,
    events: JSON.stringify([eventType]),
    active: false,
    headers: '[]',
    secrets: '[]',
  }));
  for (let from = 0; from < count; from += insertChunk)
    await table('webhooks').insert(rows.slice(from, from + insertChunk));
}

/** Writes a backlog of unmatched events at once, and saves entries until it is matched. */
async function matchBacklog({ count }) {
  const now = Date.now();
  const rows = Array.from({ length: count }, (_, number) => ({
    message_id: `msg_backlog_${number}`,
    type: eventType,
    occurred_at: now,
    body: eventBody(number),
    actor_type: 'system',
    guarantee: 'same_transaction',
  }));
  await app.db.connection.transaction(async (trx) => {
    for (let from = 0; from < count; from += insertChunk)
      await trx('event_webhooks_events').insert(rows.slice(from, from + insertChunk));
  });
  return savesWhile(() => table('events').whereNull('matched_at').first('id'));
}

/** Entries are saved while `more` finds something: how long each save took, and the longest gap of the event loop. */
async function savesWhile(more) {
  let last = performance.now();
  let gapMs = 0;
  const probe = setInterval(() => {
    const at = performance.now();
    gapMs = Math.max(gapMs, at - last - 10);
    last = at;
  }, 10);
  const began = performance.now();
  const saves = [];
  while (await more()) saves.push(...(await write({ count: 1, pauseMs: 20 })));
  clearInterval(probe);
  return { gapMs, tookMs: performance.now() - began, saves };
}

/** Entries are saved for `ms`, and nothing else happens. */
function idleSaves({ ms }) {
  const until = performance.now() + ms;
  return savesWhile(async () => performance.now() < until);
}

/** Emits at a steady pace, of `types` types in turn where it is given. @returns when each was committed, by its id */
async function emit({ perSecond, count, types }) {
  const began = nowMs();
  const committed = {};
  for (let number = 0; number < count; number += 1) {
    const wait = began + (number * 1000) / perSecond - nowMs();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    const type = types ? crowdType(number % types) : eventType;
    const id = await plugin('events').emit(type, eventData(number));
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
    address: () => address,
    declareCrowd,
    beginWriting,
    endWriting,
    failedAttempts,
    webhooks,
    fill,
    release,
    settled,
    countStatements,
    countedStatements,
    write,
    addOff,
    matchBacklog,
    idleSaves,
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
