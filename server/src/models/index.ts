import { tables, uids } from '../constants';
import { durationColumns } from './duration-columns';
import { inboxModels } from './inbox';
import { instanceModel } from './instances';
import { rateModel } from './rates';
import { replay } from './replay';

/**
 * Raw models: tables with real indexes and nothing of a content type (no documentId, locale, createdBy), so
 * that they stay out of the content manager, GraphQL, the content API and `strapi export`. Times are epoch
 * milliseconds in biginteger, since `datetime` loses its zone on Postgres. Bodies are text, since jsonb
 * forgets the order of keys and a signature covers bytes.
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
    /** The sanitised entry, where the site builder's own function makes the body of it. */
    snapshot: { type: 'text' },
    thinReason: { type: 'text' },
    uid: { type: 'string' },
    documentId: { type: 'string' },
    locale: { type: 'string' },
    status: { type: 'string' },
    changedFields: { type: 'text' },
    actorType: { type: 'string', column: { notNullable: true } },
    actorId: { type: 'string' },
    actorName: { type: 'string' },
    transactionId: { type: 'string' },
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
    /** Null for a test event: it is no event of this Strapi. */
    eventId: { type: 'integer' },
    webhookId: { type: 'integer', column: { notNullable: true } },
    messageId: { type: 'string', column: { notNullable: true } },
    eventType: { type: 'string', column: { notNullable: true } },
    state: { type: 'string', column: { notNullable: true } },
    test: { type: 'boolean', column: { notNullable: true, defaultTo: false } },
    attempts: { type: 'integer', column: { notNullable: true, defaultTo: 0 } },
    /** Tries already used when it was resent by hand: the schedule starts anew there. */
    scheduleOffset: { type: 'integer', column: { notNullable: true, defaultTo: 0 } },
    dueAt: { type: 'biginteger', column: { notNullable: true } },
    leaseUntil: { type: 'biginteger' },
    /** Fencing token: counts the claims. A worker may write its outcome only while the fence is its own. */
    fence: { type: 'integer', column: { notNullable: true, defaultTo: 0 } },
    /** Tells a claim's rows apart where the database has no RETURNING (MySQL). */
    claimToken: { type: 'string' },
    httpStatus: { type: 'integer' },
    code: { type: 'string' },
    durationMs: { type: 'integer' },
    createdAt: { type: 'biginteger', column: { notNullable: true } },
    finishedAt: { type: 'biginteger' },
    /** Name and host as of then: the log outlives the webhook. */
    webhookName: { type: 'string', column: { notNullable: true } },
    host: { type: 'string', column: { notNullable: true } },
    uid: { type: 'string' },
    documentId: { type: 'string' },
    locale: { type: 'string' },
    /** Body of a test event; other bodies stand in the event's row. */
    body: { type: 'text' },
    /** `documentId:locale`, where the webhook asks for order. */
    orderKey: { type: 'string' },
  },
  /**
   * Each index is paid for with every delivery: one that holds `state` or `due_at` is written three times in a
   * delivery's life. So the log has none for code, status, event type, time or test: `store/delivery-scan.ts` walks
   * the index that reaches furthest back with a row, in windows, and says how far it came.
   */
  indexes: [
    // One delivery per event and webhook: matching twice changes nothing.
    { name: 'event_webhooks_deliveries_once_idx', columns: ['event_id', 'webhook_id'], type: 'unique' },
    { name: 'event_webhooks_deliveries_due_idx', columns: ['webhook_id', 'state', 'due_at'], type: null },
    // Also the log by state: a row that nobody holds has no lease, so its ids stand here in order.
    { name: 'event_webhooks_deliveries_lease_idx', columns: ['state', 'lease_until', 'id'], type: null },
    { name: 'event_webhooks_deliveries_log_idx', columns: ['webhook_id', 'id'], type: null },
    { name: 'event_webhooks_deliveries_entry_idx', columns: ['document_id', 'id'], type: null },
    { name: 'event_webhooks_deliveries_message_idx', columns: ['message_id'], type: null },
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

/** What the charts are drawn from: one row a webhook and hour, written with the outcomes. */
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
    /** How many answers took how long: a histogram adds up over hours, which a median does not. */
    ...Object.fromEntries(
      durationColumns.map(({ attribute }) => [
        attribute,
        { type: 'integer', column: { notNullable: true, defaultTo: 0 } },
      ]),
    ),
  },
  indexes: [{ name: 'event_webhooks_hours_once_idx', columns: ['webhook_id', 'hour'], type: 'unique' }],
};

/** What only one instance does at a time. */
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
