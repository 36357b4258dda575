import type { DeliveryState, SkipReason } from '../../../../contracts';
import { toBoolean, toNumber, toNumberOrNull, toTextOrNull } from '../connection';
import type { JsonColumns } from '../json-rows';

export interface NewDelivery {
  eventId: number | null;
  webhookId: number;
  messageId: string;
  eventType: string;
  state: DeliveryState;
  test: boolean;
  /** Epoch milliseconds. */
  dueAt: number;
  createdAt: number;
  webhookName: string;
  host: string;
  uid: string | null;
  documentId: string | null;
  locale: string | null;
  body: string | null;
  /** Deliveries of a webhook with the same key go one after the other; null where the order does not matter. */
  orderKey: string | null;
  /** Of a skipped one; none: its webhook was off. */
  skipReason?: SkipReason | null;
  /** If it takes later events in: what they have in common, … */
  collapseKey?: string | null;
  /** … the message id of the first, … */
  collapseGroup?: string | null;
  /** … and when that was matched, epoch milliseconds. */
  collapseSince?: number | null;
  /** Its receiver failed, and is left alone until then, epoch milliseconds. */
  collapseNotBefore?: number | null;
}

export interface StoredDelivery extends NewDelivery {
  id: number;
  /** The request as it was rendered, as JSON; null until then, and in the standard format. */
  request: string | null;
  /** Its body, with marks in the place of secrets. */
  requestBody: string | null;
  attempts: number;
  scheduleOffset: number;
  fence: number;
  leaseUntil: number | null;
  httpStatus: number | null;
  code: string | null;
  durationMs: number | null;
  finishedAt: number | null;
}

/** As it is inserted. */
export const toDeliveryRow = (delivery: NewDelivery): Record<string, unknown> => ({
  event_id: delivery.eventId,
  webhook_id: delivery.webhookId,
  message_id: delivery.messageId,
  event_type: delivery.eventType,
  state: delivery.state,
  test: delivery.test,
  attempts: 0,
  schedule_offset: 0,
  fence: 0,
  due_at: delivery.dueAt,
  created_at: delivery.createdAt,
  finished_at: delivery.state === 'skipped' || delivery.state === 'collapsed' ? delivery.createdAt : null,
  webhook_name: delivery.webhookName,
  host: delivery.host,
  uid: delivery.uid,
  document_id: delivery.documentId,
  locale: delivery.locale,
  body: delivery.body,
  order_key: delivery.orderKey,
  skip_reason: delivery.skipReason ?? null,
  collapse_key: delivery.collapseKey ?? null,
  collapse_group: delivery.collapseGroup ?? null,
  collapse_since: delivery.collapseSince ?? null,
  collapse_not_before: delivery.collapseNotBefore ?? null,
});

/** What `toDeliveryRow` gives, with the types that Postgres asks for. */
export const deliveryColumns: JsonColumns = {
  event_id: 'integer',
  webhook_id: 'integer',
  message_id: 'text',
  event_type: 'text',
  state: 'text',
  test: 'boolean',
  attempts: 'integer',
  schedule_offset: 'integer',
  fence: 'integer',
  due_at: 'bigint',
  created_at: 'bigint',
  finished_at: 'bigint',
  webhook_name: 'text',
  host: 'text',
  uid: 'text',
  document_id: 'text',
  locale: 'text',
  body: 'text',
  order_key: 'text',
  skip_reason: 'text',
  collapse_key: 'text',
  collapse_group: 'text',
  collapse_since: 'bigint',
  collapse_not_before: 'bigint',
};

export function fromDeliveryRow(row: Record<string, unknown>): StoredDelivery {
  return {
    id: toNumber(row.id),
    eventId: toNumberOrNull(row.event_id),
    webhookId: toNumber(row.webhook_id),
    messageId: String(row.message_id),
    eventType: String(row.event_type),
    state: String(row.state) as DeliveryState,
    test: toBoolean(row.test),
    attempts: toNumber(row.attempts),
    scheduleOffset: toNumber(row.schedule_offset),
    fence: toNumber(row.fence),
    dueAt: toNumber(row.due_at),
    leaseUntil: toNumberOrNull(row.lease_until),
    httpStatus: toNumberOrNull(row.http_status),
    code: toTextOrNull(row.code),
    durationMs: toNumberOrNull(row.duration_ms),
    createdAt: toNumber(row.created_at),
    finishedAt: toNumberOrNull(row.finished_at),
    webhookName: String(row.webhook_name),
    host: String(row.host),
    uid: toTextOrNull(row.uid),
    documentId: toTextOrNull(row.document_id),
    locale: toTextOrNull(row.locale),
    body: toTextOrNull(row.body),
    request: toTextOrNull(row.request),
    requestBody: toTextOrNull(row.request_body),
    orderKey: toTextOrNull(row.order_key),
    skipReason: toTextOrNull(row.skip_reason) as SkipReason | null,
    collapseKey: toTextOrNull(row.collapse_key),
    collapseGroup: toTextOrNull(row.collapse_group),
    collapseSince: toNumberOrNull(row.collapse_since),
    collapseNotBefore: toNumberOrNull(row.collapse_not_before),
  };
}
