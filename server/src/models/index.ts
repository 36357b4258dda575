import { tables, uids } from '../constants';
import { durationColumns } from './duration-columns';
import { inboxModels } from './inbox';
import { instanceModel } from './instances';
import { rateModel } from './rates';
import { replay } from './replay';

/**
 * Raw models: tables with composite indexes and without the columns of a content type (no documentId, locale,
 * createdBy), so that they are not in the content manager, GraphQL, the content API and `strapi export`.
 * Times are epoch milliseconds in biginteger, since `datetime` loses its time zone on Postgres. Bodies are
 * text, since jsonb does not keep the order of keys and a signature covers bytes.
 */
const event = {
  uid: uids.event,
  singularName: 'event-webhooks-event',
  tableName: tables.events,
  attributes: {
    id: { type: 'increments' },
    messageId: { type: 'string', column: { notNullable: true, unique: true } },
    type: { type: 'string', column: { notNullable: true } },
    occurredAt: { type: 'biginteger', column: { notNullable: true } },
    /** The `standard` body, exactly as it is signed; null until matching builds it from `snapshot`. */
    body: { type: 'text' },
    /** The sanitised entry, if the body is built from it by the site builder's own function. */
    snapshot: { type: 'text' },
    /** The entry as Strapi's own webhook sends it, if a webhook with the format `strapi` is subscribed. */
    coreEntry: { type: 'text' },
    /** What trees of webhooks tell of the entry, where that is more than the body: `{ entry, truncated }`, or `{ thin }`. */
    selected: { type: 'text' },
    thinReason: { type: 'text' },
    uid: { type: 'string' },
    documentId: { type: 'string' },
    locale: { type: 'string' },
    status: { type: 'string' },
    changedFields: { type: 'text' },
    /** The values that conditions compare, before and after the change: see `conditions/facts.ts`. */
    facts: { type: 'text' },
    /** Of an entry that is gone: which entries showed it, see `store/showing.ts`. */
    shownBy: { type: 'text' },
    actorType: { type: 'string', column: { notNullable: true } },
    actorId: { type: 'string' },
    actorName: { type: 'string' },
    transactionId: { type: 'string' },
    /** Of the change of a draft: the message id of its publication, if its transaction went on to publish it. */
    publishedAs: { type: 'string' },
    guarantee: { type: 'string', column: { notNullable: true } },
    cause: { type: 'string' },
    matchedAt: { type: 'biginteger' },
    matchError: { type: 'text' },
  },
  indexes: [{ name: 'event_webhooks_events_matched_idx', columns: ['matched_at', 'id'], type: null }],
};

const delivery = {
  uid: uids.delivery,
  singularName: 'event-webhooks-delivery',
  tableName: tables.deliveries,
  attributes: {
    id: { type: 'increments' },
    /** Null for a test event, which is not stored as an event. */
    eventId: { type: 'integer' },
    webhookId: { type: 'integer', column: { notNullable: true } },
    messageId: { type: 'string', column: { notNullable: true } },
    eventType: { type: 'string', column: { notNullable: true } },
    state: { type: 'string', column: { notNullable: true } },
    test: { type: 'boolean', column: { notNullable: true, defaultTo: false } },
    attempts: { type: 'integer', column: { notNullable: true, defaultTo: 0 } },
    /** Attempts already used when it was resent: the schedule restarts there. */
    scheduleOffset: { type: 'integer', column: { notNullable: true, defaultTo: 0 } },
    dueAt: { type: 'biginteger', column: { notNullable: true } },
    leaseUntil: { type: 'biginteger' },
    /** Fencing token: counts the claims. A worker can write its outcome only while the fence is its own. */
    fence: { type: 'integer', column: { notNullable: true, defaultTo: 0 } },
    /** Distinguishes the rows of a claim if the database has no RETURNING (MySQL). */
    claimToken: { type: 'string' },
    httpStatus: { type: 'integer' },
    code: { type: 'string' },
    durationMs: { type: 'integer' },
    createdAt: { type: 'biginteger', column: { notNullable: true } },
    finishedAt: { type: 'biginteger' },
    /** Name and host at that time: the log is kept longer than the webhook. */
    webhookName: { type: 'string', column: { notNullable: true } },
    host: { type: 'string', column: { notNullable: true } },
    uid: { type: 'string' },
    documentId: { type: 'string' },
    locale: { type: 'string' },
    /** Body of a test event; other bodies are in the event's row. */
    body: { type: 'text' },
    /** The request as it was rendered before its first attempt, if it is not the standard one: all but its body. */
    request: { type: 'text' },
    /** Its body. */
    requestBody: { type: 'text' },
    /** If it takes later events in: what they have in common, which became one, and since when. */
    collapseKey: { type: 'string' },
    collapseGroup: { type: 'string' },
    collapseSince: { type: 'biginteger' },
    /** Its receiver failed, and is left alone until then. */
    collapseNotBefore: { type: 'biginteger' },
    /** Of a skipped one, see `SkipReason`; null where its webhook was off. */
    skipReason: { type: 'string' },
    /** `documentId:locale`, if the webhook sends in order. */
    orderKey: { type: 'string' },
  },
  /**
   * Each index costs time for every delivery: one with `state` or `due_at` is written three times in a
   * delivery's life. So the log has none for code, status, event type, time or test: `store/delivery-scan.ts`
   * walks the index that goes back furthest with a single row, in windows, and reports how far it came.
   */
  indexes: [
    // One delivery per event and webhook: matching twice changes nothing.
    { name: 'event_webhooks_deliveries_once_idx', columns: ['event_id', 'webhook_id'], type: 'unique' },
    { name: 'event_webhooks_deliveries_due_idx', columns: ['webhook_id', 'state', 'due_at'], type: null },
    // Also the log by state: a row that is not claimed has no lease, so its ids are in order here.
    { name: 'event_webhooks_deliveries_lease_idx', columns: ['state', 'lease_until', 'id'], type: null },
    { name: 'event_webhooks_deliveries_log_idx', columns: ['webhook_id', 'id'], type: null },
    { name: 'event_webhooks_deliveries_entry_idx', columns: ['document_id', 'id'], type: null },
    { name: 'event_webhooks_deliveries_message_idx', columns: ['message_id'], type: null },
    { name: 'event_webhooks_deliveries_group_idx', columns: ['collapse_group'], type: null },
    { name: 'event_webhooks_deliveries_order_idx', columns: ['order_key', 'webhook_id', 'id'], type: null },
  ],
};

