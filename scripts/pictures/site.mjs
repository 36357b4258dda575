/**
 * A site that has been in use for a month: what the pictures in the documentation show, and what the checks of every
 * screen are made on. Its webhooks are added as an administrator would; what happened to them is put into the tables,
 * the same each time. Nothing is sent: its hosts do not exist, and what waits is not due before long.
 */
import Database from 'better-sqlite3';
import { createDice } from './dice.mjs';
import { fillInbox } from './inbox.mjs';
import { answers, failures, none, requestHeaders, siteWebhooks } from './site-webhooks.mjs';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

const exists = (events) => (name) => {
  if (name.includes('*') || events.some(({ type }) => type === name)) return name;
  throw new Error(`the playground has no event ${name}`);
};

const bounds = [10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000];
const tookColumn = (ms) => {
  const bound = bounds.find((most) => ms <= most);
  return bound === undefined ? 'took_longer' : `took_${bound}`;
};

/**
 * @param {object} site
 * @param {(method: string, path: string, body?: unknown) => Promise<any>} site.admin asks as the administrator
 * @param {(method: string, path: string, body?: unknown) => Promise<any>} site.shop asks the public API
 * @param {string} site.database file of the SQLite database
 * @returns {Promise<{ webhooks: Record<string, number>, entry: { uid: string, documentId: string }, inbox: string }>}
 */
export async function furnish({ admin, shop, database }) {
  const now = Date.now();
  const dice = createDice(20_261_125);
  const payments = await makePayments(shop);
  const { results: catalog } = await admin('GET', '/event-webhooks/event-types');
  const added = [];
  for (const { name, url, events, headers = [], ...rest } of siteWebhooks(now)) {
    const { id } = await admin('POST', '/event-webhooks/webhooks', {
      ...{ name, url, headers, events: events.map(exists(catalog)) },
    });
    added.push({ id, name, url, events, ...rest });
  }
  const db = new Database(database, { timeout: 20_000 });
  try {
    db.transaction(() => write(db, { now, dice, catalog, added, payments }))();
  } finally {
    db.close();
  }
  const inbox = await fillInbox({ admin, catalog });
  return {
    webhooks: Object.fromEntries(added.map(({ id, name }) => [name, id])),
    entry: { uid: 'api::payment.payment', documentId: payments[0] },
    inbox,
  };
}

/** Before there is a webhook, so that nobody is told of them. */
async function makePayments(shop) {
  const { data: memberships } = await shop(
    'GET',
    '/api/memberships?filters[state][$eq]=active&populate[0]=customer&populate[1]=product&sort=id',
  );
  const made = [];
  for (const [index, { documentId, currency, customer, product }] of memberships.slice(0, 6).entries()) {
    const { data } = await shop('POST', '/api/payments', {
      data: {
        ...{
          referenceCode: `INV-2026-0${412 - index}`,
          state: 'completed',
          kind: 'initial',
          gateway: 'stripe',
        },
        ...{ subtotal: 49, taxTotal: 9.8, total: 58.8, currency, membership: documentId },
        customer: customer?.documentId,
        products: product ? [product.documentId] : [],
      },
    });
    made.push(data.documentId);
  }
  return made;
}

function write(db, { now, dice, catalog, added, payments }) {
  for (const table of ['attempts', 'deliveries', 'events', 'hours'])
    db.prepare(`delete from event_webhooks_${table}`).run();
  for (const { id, set } of added) if (set) update(db, 'event_webhooks_webhooks', id, set);
  const plans = added.flatMap((webhook) => plansOf(webhook, now, dice));
  plans.sort((a, b) => a.at - b.at);
  // What stands beside the entry: the newest payment that each webhook was told of.
  const beside = new Set(
    added.map(({ id }) =>
      plans.findLast(
        ({ webhook, event, test }) => webhook.id === id && !test && event === 'payment.received',
      ),
    ),
  );
  const last = new Map();
  for (const [index, plan] of plans.entries()) {
    const id = writeDelivery(db, plan, { index, dice, catalog, payments, isBeside: beside.has(plan) });
    if (plan.tries.length > 0) last.set(plan.webhook.id, id);
  }
  for (const webhook of added) writeHours(db, webhook, plans, last.get(webhook.id) ?? null, now, dice);
}

