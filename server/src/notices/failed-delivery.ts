import { deliveryFailedType, isOperational } from '../catalog';
import type { FailedDeliveryData } from '../catalog';
import { eventBody } from '../payload';
import type { StoredDelivery } from '../store/deliveries';
import type { NewEvent } from '../store/events';
import { withoutEntry } from '../store/events';
import type { OutcomeRow } from '../store/outcomes';
import type { Failure } from '../wording';
import { explanationOf } from '../wording';

export interface FailedDeliveryDeps {
  wanted(eventType: string): boolean;
  newMessageId(): string;
  webhookUid: string;
  adminUrl(): string;
  now(): number;
}

/** The parts of a delivery that its event tells. */
export type FailedDelivery = Pick<
  StoredDelivery,
  'id' | 'messageId' | 'eventType' | 'webhookName' | 'host' | 'uid' | 'documentId' | 'test'
>;

/**
 * The event `delivery.failed`, to be written in the transaction of the outcome that it is about. Null where the delivery
 * has not failed for good, nobody is subscribed, or it is itself a delivery of news about webhooks. Its own webhook does
 * not get it: matching leaves out the webhook that an event is about.
 */
export function createFailedDeliveries(deps: FailedDeliveryDeps) {
  return (
    delivery: FailedDelivery,
    { state, webhookId, attempts, attempt }: Pick<OutcomeRow, 'state' | 'webhookId' | 'attempts' | 'attempt'>,
  ): NewEvent | null => {
    if (state !== 'failed' || delivery.test || isOperational(delivery.eventType)) return null;
    if (!deps.wanted(deliveryFailedType)) return null;
    const { httpStatus, durationMs } = attempt;
    const code = attempt.code as Failure['code'] | null;
    const data: FailedDeliveryData = {
      delivery_id: delivery.id,
      message_id: delivery.messageId,
      event_type: delivery.eventType,
      webhook_id: webhookId,
      webhook_name: delivery.webhookName,
      webhook_host: delivery.host,
      http_status: httpStatus,
      code,
      cause:
        code === null ? '' : explanationOf({ code, httpStatus, host: delivery.host, durationMs }, 'en').cause,
      attempts,
      entry_uid: delivery.uid,
      entry_document_id: delivery.documentId,
      manage_url: `${deps.adminUrl()}/plugins/event-webhooks/deliveries?delivery=${delivery.id}`,
    };
    const at = deps.now();
    return {
      messageId: deps.newMessageId(),
      type: deliveryFailedType,
      occurredAt: at,
      body: eventBody(deliveryFailedType, at, data),
      ...withoutEntry,
      // The webhook it is about: matching excludes that one.
      uid: deps.webhookUid,
      documentId: String(webhookId),
      actor: { type: 'system', id: null, name: null },
      transactionId: null,
      guarantee: 'same_transaction',
      cause: 'operational',
    };
  };
}

export type FailedDeliveries = ReturnType<typeof createFailedDeliveries>;