const attempt = {
  uid: uids.attempt,
  singularName: 'event-webhooks-attempt',
  tableName: tables.attempts,
  attributes: {
    id: { type: 'increments' },
    deliveryId: { type: 'integer', column: { notNullable: true } },
    number: { type: 'integer', column: { notNullable: true } },
    kind: { type: 'string', column: { notNullable: true } },
    at: { type: 'biginteger', column: { notNullable: true } },
    durationMs: { type: 'integer', column: { notNullable: true } },
    outcome: { type: 'string', column: { notNullable: true } },
    code: { type: 'string' },
    error: { type: 'text' },
    method: { type: 'string', column: { notNullable: true } },
    url: { type: 'text', column: { notNullable: true } },
    requestHeaders: { type: 'text', column: { notNullable: true } },
    httpStatus: { type: 'integer' },
    statusText: { type: 'string' },
    responseHeaders: { type: 'text' },
    responseBody: { type: 'text' },
    truncated: { type: 'boolean', column: { notNullable: true, defaultTo: false } },
  },
  indexes: [{ name: 'event_webhooks_attempts_delivery_idx', columns: ['delivery_id', 'id'], type: null }],
};

/** The data of the charts: one row per webhook and hour, written with the outcomes. */
const hour = {
  uid: uids.hour,
  singularName: 'event-webhooks-hour',
  tableName: tables.hours,
  attributes: {
    id: { type: 'increments' },
    webhookId: { type: 'integer', column: { notNullable: true } },
    hour: { type: 'biginteger', column: { notNullable: true } },
    succeeded: { type: 'integer', column: { notNullable: true, defaultTo: 0 } },
    failed: { type: 'integer', column: { notNullable: true, defaultTo: 0 } },
    lastDeliveryId: { type: 'integer' },
    /** How many responses took how long: a histogram can be added up over hours, a median cannot. */
    ...Object.fromEntries(
      durationColumns.map(({ attribute }) => [
        attribute,
        { type: 'integer', column: { notNullable: true, defaultTo: 0 } },
      ]),
    ),
  },
  indexes: [{ name: 'event_webhooks_hours_once_idx', columns: ['webhook_id', 'hour'], type: 'unique' }],
};

/** Tasks that only one instance does at a time. */
const lease = {
  uid: uids.lease,
  singularName: 'event-webhooks-lease',
  tableName: tables.leases,
  attributes: {
    id: { type: 'increments' },
    name: { type: 'string', column: { notNullable: true, unique: true } },
    holder: { type: 'string' },
    heldUntil: { type: 'biginteger', column: { notNullable: true } },
  },
};

export const models = [
  event,
  delivery,
  attempt,
  hour,
  lease,
  replay,
  ...inboxModels,
  instanceModel,
  rateModel,
];
