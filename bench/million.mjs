/* global URLSearchParams, performance */
/**
 * `node bench/million.mjs [sqlite] [postgres]`: a log of 1,000 and of 1,000,000 deliveries, and how long the admin API
 * takes to answer each question of the screens, with the longest statement of ours among them; then half a minute of
 * retention, with its longest statement. Needs a built plugin and playground. SQLite by default.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { makePlayground, serve } from '../scripts/strapi/in-process.mjs';
import { fill } from './fill.mjs';

const sizes = (process.env.BENCH_ROWS ?? '1000,1000000').split(',').map(Number);
const rounds = 9;
const medianAtMostMs = 300;
const withinTwiceOrMs = 50;
const statementAtMostMs = 50;
const retentionMs = 30_000;

const administrator = {
  firstname: 'Anna',
  lastname: 'Shevchenko',
  email: 'anna@example.com',
  password: 'Webhooks-2026',
};

/**
 * Every filter and combinations that are common, rare, or find nothing; the other screens; and what counts beforehand,
 * which grows with what there is to count and so has the 300 ms alone.
 */
function questions({ rows, now, messageId, documentId, bodyWord }) {
  const day = 24 * 3_600_000;
  const list = (filters) => ['GET', `/deliveries?${new URLSearchParams(filters)}`];
  const count = (body) => ['POST', '/replays/count', body];
  return {
    'the list': list({}),
    'an old page': list({ before: Math.ceil(rows / 3) }),
    'news since the newest': list({ after: rows - 3, pageSize: 100 }),
    'a busy webhook': list({ webhook: 1 }),
    'a quiet webhook': list({ webhook: 20 }),
    'a frequent event': list({ eventType: 'payment.received' }),
    'a rare event': list({ eventType: 'demo_site.expiring' }),
    'an event that never was': list({ eventType: 'no.such' }),
    'state failed': list({ state: 'failed' }),
    'state pending': list({ state: 'pending' }),
    'state succeeded': list({ state: 'succeeded' }),
    'state skipped': list({ state: 'skipped' }),
    'state blocked (none)': list({ state: 'blocked' }),
    'cause time-out': list({ code: 'timeout' }),
    'a rare cause, long ago': list({ code: 'tls_certificate_expired' }),
    'HTTP 200': list({ httpStatus: 200 }),
    'HTTP 503': list({ httpStatus: 503 }),
    'HTTP 418 (none)': list({ httpStatus: 418 }),
    'HTTP 299 (none)': list({ httpStatus: 299 }),
    'an entry': list({ documentId }),
    'last hour': list({ since: now - 3_600_000 }),
    'ten days ago': list({ since: now - 11 * day, until: now - 10 * day }),
    'tests only': list({ tests: 'only' }),
    'without tests': list({ tests: 'hide' }),
    'text: an event id': list({ text: messageId }),
    'text: beginning of an id': list({ text: messageId.slice(0, 20) }),
    'text: an entry': list({ text: documentId }),
    'text: a host': list({ text: 'host7.example' }),
    'text: a cause': list({ text: 'dns_not_found' }),
    'text: in a body': list({ text: bodyWord }),
    'text: nowhere': list({ text: 'nowhere to be found' }),
    'busy webhook, failed': list({ webhook: 1, state: 'failed' }),
    'quiet webhook, failed': list({ webhook: 20, state: 'failed' }),
    'webhook without failures, failed': list({ webhook: 3, state: 'failed' }),
    'busy webhook, 503, last day': list({ webhook: 1, httpStatus: 503, since: now - day }),
    'busy webhook, rare event': list({ webhook: 1, eventType: 'demo_site.expiring' }),
    'failed, frequent event, ten days ago': list({
      state: 'failed',
      eventType: 'payment.received',
      since: now - 11 * day,
      until: now - 10 * day,
    }),
    'webhook, text in a body': list({ webhook: 2, text: bodyWord }),
    'one delivery': ['GET', `/deliveries/${Math.ceil(rows / 2)}`],
    'the webhooks': ['GET', '/webhooks?pageSize=20'],
    'a webhook': ['GET', '/webhooks/1'],
    'its statistics, 24 hours': ['GET', '/webhooks/1/statistics?period=24h'],
    'its statistics, 30 days': ['GET', '/webhooks/1/statistics?period=30d'],
    'why did it not fire, an event': ['GET', '/webhooks/1/why?eventType=payment.received'],
    'why did it not fire, an entry': [
      'GET',
      `/webhooks/1/why?${new URLSearchParams({ eventType: 'payment.received', documentId })}`,
    ],
    'the home page': ['GET', '/overview'],
    'replay: count all that failed': count({ which: 'not_arrived' }),
    'replay: count of a webhook': count({ which: 'not_arrived', webhook: 1 }),
    'replay: count since yesterday': count({ which: 'not_arrived', since: now - day }),
    'replay: count everything': count({ which: 'all' }),
  };
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const ms = (value) => value.toFixed(value < 10 ? 1 : 0).padStart(6);

/** Times each statement that names a table of ours. On SQLite that is how long it holds the process. */
function watchStatements(knex) {
  const began = new Map();
  const longest = { ms: 0, sql: '' };
  knex.on('query', ({ __knexQueryUid, sql }) => {
    if (sql?.includes('event_webhooks_')) began.set(__knexQueryUid, performance.now());
  });
  knex.on('query-response', (_response, { __knexQueryUid, sql }) => {
    const took = performance.now() - (began.get(__knexQueryUid) ?? Infinity);
    began.delete(__knexQueryUid);
    if (took > longest.ms) Object.assign(longest, { ms: took, sql });
  });
  return longest;
}

async function boot(env) {
  const app = makePlayground(env);
  await app.load();
  // Filling stops the process for longer than connections are kept by default.
  app.server.httpServer.keepAliveTimeout = 600_000;
  return { app, url: await serve(app) };
}

async function ask(url, token, [method, route, body]) {
  const response = await fetch(url + route, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(`${method} ${route}: ${response.status} ${JSON.stringify(answer)}`);
  return answer;
}

const told = (answer) => {
  if (answer.results) {
    const back = answer.searchedBack ? ', and more further back' : '';
    return `${answer.results.length} found${back}`;
  }
  return answer.count === undefined ? '' : `${answer.count}${answer.more ? ' or more' : ''}`;
};

async function measure(rows, env) {
  const { app, url } = await boot(env);
  try {
    const { data } = await ask(url, '', ['POST', '/admin/register-admin', administrator]);
    const began = Date.now();
    const filled = await fill(app.db.connection, rows, (webhook) =>
      ask(`${url}/event-webhooks`, data.token, ['POST', '/webhooks', webhook]),
    );
    console.log(`  ${rows} deliveries written in ${((Date.now() - began) / 1000).toFixed(0)} s`);
    const longest = watchStatements(app.db.connection);
    const put = (settings) => ask(`${url}/event-webhooks`, data.token, ['PUT', '/settings', settings]);
    const results = {};
    for (const [name, question] of Object.entries(questions({ rows, ...filled }))) {
      const times = [];
      let answer;
      Object.assign(longest, { ms: 0, sql: '' });
      for (let round = 0; round < rounds; round += 1) {
        const from = performance.now();
        answer = await ask(`${url}/event-webhooks`, data.token, question);
        times.push(performance.now() - from);
      }
      results[name] = {
        median: median(times),
        max: Math.max(...times),
        statement: longest.ms,
        sql: longest.sql,
        told: told(answer),
      };
    }
    return { results, retention: await retain(app, longest, put) };
  } finally {
    await app.destroy();
  }
}

/** Half of it is too old. Retention is let go on for a while, as it would each hour. */
async function retain(app, longest, put) {
  const count = async () =>
    Number((await app.db.connection('event_webhooks_deliveries').count({ count: 'id' }))[0].count);
  await put({ deliveryDays: 15, bodyDays: 15 });
  const { job } = app.get('cron').jobs.find(({ name }) => name === 'event-webhooks-retention');
  const before = await count();
  const from = performance.now();
  Object.assign(longest, { ms: 0, sql: '' });
  job.invoke();
  await new Promise((resolve) => setTimeout(resolve, retentionMs));
  const statement = { ...longest };
  const seconds = (performance.now() - from) / 1000;
  return { deleted: before - (await count()), seconds, statement };
}

function report(client, [{ results: small }, { results: large, retention }]) {
  console.log(`\n${client}: median and longest of ${rounds} answers, and the longest statement of ours, ms`);
  let isGood = true;
  for (const [name, big] of Object.entries(large)) {
    const little = small[name];
    const fits =
      big.median < medianAtMostMs &&
      (name.startsWith('replay:') || big.median <= 2 * little.median || big.median <= withinTwiceOrMs);
    const holds = client !== 'sqlite' || big.statement <= statementAtMostMs;
    isGood &&= fits && holds;
    console.log(
      `${fits && holds ? '  ' : '✗ '}${name.padEnd(38)} ${ms(little.median)} ${ms(little.max)} │ ${ms(big.median)} ${ms(big.max)}  statement ${ms(big.statement)}  ${big.told}`,
    );
  }
  const worst = Object.values(large).toSorted((a, b) => b.statement - a.statement)[0];
  console.log(`longest statement: ${ms(worst.statement)} ms: ${worst.sql.slice(0, 300)}`);
  const { deleted, seconds, statement } = retention;
  const short = client !== 'sqlite' || statement.ms <= statementAtMostMs;
  console.log(
    `${short ? '' : '✗ '}retention: ${deleted} deliveries deleted in ${seconds.toFixed(1)} s, longest statement ${ms(statement.ms)} ms: ${statement.sql.slice(0, 120)}`,
  );
  return isGood && short;
}

async function onSqlite(rows) {
  const folder = mkdtempSync(path.join(tmpdir(), 'event-webhooks-million-'));
  try {
    return await measure(rows, {
      DATABASE_CLIENT: 'sqlite',
      DATABASE_FILENAME: path.join(folder, 'data.db'),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function onPostgres(rows) {
  const { ownPostgres } = await import('./own-postgres.mjs');
  const database = await ownPostgres();
  if ('unavailable' in database) throw new Error(database.unavailable);
  return measure(rows, database.env).finally(database.drop);
}

const clients = process.argv.slice(2);
let isGood = true;
for (const client of clients.length > 0 ? clients : ['sqlite']) {
  const results = [];
  for (const rows of sizes) results.push(await (client === 'postgres' ? onPostgres : onSqlite)(rows));
  isGood = report(client, results) && isGood;
}
process.exit(isGood ? 0 : 1);
