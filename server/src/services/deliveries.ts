import { errors } from '@strapi/utils';
import type {
  Actor,
  AttemptView,
  DeliveryDetail,
  DeliveryListQuery,
  DeliveryPage,
  DeliveryRow,
  Explanation,
  FailureCode,
} from '../../../contracts';
import type { World } from '../gate/gate';
import { gateState } from '../gate/gate';
import { hostOf } from '../matching/match';
import type { Store } from '../store';
import type { StoredDelivery } from '../store/deliveries';
import type { EventRow } from '../store/events';
import type { AttemptRow } from '../store/outcomes';
import type { WebhookRow } from '../store/webhooks';
import { exchangeOf } from './exchange';
import type { Failure } from './explanation';

export interface DeliveriesDeps {
  store: Store;
  eventName(type: string): string;
  givesEvents(uid: string): boolean;
  /** In the language of whoever asks. */
  explain(failure: Failure): Explanation;
  defaultSchedule: readonly number[];
  now(): number;
  world(): World;
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

  const row = (delivery: StoredDelivery, webhooks: readonly WebhookRow[]): DeliveryRow => ({
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
    explanation:
      delivery.code === null ? null : deps.explain({ ...delivery, code: delivery.code as FailureCode }),
    durationMs: delivery.durationMs,
    createdAt: delivery.createdAt,
    nextAttemptAt: delivery.state === 'pending' ? delivery.dueAt : null,
    finishedAt: delivery.finishedAt,
    uid: delivery.uid,
    documentId: delivery.documentId,
    locale: delivery.locale,
    ...standing(
      delivery,
      webhooks.find(({ id }) => id === delivery.webhookId),
    ),
  });

  const standing = (delivery: StoredDelivery, webhook: WebhookRow | undefined) => ({
    keepsOthersWaiting: keepsOthersWaiting(delivery, webhook),
    ...held(delivery, webhook),
  });

  /** The first of its line, for one that is not it. */
  const waitsFor = async ({ state, webhookId, orderKey }: StoredDelivery) =>
    state === 'blocked' && orderKey !== null ? store.order.head(pool(), { webhookId, orderKey }) : null;

  /** Held is a property of the webhook; no delivery row says so. */
  const held = (delivery: StoredDelivery, webhook: WebhookRow | undefined) => {
    if (delivery.state !== 'pending' || !webhook) return { heldReason: null, heldUntil: null };
    const gate = gateState(webhook, deps.now(), deps.world());
    if (gate.state === 'active') return { heldReason: null, heldUntil: null };
    return {
      heldReason: 'reason' in gate ? gate.reason : gate.state,
      heldUntil: 'until' in gate ? gate.until : null,
    };
  };

  const detail = async (id: number): Promise<DeliveryDetail> => {
    const delivery = await find(id);
    const event = delivery.eventId === null ? null : await store.events.find(pool(), delivery.eventId);
    const webhook = await store.webhooks.find(pool(), delivery.webhookId);
    const body = delivery.body ?? event?.body ?? null;
    const schedule = webhook?.retryScheduleSeconds ?? deps.defaultSchedule;
    return {
      ...row(delivery, webhook ? [webhook] : []),
      webhookId: webhook ? delivery.webhookId : null,
      body,
      ...told(event, delivery),
      waitsFor: await waitsFor(delivery),
      maxAttempts: delivery.test ? 1 : delivery.scheduleOffset + schedule.length + 1,
      attemptLog: (await store.outcomes.attempts(pool(), id)).map((attempt) =>
        attemptView(attempt, body, deps.explain),
      ),
    };
  };

  return {
    detail,

    async page(query: DeliveryListQuery): Promise<DeliveryPage> {
      const text = query.text?.trim().toLowerCase();
      const webhooks = await store.webhooks.all(pool());
      const called = text ? webhooks.filter(({ url }) => hostOf(url).startsWith(text)) : [];
      const { rows, reached, bodiesSearched } = await store.log.page(
        pool(),
        query,
        called.map(({ id }) => id),
      );
      const results = rows.slice(0, query.pageSize).map((delivery) => row(delivery, webhooks));
      const isFull = rows.length > query.pageSize;
      return {
        results,
        nextBefore: isFull ? (results.at(-1)?.id ?? null) : reached,
        searchedBack: isFull || reached === null ? null : await store.log.timeAt(pool(), reached),
        bodiesSearched,
        givesEvents: query.uid === undefined ? null : deps.givesEvents(query.uid),
      };
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
      if (!(await store.order.cancel(id, deps.now()))) {
        throw new errors.ApplicationError('only a delivery that waits can be cancelled');
      }
      // The next of its line may go now.
      deps.wake();
      return detail(id);
    },
  };
}

export type DeliveriesService = ReturnType<typeof createDeliveriesService>;

/** Whoever failed for good keeps its place in line only where its webhook wants it so. */
const keepsOthersWaiting = ({ state, orderKey }: StoredDelivery, webhook: WebhookRow | undefined): boolean =>
  state === 'failed' && orderKey !== null && webhook?.ordered === true && webhook.onFailedHead === 'block';

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

const attemptView = (
  attempt: AttemptRow,
  body: string | null,
  explain: DeliveriesDeps['explain'],
): AttemptView => ({
  id: attempt.id,
  number: attempt.number,
  kind: attempt.kind,
  at: attempt.at,
  durationMs: attempt.durationMs,
  outcome: attempt.outcome,
  code: attempt.code,
  explanation:
    attempt.outcome === 'succeeded'
      ? null
      : explain({ ...attempt, code: attempt.code ?? 'internal', host: hostOf(attempt.url) }),
  error: attempt.error,
  ...exchangeOf(attempt, body ?? ''),
});
