import { errors } from '@strapi/utils';
import type {
  Actor,
  AttemptView,
  DeliveryDetail,
  DeliveryListQuery,
  DeliveryPage,
  DeliveryRow,
  FailureCode,
} from '../../../contracts';
import { gateState } from '../gate/gate';
import type { Store } from '../store';
import type { StoredDelivery } from '../store/deliveries';
import type { EventRow } from '../store/events';
import type { AttemptRow } from '../store/outcomes';
import { exchangeOf } from './exchange';

export interface DeliveriesDeps {
  store: Store;
  eventName(type: string): string;
  defaultSchedule: readonly number[];
  now(): number;
  wake(): void;
}

/** The log, and what is done with one delivery by hand. */
export function createDeliveriesService(deps: DeliveriesDeps) {
  const { store } = deps;
  const pool = () => store.database.pool();

  const find = async (id: number): Promise<StoredDelivery> => {
    const delivery = await store.deliveries.find(pool(), id);
    if (!delivery) throw new errors.NotFoundError(`delivery ${id} does not exist`);
    return delivery;
  };

  const row = (delivery: StoredDelivery): DeliveryRow => ({
    id: delivery.id,
    messageId: delivery.messageId,
    eventType: delivery.eventType,
    eventName: deps.eventName(delivery.eventType),
    webhookId: delivery.webhookId,
    webhookName: delivery.webhookName,
    host: delivery.host,
    state: delivery.state,
    test: delivery.test,
    attempts: delivery.attempts,
    httpStatus: delivery.httpStatus,
    code: delivery.code as FailureCode | null,
    durationMs: delivery.durationMs,
    createdAt: delivery.createdAt,
    nextAttemptAt: delivery.state === 'pending' ? delivery.dueAt : null,
    finishedAt: delivery.finishedAt,
    uid: delivery.uid,
    documentId: delivery.documentId,
    locale: delivery.locale,
  });

  const detail = async (id: number): Promise<DeliveryDetail> => {
    const delivery = await find(id);
    const event = delivery.eventId === null ? null : await store.events.find(pool(), delivery.eventId);
    const webhook = await store.webhooks.find(pool(), delivery.webhookId);
    const body = delivery.body ?? event?.body ?? null;
    const gate = webhook ? gateState(webhook, deps.now()) : null;
    const held = delivery.state === 'pending' && gate !== null && gate.state !== 'active';
    const schedule = webhook?.retryScheduleSeconds ?? deps.defaultSchedule;
    return {
      ...row(delivery),
      webhookId: webhook ? delivery.webhookId : null,
      body,
      ...told(event, delivery),
      maxAttempts: delivery.test ? 1 : delivery.scheduleOffset + schedule.length + 1,
      attemptLog: (await store.outcomes.attempts(pool(), id)).map((attempt) => attemptView(attempt, body)),
      heldReason: !held ? null : 'reason' in gate ? gate.reason : gate.state,
      heldUntil: held && 'until' in gate ? gate.until : null,
    };
  };

  return {
    detail,

    async page(query: DeliveryListQuery): Promise<DeliveryPage> {
      const rows = await store.log.page(pool(), query);
      const results = rows.slice(0, query.pageSize).map(row);
      const last = results.at(-1);
      return { results, nextBefore: rows.length > query.pageSize && last ? last.id : null };
    },

    /** Queues it once more, under the same message id; the retry schedule begins anew. */
    async resend(id: number): Promise<DeliveryDetail> {
      const delivery = await find(id);
      if (delivery.test) throw new errors.ApplicationError('a test event is not resent; send another test');
      if (!(await store.webhooks.find(pool(), delivery.webhookId))) {
        throw new errors.ApplicationError('the webhook of this delivery was deleted');
      }
      const event = delivery.eventId === null ? null : await store.events.find(pool(), delivery.eventId);
      if (!delivery.body && !event?.body)
        throw new errors.ApplicationError('the body of this event is no longer kept');
      if (!(await store.deliveries.resend(id, deps.now()))) {
        throw new errors.ApplicationError('this delivery is being sent right now');
      }
      deps.wake();
      return detail(id);
    },

    async cancel(id: number): Promise<DeliveryDetail> {
      await find(id);
      if (!(await store.deliveries.cancel(id, deps.now()))) {
        throw new errors.ApplicationError('only a delivery that waits can be cancelled');
      }
      return detail(id);
    },
  };
}

export type DeliveriesService = ReturnType<typeof createDeliveriesService>;

/** What the event itself says; a test event has none. */
function told(event: EventRow | null, delivery: StoredDelivery) {
  const actor: Actor = { type: 'system', id: null, name: null };
  return {
    occurredAt: event?.occurredAt ?? delivery.createdAt,
    actor: event ? { ...event.actor, type: event.actor.type as Actor['type'] } : actor,
    guarantee: event?.guarantee ?? 'same_transaction',
    cause: event?.cause ?? null,
    thinReason: event?.thinReason ?? null,
    changedFields: event?.changedFields ? [...event.changedFields] : null,
    transactionId: event?.transactionId ?? null,
  };
}

const attemptView = (attempt: AttemptRow, body: string | null): AttemptView => ({
  id: attempt.id,
  number: attempt.number,
  kind: attempt.kind,
  at: attempt.at,
  durationMs: attempt.durationMs,
  outcome: attempt.outcome,
  code: attempt.code,
  error: attempt.error,
  ...exchangeOf(attempt, body ?? ''),
});
