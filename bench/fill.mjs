/** A log as it looks after a month, written past the plugin. */

const webhookCount = 20;
const dayMs = 24 * 3_600_000;
/** So many deliveries share an event. */
const perEvent = 3;
/** Rows a statement. */
const chunk = perEvent * 16_000;

const eventTypes = ['payment.received', 'membership.updated', 'customer.created', 'article.published'];

/** As long as a payload of the network preset. */
const filler = 'Lorem ipsum dolor sit amet, consectetur adipiscing elit. '.repeat(18);

/** Deterministic: the same row is the same in every database. */
const spread = (i, of) => `((${i} * 7919 + (${i} / 97) * 31) % ${of})`;

/** SQL whose `i` runs from one number to another. */
const numbers = (isPostgres, from, to) =>
  isPostgres
    ? `with n as (select generate_series(${from}::bigint, ${to}::bigint) as i) `
    : `with recursive n(i) as (select ${from} union all select i + 1 from n where i < ${to}) `;

const columns = `id, event_id, webhook_id, message_id, event_type, state, test, attempts, schedule_offset, due_at,
  created_at, fence, http_status, code, duration_ms, finished_at, webhook_name, host, uid, document_id`;

const documentOf = (isPostgres, i) =>
  `'doc' || ${isPostgres ? `lpad(((${i}) % 50000)::text, 21, '0')` : `printf('%021d', (${i}) % 50000)`}`;

/** Webhook 1 has a third of all, 20 next to nothing, 3 never fails; 3 % failed, 0.5 % were skipped. */
function deliveries(isPostgres, now, rows, from, to) {
  const flag = (condition) => (isPostgres ? `(${condition})` : `case when ${condition} then 1 else 0 end`);
  const event = `(i - 1) / ${perEvent} + 1`;
  const message = isPostgres
    ? `md5((${event})::text)`
    : `printf('%08x%024d', (${event}) * 2654435761 % 4294967296, ${event})`;
  const isTest = 'i % 4999 = 0';
  const dice = spread('i', 1000);
  const webhook = `case when i % 3 = 0 then 1 when i % 5003 = 0 then 20
    when i % 3 = 1 then 2 + ${spread('i', 9)} else 11 + ${spread('i', 9)} end`;
  const state = `case when ${isTest} or webhook_id = 3 then 'succeeded' when ${dice} < 20 then 'failed'
    when ${dice} < 25 then 'skipped' when ${dice} < 27 then 'cancelled' when ${dice} < 30 then 'pending' else 'succeeded' end`;
  const code = `case when state not in ('failed', 'pending') then null
    when i < ${rows} / 10 and i % 997 = 0 then 'tls_certificate_expired' when i % 7 = 0 then 'timeout'
    when i % 11 = 0 then 'dns_not_found' else 'http_5xx' end`;
  const type = `case when i % 200003 = 1 then 'demo_site.expiring'
    ${eventTypes.map((name, at) => `when i % ${eventTypes.length} = ${at} then '${name}'`).join(' ')} end`;
  const createdAt = `cast(${now - 30 * dayMs} + i * ${(30 * dayMs) / rows} as bigint)`;
  return `insert into event_webhooks_deliveries (${columns}) ${numbers(isPostgres, from, to)}
    select i, case when ${isTest} then null else ${event} end, webhook_id,
      case when ${isTest} then 'msg_test_' || i else 'msg_' || ${message} end, ${type}, state, ${flag(isTest)}, 1, 0,
      case when state = 'pending' then ${now + 365 * dayMs} else created_at end, created_at, 1,
      case when code = 'http_5xx' then 503 when state = 'succeeded' then 200 end, code, 84, created_at + 200,
      'Webhook ' || webhook_id, 'host' || webhook_id || '.example.com', 'api::payment.payment', ${documentOf(isPostgres, 'i')}
    from (select i, webhook_id, state, ${code} as code, ${createdAt} as created_at
      from (select i, webhook_id, ${state} as state from (select i, ${webhook} as webhook_id from n) as w) as s) as d`;
}

const events = (isPostgres, now, from, to) => `insert into event_webhooks_events
  (id, message_id, type, occurred_at, body, actor_type, guarantee, matched_at, uid, document_id) ${numbers(isPostgres, from, to)}
  select i, 'msg_e' || i, 'payment.received', ${now},
    '{"type":"payment.received","data":{"reference":"REF' || i || '","text":"${filler}"}}',
    'system', 'same_transaction', ${now}, 'api::payment.payment', ${documentOf(isPostgres, `(i - 1) * ${perEvent} + 1`)} from n`;

/** Every failure, and of what arrived one in five. */
const attempts = (isPostgres, from, to) => `insert into event_webhooks_attempts
  (delivery_id, number, kind, at, duration_ms, outcome, code, method, url, request_headers, http_status, response_body,
   truncated)
  select id, 1, 'automatic', created_at, 84, case when code is null then 'succeeded' else 'failed' end, code, 'POST',
    'https://' || host || '/hook', '{"content-type":"application/json"}', http_status, 'ok', ${isPostgres ? 'false' : 0}
  from event_webhooks_deliveries where id between ${from} and ${to} and (code is not null or id % 5 = 0)`;

const hours = (isPostgres, now, rows) => `insert into event_webhooks_hours
  (webhook_id, hour, succeeded, failed, last_delivery_id) ${numbers(isPostgres, 0, 30 * 24 * webhookCount - 1)}
  select i % ${webhookCount} + 1, ${now - (now % 3_600_000)} - (i / ${webhookCount}) * 3600000, 60, 2, ${rows} - i % 40
  from n`;

/**
 * Fills the tables of a fresh Strapi.
 *
 * @returns what can be asked for: an id, an entry, a word of a recent body, and the time the log ends
 */
export async function fill(knex, rows, addWebhook) {
  const isPostgres =
    String(knex.client.config.client).includes('pg') || knex.client.config.client === 'postgres';
  const now = Date.now();
  for (let id = 1; id <= webhookCount; id += 1) {
    const url = `https://host${id}.example.com/hook`;
    await addWebhook({ name: `Webhook ${id}`, url, events: ['payment.received'] });
  }
  // Creating them may have told of it: only what is filled in counts.
  for (const table of ['attempts', 'deliveries', 'events', 'hours'])
    await knex(`event_webhooks_${table}`).delete();
  for (let from = 1; from <= rows; from += chunk) {
    const to = Math.min(rows, from + chunk - 1);
    await knex.raw(deliveries(isPostgres, now, rows, from, to));
    await knex.raw(events(isPostgres, now, Math.ceil(from / perEvent), Math.ceil(to / perEvent)));
    await knex.raw(attempts(isPostgres, from, to));
  }
  await knex.raw(hours(isPostgres, now, rows));
  if (isPostgres) {
    for (const table of ['deliveries', 'events']) {
      const name = `event_webhooks_${table}`;
      await knex.raw(`select setval(pg_get_serial_sequence('${name}', 'id'), (select max(id) from ${name}))`);
    }
    await knex.raw('vacuum analyze');
  }
  const some = await knex('event_webhooks_deliveries')
    .where('id', Math.ceil(rows / 2))
    .first();
  const recent = Math.ceil((rows - 900) / perEvent);
  return { now, messageId: some.message_id, documentId: some.document_id, bodyWord: `REF${recent}"` };
}