/** What happened to one webhook within the last day (and, to those that are off, before). */
function plansOf(webhook, now, dice) {
  const plans = [];
  const events = webhook.events.filter((name) => !name.includes('*'));
  const tries = (count, at) =>
    [{ at, ms: webhook.slow ? dice.between(90, 640) : dice.between(38, 190) }].slice(0, count);
  webhook.arrived.forEach((count, hour) => {
    const begin = now - (now % hourMs) - (webhook.arrived.length - 1 - hour) * hourMs;
    const length = Math.min(hourMs, now - begin - 90_000);
    for (let nth = 0; nth < count; nth += 1) {
      const at = begin + Math.max(0, Math.floor(dice.between(0, 1000) * 0.001 * length));
      plans.push({ webhook, at, event: dice.of(events), state: 'succeeded', tries: tries(1, at + 40) });
    }
  });
  if (webhook.fails) plans.push(...failing(webhook, now, events));
  for (let nth = 0; nth < (webhook.skipped ?? 0); nth += 1) {
    plans.push({
      webhook,
      at: now - (nth + 1) * 37 * minuteMs,
      event: events[0],
      state: 'skipped',
      tries: [],
    });
  }
  if (webhook.name === 'Old mailing list') {
    const at = now - 30 * hourMs;
    const tried = [0, 1, 2].map((nth) => ({
      at: at + nth * hourMs,
      ms: 31,
      failure: ['dns_not_found', null, 31, 'getaddrinfo ENOTFOUND lists.example.org'],
    }));
    plans.push({ webhook, at, event: events[0], state: 'failed', tries: tried });
  }
  if (webhook.name === 'Accounting: payments') {
    plans.push({
      webhook,
      at: now - 9 * minuteMs,
      event: events[0],
      state: 'succeeded',
      test: true,
      tries: tries(1, now - 9 * minuteMs),
    });
  }
  if (webhook.name === 'Editors’ chat') {
    plans.push({ webhook, at: now - 5 * hourMs, event: events[1], state: 'cancelled', tries: [] });
  }
  return plans;
}

/** Six that wait since the CRM has trouble, one that has failed for good, and three that came through in the end. */
function failing(webhook, now, events) {
  const waits = [5000, 5 * minuteMs, 30 * minuteMs, 2 * hourMs];
  let count = 0;
  const tried = (at) =>
    [0, ...waits]
      .map((wait, nth, all) => at + all.slice(0, nth + 1).reduce((sum, each) => sum + each, 0))
      .filter((moment) => moment < now - 3 * minuteMs)
      .map((moment) => ({ at: moment, failure: failures[count++ % failures.length] }));
  const waiting = [170, 152, 101, 66, 25, 6].map((minutes, nth) => {
    const at = now - minutes * minuteMs;
    return {
      webhook,
      at,
      event: events[nth % events.length],
      state: 'pending',
      dueAt: now + 40 * minuteMs,
      tries: tried(at),
    };
  });
  const through = [190, 205, 240].map((minutes, nth) => {
    const at = now - minutes * minuteMs;
    const [first] = tried(at).slice(0, 1);
    return {
      webhook,
      at,
      event: events[nth % events.length],
      state: 'succeeded',
      tries: [first, { at: at + 5200, ms: 480 }],
    };
  });
  const at = now - 20 * hourMs;
  const lost = {
    webhook,
    at,
    event: events[2],
    state: 'failed',
    tries: [{ at, ms: 120, failure: ['http_4xx', 409, 120, null] }],
  };
  return [...waiting, ...through, lost];
}

