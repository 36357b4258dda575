import { errors } from '@strapi/utils';
import type { Actor, TriggerInput, TriggerResult } from '../../../contracts';
import { emptyTriggerType } from '../../../contracts';
import { skipsNewEvents } from '../gate/gate';
import { hostOf } from '../matching/match';
import type { Store } from '../store';
import { withoutEntry } from '../store/events';
import type { NewEvent } from '../store/events';
import type { WebhookRow } from '../store/webhooks';
import type { BodyFor } from './body-for';
import type { EntryBodyOf } from './entry-body';

export interface TriggerDeps {
  store: Store;
  find(webhookId: number): Promise<WebhookRow>;
  bodyOf: EntryBodyOf;
  bodyFor: BodyFor;
  compose(input: { type: string; timestamp: string; data: unknown }): string;
  newMessageId(): string;
  actor(): Actor;
  now(): number;
  wake(): void;
}

/**
 * *Trigger now*: a real event sent by hand for a chosen entry (or none), to one webhook. Queued and retried like
 * any other, logged with who did it; it stands outside of the order.
 */
export function createTriggerService(deps: TriggerDeps) {
  const { store } = deps;

  const eventOf = async (webhook: WebhookRow, input: TriggerInput, at: number): Promise<NewEvent> => {
    const made =
      input.entry === null || input.eventType === null
        ? null
        : await deps.bodyOf(input.eventType, input.entry);
    const type = made === null || input.eventType === null ? emptyTriggerType : input.eventType;
    return {
      ...withoutEntry,
      messageId: deps.newMessageId(),
      type,
      occurredAt: at,
      // Of this webhook alone, so that the event itself may tell what it is meant to get.
      body: made
        ? deps.bodyFor.of(webhook.events, type, made.body)
        : deps.compose({ type, timestamp: new Date(at).toISOString(), data: {} }),
      uid: made?.uid ?? null,
      documentId: made?.documentId ?? null,
      locale: made?.locale ?? null,
      status: made?.status ?? null,
      actor: deps.actor(),
      transactionId: null,
      guarantee: 'same_transaction',
      cause: 'triggered',
    };
  };

  return async (webhookId: number, input: TriggerInput): Promise<TriggerResult> => {
    const webhook = await deps.find(webhookId);
    if (skipsNewEvents(webhook)) {
      throw new errors.ApplicationError('this webhook is turned off; turn it on to trigger it');
    }
    const at = deps.now();
    const event = await eventOf(webhook, input, at);
    const deliveryId = await store.database.transaction(async (trx) => {
      await store.events.insert(trx, [event]);
      const eventId = await store.events.idOf(trx, event.messageId);
      // To this webhook alone: matching must not hand it to others.
      await store.events.markMatched(trx, [eventId], at);
      return store.deliveries.insertOne(trx, {
        eventId,
        webhookId,
        messageId: event.messageId,
        eventType: event.type,
        state: 'pending',
        test: false,
        dueAt: at,
        createdAt: at,
        webhookName: webhook.name,
        host: hostOf(webhook.url),
        uid: event.uid,
        documentId: event.documentId,
        locale: event.locale,
        body: null,
        orderKey: null,
      });
    });
    deps.wake();
    return { deliveryId, messageId: event.messageId, eventType: event.type };
  };
}

export type TriggerService = ReturnType<typeof createTriggerService>;
