import { errors } from '@strapi/utils';
import type { Actor, EntryReference, TriggerInput, TriggerResult } from '../../../contracts';
import { emptyTriggerType, hostOf } from '../../../contracts';
import { skipsNewEvents } from '../gate';
import type { Store } from '../store';
import { withoutEntry } from '../store/events';
import type { NewEvent } from '../store/events';
import type { WebhookRow } from '../store/webhooks';
import { eventBody, madeForOne } from '../payload';
import type { BodyFor, EntryBodyOf } from '../payload';
import type { EntryReader } from '../content';

export interface TriggerDeps {
  store: Store;
  find(webhookId: number): Promise<WebhookRow>;
  bodyOf: EntryBodyOf;
  bodyFor: BodyFor;
  newMessageId(): string;
  actor(): Actor;
  now(): number;
  wake(): void;
}

const partly = 'this event contains more of the entry than your role may read';

/**
 * *Trigger now*: a real event sent manually for a chosen entry (or none), to one webhook. Queued and retried
 * like any other, logged with its author; it has no place in the order.
 */
export function createTriggerService(deps: TriggerDeps) {
  const { store } = deps;

  const bodyOf = async (webhook: WebhookRow, type: string, entry: EntryReference, reader: EntryReader) => {
    // For this webhook only, so the event itself can contain the webhook's body.
    const made = await deps.bodyOf(type, entry, reader, webhook, { asCore: webhook.format === 'strapi' });
    const meantCore = (coreEntry: string | null): string | null =>
      deps.bodyFor.coreEntryOf(webhook.events, { type, uid: made.uid, coreEntry });
    const coreEntry = meantCore(made.wholeCoreEntry);
    // A receiver with a partial entry would treat the rest as deleted; and the log shows what was sent.
    if (made.body !== made.wholeBody || meantCore(made.coreEntry) !== coreEntry)
      throw new errors.ForbiddenError(partly);
    return { ...made, coreEntry };
  };

  const eventOf = async (
    webhook: WebhookRow,
    input: TriggerInput,
    at: number,
    reader: EntryReader,
  ): Promise<NewEvent> => {
    const made =
      input.entry === null || input.eventType === null
        ? null
        : await bodyOf(webhook, input.eventType, input.entry, reader);
    const type = made === null || input.eventType === null ? emptyTriggerType : input.eventType;
    return {
      ...withoutEntry,
      messageId: deps.newMessageId(),
      type,
      occurredAt: at,
      body: made ? made.body : eventBody(type, at, {}),
      coreEntry: made?.coreEntry ?? null,
      uid: made?.uid ?? null,
      documentId: made?.documentId ?? null,
      locale: made?.locale ?? null,
      status: made?.status ?? null,
      actor: deps.actor(),
      transactionId: null,
      guarantee: 'same_transaction',
      cause: madeForOne,
    };
  };

  return async (webhookId: number, input: TriggerInput, reader: EntryReader): Promise<TriggerResult> => {
    const webhook = await deps.find(webhookId);
    if (skipsNewEvents(webhook)) {
      throw new errors.ApplicationError('this webhook is off; turn it on first');
    }
    const at = deps.now();
    const event = await eventOf(webhook, input, at, reader);
    const deliveryId = await store.database.transaction(async (trx) => {
      await store.events.insert(trx, [event]);
      const eventId = await store.events.idOf(trx, event.messageId);
      // For this webhook only: matching must not create deliveries for others.
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