function writeDelivery(db, plan, { index, dice, catalog, payments, isBeside }) {
  const { webhook, at, event, state, tries, test = false } = plan;
  const type = catalog.find((each) => each.type === event);
  const messageId = `msg_${test ? 'test_' : ''}${dice.letters(24)}`;
  const isPayment = event.startsWith('payment.');
  const documentId = isPayment
    ? payments[isBeside ? 0 : 1 + (index % (payments.length - 1))]
    : dice.letters(24).toLowerCase();
  const body = JSON.stringify({ ...type.sample, timestamp: new Date(at).toISOString() });
  const uid = `api::${event.split('.')[0].replace('invoice', 'payment')}.${event.split('.')[0].replace('invoice', 'payment')}`;
  const { lastInsertRowid: eventId } = test
    ? { lastInsertRowid: null }
    : insert(db, 'event_webhooks_events', {
        ...{ message_id: messageId, type: event, occurred_at: at, body, uid, document_id: documentId },
        ...{
          actor_type: 'admin',
          actor_id: '1',
          actor_name: 'Anna Shevchenko',
          guarantee: 'same_transaction',
        },
        ...{ changed_fields: null, matched_at: at + 20 },
      });
  const newest = tries.at(-1);
  const [code, httpStatus, failedMs] = newest?.failure ?? [null, newest ? 200 : null, null];
  const { lastInsertRowid: id } = insert(db, 'event_webhooks_deliveries', {
    ...{ event_id: eventId, webhook_id: webhook.id, message_id: messageId, event_type: event, state },
    ...{
      test: test ? 1 : 0,
      attempts: tries.length,
      schedule_offset: 0,
      due_at: plan.dueAt ?? at,
      created_at: at,
    },
    ...{
      fence: tries.length,
      http_status: httpStatus,
      code,
      duration_ms: newest ? (failedMs ?? newest.ms) : null,
    },
    finished_at: state === 'pending' ? null : (newest?.at ?? at) + 200,
    ...{ webhook_name: webhook.name, host: new URL(webhook.url).host, body: test ? body : null },
    ...(test ? {} : { uid, document_id: documentId }),
  });
  tries.forEach((one, nth) => writeAttempt(db, id, nth + 1, one, { webhook, messageId, test }));
  return id;
}

function writeAttempt(db, deliveryId, number, { at, ms, failure }, { webhook, messageId, test }) {
  const [code, status, failedMs, error] = failure ?? [null, 200, null, null];
  const [statusText, headers, answer] = answers[status] ?? [status === 409 ? 'Conflict' : null, {}, ''];
  insert(db, 'event_webhooks_attempts', {
    ...{
      delivery_id: deliveryId,
      number,
      kind: test ? 'test' : 'automatic',
      at,
      duration_ms: failedMs ?? ms,
    },
    ...{ outcome: failure ? 'failed' : 'succeeded', code, error, method: 'POST', url: webhook.url },
    request_headers: requestHeaders(new URL(webhook.url).host, messageId, at),
    ...{ http_status: status, status_text: statusText, truncated: 0 },
    response_headers: status === null ? null : JSON.stringify(headers),
    response_body: status === null ? null : answer,
  });
}

/** The last day as its deliveries were; the month before it as days like it. */
function writeHours(db, webhook, plans, lastDeliveryId, now, dice) {
  const rows = new Map();
  const thisHour = now - (now % hourMs);
  const add = (hour, outcome, ms) => {
    const row = rows.get(hour) ?? { webhook_id: webhook.id, hour, succeeded: 0, failed: 0 };
    row[outcome] += 1;
    const column = tookColumn(ms);
    row[column] = (row[column] ?? 0) + 1;
    rows.set(hour, row);
  };
  for (const { test, tries } of plans.filter((plan) => plan.webhook === webhook)) {
    if (test) continue;
    for (const { at, ms, failure } of tries)
      add(at - (at % hourMs), failure ? 'failed' : 'succeeded', failure ? failure[2] : ms);
  }
  const usual = webhook.set?.active === 0 ? none : webhook.arrived;
  for (let back = usual.length; usual.length > 0 && back < 30 * 24; back += 1) {
    const count = Math.max(0, usual[usual.length - 1 - (back % usual.length)] + dice.between(-2, 3));
    for (let nth = 0; nth < count; nth += 1)
      add(thisHour - back * hourMs, 'succeeded', dice.between(40, 400));
    if (webhook.fails && dice.between(0, 40) === 0) add(thisHour - back * hourMs, 'failed', 15_000);
  }
  const newest = rows.get(Math.max(...rows.keys()));
  for (const row of rows.values())
    insert(db, 'event_webhooks_hours', { ...row, last_delivery_id: row === newest ? lastDeliveryId : null });
}

function insert(db, table, row) {
  const names = Object.keys(row);
  return db
    .prepare(
      `insert into ${table} (${names.join(', ')}) values (${names.map((name) => `@${name}`).join(', ')})`,
    )
    .run(row);
}

function update(db, table, id, row) {
  const sets = Object.keys(row).map((name) => `${name} = @${name}`);
  db.prepare(`update ${table} set ${sets.join(', ')} where id = @id`).run({ ...row, id });
}
